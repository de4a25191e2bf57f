using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Tests.Support;
using static Weir.Response.Tests.Support.World;

namespace Weir.Response.Tests.Remediations;

/// <summary>Killed after every single step and started again, an action ends as if nothing had happened, and nothing is done twice.</summary>
public sealed class CrashTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MailboxPlace.SoftDeleted, "SoftDeleted SoftDeleted SoftDeleted")]
    [InlineData(MailboxPlace.HardDeleted, "  ")]
    public async Task An_action_survives_a_kill_at_every_step(MailboxPlace destination, string expected)
    {
        var step = 0;
        for (var wasKilled = true; wasKilled;)
        {
            await using var world = await MakeAsync();
            MessageTarget[] targets = [await world.MailAsync("ann@corp.example"), await world.MailAsync("bob@corp.example"), await world.MailAsync("bob@corp.example")];
            world.Steps.KillAt = world.Steps.Count + ++step;

            var id = await DoAsync(world, () => world.Remediation.SubmitAsync(Analyst, Request(destination, targets), Token));
            wasKilled = id is null;
            if (wasKilled && !await ResumeAsync(world))
            {
                Assert.Equal("Inbox Inbox Inbox", await world.WhereAsync(targets));
                continue;
            }

            Assert.Equal(expected, await world.WhereAsync(targets));
            await AssertDoneAsync(world, 3, $"step {step}");
        }

        Assert.InRange(step, 20, 200);
    }

    [Theory]
    [InlineData(MailboxPlace.Junk)]
    [InlineData(MailboxPlace.HardDeleted)]
    public async Task An_undo_survives_a_kill_at_every_step(MailboxPlace destination)
    {
        var step = 0;
        for (var wasKilled = true; wasKilled;)
        {
            await using var world = await MakeAsync();
            MessageTarget[] targets = [await world.MailAsync("ann@corp.example"), await world.MailAsync("bob@corp.example", MailboxPlace.DeletedItems)];
            var id = await world.Remediation.SubmitAsync(Analyst, Request(destination, targets), Token);
            await world.RunJobsAsync();
            world.Log.Facts.Clear();
            world.Time.Advance(TimeSpan.FromMinutes(1));
            world.Steps.KillAt = world.Steps.Count + ++step;

            var undo = await DoAsync(world, () => world.Remediation.UndoAsync(Analyst, id, Token));
            wasKilled = undo is null;
            if (wasKilled && !await ResumeAsync(world, skip: id))
            {
                Assert.Null((await world.Remediation.FindAsync(Analyst, id, Token))!.UndoneBy);
                continue;
            }

            Assert.Equal("Inbox DeletedItems", await world.WhereAsync(targets));
            await AssertDoneAsync(world, 2, $"step {step}");
        }

        Assert.InRange(step, 15, 200);
    }

    [Fact]
    public async Task A_release_survives_a_kill_at_every_step_with_one_copy()
    {
        var step = 0;
        for (var wasKilled = true; wasKilled;)
        {
            await using var world = await MakeAsync();
            var target = await world.MailAsync("ann@corp.example", place: null, "Quarantine", "Blocked");
            world.Steps.KillAt = world.Steps.Count + ++step;

            wasKilled = await DoAsync(world, () => world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Inbox, target), Token)) is null;
            if (wasKilled && !await ResumeAsync(world))
            {
                continue;
            }

            Assert.Equal("Inbox", await world.WhereAsync(target));
            await AssertDoneAsync(world, 1, $"step {step}");
        }
    }

    /// <summary>Nothing when it was killed on the way.</summary>
    private static async Task<string?> DoAsync(World world, Func<ValueTask<string>> start)
    {
        try
        {
            var id = await start();
            await world.RunJobsAsync();
            world.Steps.KillAt = 0;
            return id;
        }
        catch (Exception problem) when (problem is KilledException || problem.InnerException is KilledException)
        {
            return null;
        }
    }

    /// <summary>False when the action had not been stored before the kill.</summary>
    private static async Task<bool> ResumeAsync(World world, string? skip = null)
    {
        await world.RestartAsync();
        await world.RunJobsAsync();
        return (await world.Remediation.HistoryAsync(Analyst, Noon, Token)).Any(one => one.ApprovalId != skip);
    }

    private static async Task AssertDoneAsync(World world, int messages, string at)
    {
        var newest = (await world.Remediation.HistoryAsync(Analyst, Noon, Token)).MaxBy(one => one.ApprovalId, StringComparer.Ordinal)!;
        Assert.Equal((at, RemediationStatus.Completed, messages), (at, newest.Status, newest.Succeeded));
        var facts = world.Log.Acted;
        Assert.Equal((at, messages), (at, facts.Count));
        Assert.All(facts, fact => Assert.Equal((at, "Success"), (at, fact.ActionResult)));
    }

    private static RemediationRequest Request(MailboxPlace destination, params MessageTarget[] targets) => new() { Name = "Purge", Destination = destination, Targets = targets };
}

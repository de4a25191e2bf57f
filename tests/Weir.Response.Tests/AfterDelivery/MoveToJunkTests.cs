using Weir.Events.Contracts;
using Weir.Response.AfterDelivery;
using Weir.Response.Contracts;
using Weir.Response.Tests.Support;
using static Weir.Response.Tests.Support.World;

namespace Weir.Response.Tests.AfterDelivery;

public sealed class MoveToJunkTests
{
    [Theory]
    [InlineData("Spam", "Spam ZAP")]
    [InlineData("Bulk", "Spam ZAP")]
    [InlineData("Phish", "Phish ZAP")]
    [InlineData("High confidence phish", "Phish ZAP")]
    [InlineData("Malware", "Malware ZAP")]
    public async Task A_message_that_is_junk_for_some_is_moved_for_those_after_delivery(string verdict, string type)
    {
        await using var world = await MakeAsync();
        var (ann, bob) = await TwoAsync(world);

        await FollowAsync(world, Judged(ann, verdict, ("ann@corp.example", "Deliver"), ("Bob@corp.example", "Junk")), Delivered(ann), Delivered(bob));

        Assert.Equal("Inbox Junk", await world.WhereAsync(ann, bob));
        var fact = Assert.Single(world.Log.Acted);
        Assert.Equal(("bob@corp.example", type, "SpecialAction", "Moved to junk folder", "Success"), (fact.Recipient, fact.ActionType, fact.ActionTrigger, fact.Action, fact.ActionResult));
        Assert.Equal(("Inbox/folder", "Junk folder"), (fact.SourceLocation, fact.Location));
    }

    [Fact]
    public async Task A_list_that_is_junk_is_junk_for_its_members()
    {
        await using var world = await MakeAsync();
        var (ann, bob) = await TwoAsync(world);

        await FollowAsync(
            world, Judged(ann, "Spam", ("team@corp.example", "Junk"), ("ann@corp.example", "Deliver")), Delivered(ann), Delivered(bob) with { OriginalRecipient = "team@corp.example" });

        Assert.Equal("Inbox Junk", await world.WhereAsync(ann, bob));
    }

    [Fact]
    public async Task Junk_for_all_is_the_delivery_rules_work()
    {
        await using var world = await MakeAsync();
        var (ann, bob) = await TwoAsync(world);

        await FollowAsync(world, Judged(ann, "Spam", ("ann@corp.example", "Junk"), ("bob@corp.example", "Junk")), Delivered(ann), Delivered(bob));

        Assert.Equal(("Inbox Inbox", 0), (await world.WhereAsync(ann, bob), world.Jobs.Count));
    }

    [Fact]
    public async Task Following_again_from_the_start_or_the_cursor_moves_nothing_twice()
    {
        await using var world = await MakeAsync();
        var (ann, bob) = await TwoAsync(world);
        await FollowAsync(world, Judged(ann, "Spam", ("ann@corp.example", "Deliver"), ("bob@corp.example", "Junk")), Delivered(bob));

        await world.RestartAsync();
        await FollowAsync(world, Delivered(bob) with { Source = "postfix" });

        Assert.Single(world.Log.Acted);
        Assert.Equal(1, world.Jobs.Count);
    }

    [Fact]
    public async Task A_kill_at_any_step_is_made_good()
    {
        var step = 0;
        for (var wasKilled = true; wasKilled;)
        {
            await using var world = await MakeAsync();
            var (ann, bob) = await TwoAsync(world);
            world.Log.Facts.AddRange([Judged(ann, "Spam", ("ann@corp.example", "Deliver"), ("bob@corp.example", "Junk")), Delivered(bob)]);
            world.Steps.KillAt = world.Steps.Count + ++step;
            try
            {
                await FollowAsync(world);
                wasKilled = false;
                world.Steps.KillAt = 0;
            }
            catch (Exception problem) when (problem is KilledException || problem.InnerException is KilledException)
            {
                await world.RestartAsync();
                await FollowAsync(world);
            }

            Assert.Equal("Junk", await world.WhereAsync(bob));
            Assert.Equal((step, "Success"), (step, Assert.Single(world.Log.Acted).ActionResult));
        }

        Assert.InRange(step, 5, 100);
    }

    [Fact]
    public async Task A_mailbox_that_keeps_refusing_is_recorded_as_a_failure()
    {
        await using var world = await MakeAsync();
        var (ann, bob) = await TwoAsync(world);
        world.Mailboxes.Broken = "the server is down";

        await FollowAsync(world, Judged(ann, "Spam", ("ann@corp.example", "Deliver"), ("bob@corp.example", "Junk")), Delivered(bob));

        Assert.Equal("Failure: the server is down", Assert.Single(world.Log.Acted).ActionResult);
    }

    private static async Task<(MessageTarget Ann, MessageTarget Bob)> TwoAsync(World world)
    {
        var ann = await world.MailAsync("ann@corp.example");
        var bob = ann with { Recipient = "bob@corp.example" };
        world.Record.Rows.Add(world.Record.Rows[0] with { Recipient = bob.Recipient });
        await world.DeliverCopyAsync(bob);
        return (ann, bob);
    }

    private static async Task FollowAsync(World world, params Fact[] facts)
    {
        world.Log.Facts.AddRange(facts);
        await world.Hosted<MoveToJunkWhenDecided>().FollowAsync(world.Log.ReadAsync, TestContext.Current.CancellationToken);
        await world.RunJobsAsync();
    }

    private static MessageJudged Judged(MessageTarget target, string verdict, params (string Address, string Decision)[] recipients) => new()
    {
        At = target.Timestamp,
        Id = target.Id,
        ReceivedAt = target.Timestamp,
        Verdict = verdict,
        Recipients = [.. recipients.Select(one => new RecordedRecipient { Address = one.Address, Decision = one.Decision })],
    };

    private static DeliveryObserved Delivered(MessageTarget target) =>
        new() { At = target.Timestamp, Id = target.Id, Recipient = target.Recipient, Location = "Inbox/folder", Source = "dovecot" };
}

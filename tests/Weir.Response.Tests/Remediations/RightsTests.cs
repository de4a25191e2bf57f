using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.AfterDelivery;
using Weir.Response.Contracts;
using static Weir.Access.Contracts.Permission;
using static Weir.Response.Tests.Support.World;

namespace Weir.Response.Tests.Remediations;

public sealed class RightsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MailboxPlace.SoftDeleted, EmailAdvancedActionsManage)]
    [InlineData(MailboxPlace.HardDeleted, EmailPurge)]
    public async Task Submitting_needs_the_right_and_the_refusal_is_audited(MailboxPlace destination, Permission missing)
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");
        var caller = Without(missing);

        var refused = await Assert.ThrowsAsync<AccessDeniedException>(() => world.Remediation.SubmitAsync(caller, Request(destination, target), Token).AsTask());
        await world.RunJobsAsync();

        Assert.Equal(missing, refused.Permission);
        Assert.Equal(("SubmitRemediation", "Denied"), (Assert.Single(world.Audit.Entries).Entry.Operation, world.Audit.Entries[0].Entry.Result));
        Assert.Equal("Inbox", await world.WhereAsync(target));
    }

    [Fact]
    public async Task Moving_needs_no_right_to_purge()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");

        await world.Remediation.SubmitAsync(Without(EmailPurge), Request(MailboxPlace.SoftDeleted, target), Token);
        await world.RunJobsAsync();

        Assert.Equal("SoftDeleted", await world.WhereAsync(target));
    }

    [Fact]
    public async Task Undoing_needs_the_right_and_both_are_audited()
    {
        await using var world = await MakeAsync();
        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, await world.MailAsync("ann@corp.example")), Token);
        await world.RunJobsAsync();

        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Remediation.UndoAsync(Without(EmailAdvancedActionsManage), id, Token).AsTask());
        await world.Remediation.UndoAsync(Analyst, id, Token);

        Assert.Equal(
            [("SubmitRemediation", "Success"), ("UndoRemediation", "Denied"), ("UndoRemediation", "Success")],
            world.Audit.Entries.Select(audited => (audited.Entry.Operation, audited.Entry.Result)));
        Assert.StartsWith("to where each was: 1 messages", world.Audit.Entries[^1].Entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_an_undo_the_first_action_says_where_its_messages_are_now()
    {
        await using var world = await MakeAsync();
        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, await world.MailAsync("ann@corp.example")), Token);
        await world.RunJobsAsync();
        Assert.Equal("Junk folder", Assert.Single(await world.Remediation.EntriesAsync(Analyst, id, 500, Token)).Now);

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Remediation.UndoAsync(Analyst, id, Token);
        await world.RunJobsAsync();

        Assert.Equal("Inbox/folder", Assert.Single(await world.Remediation.EntriesAsync(Analyst, id, 500, Token)).Now);
    }

    [Fact]
    public async Task A_refused_request_is_audited_with_its_reason()
    {
        await using var world = await MakeAsync();

        await Assert.ThrowsAsync<RemediationRefusedException>(() => world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk), Token).AsTask());
        await Assert.ThrowsAsync<RemediationRefusedException>(() => world.Remediation.UndoAsync(Analyst, "no such action", Token).AsTask());

        Assert.Equal(
            [("SubmitRemediation", "Failure", "No message is selected."), ("UndoRemediation", "Failure", "There is no such action.")],
            world.Audit.Entries.Select(audited => (audited.Entry.Operation, audited.Entry.Result, audited.Entry.Detail)));
    }

    [Fact]
    public async Task Releasing_from_quarantine_needs_its_own_right()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example", place: null, "Quarantine", "Blocked");

        var line = Assert.Single(await world.Remediation.PreviewAsync(Without(QuarantineManage), MailboxPlace.Inbox, [target], Token));

        Assert.Equal("releasing it from quarantine needs the permission QuarantineManage", line.WhyNot);
    }

    [Fact]
    public async Task The_right_to_release_is_enough_to_release_and_for_nothing_else()
    {
        await using var world = await MakeAsync();
        var kept = await world.MailAsync("ann@corp.example", place: null, "Quarantine", "Blocked");
        var inJunk = await world.MailAsync("ann@corp.example", MailboxPlace.Junk, "Junk folder", "Junked");
        var caller = Without(EmailAdvancedActionsManage);

        await world.Remediation.SubmitAsync(caller, Request(MailboxPlace.Inbox, kept, inJunk), Token);
        await world.RunJobsAsync();
        var refused = await Assert.ThrowsAsync<AccessDeniedException>(() => world.Remediation.SubmitAsync(caller, Request(MailboxPlace.Junk, inJunk), Token).AsTask());

        Assert.Equal("Inbox", await world.WhereAsync(kept));
        Assert.Equal("Junk", await world.WhereAsync(inJunk));
        Assert.Equal(EmailAdvancedActionsManage, refused.Permission);
    }

    [Theory]
    [InlineData("Quarantine", QuarantineManage, EmailAdvancedActionsManage)]
    [InlineData("Junk", EmailAdvancedActionsManage, QuarantineManage)]
    public async Task Undoing_what_was_done_by_itself_needs_the_right_of_what_the_undo_does_and_the_action_says_which(string decision, Permission needed, Permission unneeded)
    {
        await using var world = await MakeAsync();
        await world.Automation.SetAsync(Operator, isOn: false, Token);
        var target = await world.MailAsync("ann@corp.example");
        world.Log.Facts.AddRange(
        [
            new MessageJudged { At = Noon, Id = target.Id, ReceivedAt = target.Timestamp, Verdict = "Phish", RejudgingId = "r", RejudgedFrom = "Clean", Recipients = [new RecordedRecipient { Address = target.Recipient, Decision = decision }] },
            new RejudgingEnded { At = Noon, RejudgingId = "r", Reason = "new", About = "Url", FirstSequence = 1 },
        ]);
        await world.Hosted<ZapWhenJudgedAgain>().FollowAsync(Token);
        var waits = await world.Remediation.FindAsync(Analyst, "r", Token);
        await world.Remediation.ApproveAsync(Operator, "r", Token);
        await world.RunJobsAsync();

        var refused = await Assert.ThrowsAsync<AccessDeniedException>(() => world.Remediation.UndoAsync(Without(needed), "r", Token).AsTask());
        await world.Remediation.UndoAsync(Without(unneeded), "r", Token);
        await world.RunJobsAsync();

        Assert.Equal((RemediationStatus.Pending, needed, needed), (waits!.Status, Assert.Single(waits.UndoNeeds), refused.Permission));
        Assert.Equal([needed], (await world.Remediation.FindAsync(Analyst, "r", Token))!.UndoNeeds);
        Assert.Contains(world.Audit.Entries, audited => audited.Entry is { Operation: "UndoRemediation", Result: "Denied" });
        Assert.Equal("Inbox", await world.WhereAsync(target));
    }

    [Fact]
    public async Task Whoever_may_only_approve_is_not_told_whether_an_action_is_there_when_undoing()
    {
        await using var world = await MakeAsync();

        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Remediation.UndoAsync(Operator, "no such action", Token).AsTask());
    }

    [Fact]
    public async Task Looking_needs_its_rights()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");

        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Remediation.PreviewAsync(Without(EmailMetadataRead), MailboxPlace.Junk, [target], Token).AsTask());
        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Remediation.HistoryAsync(Without(SecurityDataRead), Noon, Token).AsTask());
        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Remediation.FindAsync(Without(SecurityDataRead), "x", Token).AsTask());
        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Remediation.EntriesAsync(Without(SecurityDataRead), "x", 500, Token).AsTask());
    }

    private static Caller Without(Permission missing) => Person("ana", [.. Analyst.Permissions.Where(permission => permission != missing)]);

    private static RemediationRequest Request(MailboxPlace destination, params MessageTarget[] targets) => new() { Name = "Purge", Destination = destination, Targets = targets };
}

using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Remediations;
using static Weir.Response.Tests.Support.World;

namespace Weir.Response.Tests.Remediations;

public sealed class RemediationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MailboxPlace.Junk, "Moved to junk folder", "Junk folder")]
    [InlineData(MailboxPlace.DeletedItems, "Moved to deleted items", "Deleted items")]
    [InlineData(MailboxPlace.SoftDeleted, "Soft delete", "Deleted items")]
    public async Task Messages_are_taken_back_and_given_back(MailboxPlace destination, string action, string location)
    {
        await using var world = await MakeAsync();
        MessageTarget[] targets = [await world.MailAsync("ann@corp.example"), await world.MailAsync("bob@corp.example"), await world.MailAsync("bob@corp.example")];

        var id = await world.Remediation.SubmitAsync(Analyst, Request(destination, targets), Token);
        await world.RunJobsAsync();
        var away = await world.WhereAsync(targets);
        var done = await world.Remediation.FindAsync(Analyst, id, Token);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var undo = await world.Remediation.UndoAsync(Analyst, id, Token);
        await world.RunJobsAsync();

        Assert.Equal($"{destination} {destination} {destination}", away);
        Assert.Equal((RemediationStatus.Completed, 3, 3, true), (done!.Status, done.Submitted, done.Succeeded, done.CanUndo));
        Assert.Equal("Inbox Inbox Inbox", await world.WhereAsync(targets));
        var fact = world.Log.Acted[0];
        Assert.Equal((action, location, "Inbox/folder", "Success", "ana", id), (fact.Action, fact.Location, fact.SourceLocation, fact.ActionResult, fact.By, fact.ApprovalId));
        Assert.Equal(("Moved to inbox", "Inbox/folder"), (world.Log.Acted[^1].Action, world.Log.Acted[^1].Location));
        var history = await world.Remediation.HistoryAsync(Analyst, Noon, Token);
        Assert.Equal([undo, id], history.Select(one => one.ApprovalId), StringComparer.Ordinal);
        Assert.Equal(undo, history.Single(one => one.ApprovalId == id).UndoneBy);
        Assert.DoesNotContain(history, one => one.CanUndo);
    }

    [Fact]
    public async Task A_purge_is_undone_from_the_bytes_with_the_flags_the_message_had()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example", MailboxPlace.Junk, isRead: true);

        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.HardDeleted, target), Token);
        await world.RunJobsAsync();
        var gone = await world.FindAsync(target);
        await world.Remediation.UndoAsync(Analyst, id, Token);
        await world.RunJobsAsync();

        var back = Assert.Single(await world.FindAsync(target));
        Assert.Empty(gone);
        Assert.Equal((MailboxPlace.Junk, true), (back.Place, back.IsRead));
        Assert.Equal(["Hard delete", "Moved to junk folder"], world.Log.Acted.Select(fact => fact.Action), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_purge_whose_bytes_are_erased_cannot_be_undone_and_says_so()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");
        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.HardDeleted, target), Token);
        await world.RunJobsAsync();
        world.Blobs.Bodies.Clear();

        var undo = await world.Remediation.UndoAsync(Analyst, id, Token);
        await world.RunJobsAsync();

        Assert.Equal("Failure: Weir no longer has its content", Assert.Single(await world.Remediation.EntriesAsync(Analyst, undo, 500, Token)).Result);
        Assert.Equal(RemediationStatus.Failed, (await world.Remediation.FindAsync(Analyst, undo, Token))!.Status);
    }

    [Fact]
    public async Task A_quarantined_message_is_released_and_taken_back_into_quarantine()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example", place: null, "Quarantine", "Blocked");

        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Inbox, target), Token);
        await world.RunJobsAsync();
        var released = await world.WhereAsync(target);
        await world.Remediation.UndoAsync(Analyst, id, Token);
        await world.RunJobsAsync();

        Assert.Equal("Inbox", released);
        Assert.Equal("", await world.WhereAsync(target));
        Assert.Equal(
            [("Quarantine release", "Quarantine", "Inbox/folder"), ("Moved to quarantine", "Inbox/folder", "Quarantine")],
            world.Log.Acted.Select(fact => (fact.Action, fact.SourceLocation, fact.Location)));
    }

    [Fact]
    public async Task What_Weir_cannot_give_back_is_not_taken_back_into_quarantine()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example", place: null, "Quarantine", "Blocked");
        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Inbox, target), Token);
        await world.RunJobsAsync();
        world.Blobs.Bodies.Clear();

        await world.Remediation.UndoAsync(Analyst, id, Token);
        await world.RunJobsAsync();

        Assert.Equal("Inbox", await world.WhereAsync(target));
    }

    [Theory]
    [InlineData("Failed", "Blocked", "its delivery failed, so it is in no mailbox")]
    [InlineData("Dropped", "Blocked", "it was dropped, so it is in no mailbox")]
    [InlineData("On-premises/external", "Delivered", "it left for a mailbox outside this organisation")]
    [InlineData("Unknown", "Delivered", "where it is now is unknown")]
    [InlineData("", "", "where it is now is unknown")]
    [InlineData("Deleted items", "Hard delete", "it was hard-deleted; only an undo of that action brings it back")]
    [InlineData("Quarantine", "Blocked", "it is in quarantine; it can only be released to the inbox")]
    public async Task What_cannot_be_acted_on_is_refused_line_by_line(string location, string action, string reason)
    {
        await using var world = await MakeAsync();
        var good = await world.MailAsync("ann@corp.example");
        var bad = await world.MailAsync("ann@corp.example", place: null, location, action);

        var lines = await world.Remediation.PreviewAsync(Analyst, MailboxPlace.Junk, [good, bad], Token);
        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, good, bad), Token);
        await world.RunJobsAsync();

        Assert.Equal([(true, null), (false, reason)], lines.Select(line => (line.IsActionable, line.WhyNot)));
        // Failures come first, and no more than asked for.
        Assert.Equal([$"Failure: {reason}", "Success"], (await world.Remediation.EntriesAsync(Analyst, id, 500, Token)).Select(entry => entry.Result), StringComparer.Ordinal);
        Assert.Equal($"Failure: {reason}", Assert.Single(await world.Remediation.EntriesAsync(Analyst, id, 1, Token)).Result);
        Assert.Equal([("Inbox/folder", 1)], await world.Remediation.UndoablePlacesAsync(Analyst, id, Token));
        Assert.Single(world.Log.Acted);
    }

    [Fact]
    public async Task A_stranger_to_the_record_and_a_mailbox_that_nobody_serves_are_refused()
    {
        await using var world = await MakeAsync();
        var known = await world.MailAsync("ann@corp.example");
        world.Record.Rows.Add(world.Record.Rows[0] with { Recipient = "zoe@elsewhere.example" });

        var lines = await world.Remediation.PreviewAsync(
            Analyst, MailboxPlace.Junk, [known with { Recipient = "bob@corp.example" }, known with { Recipient = "zoe@elsewhere.example" }], Token);

        Assert.Equal("it is not in the record", lines[0].WhyNot);
        Assert.StartsWith("no connector serves this mailbox", lines[1].WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_counted_by_kind()
    {
        await using var world = await MakeAsync();
        var moved = await world.MailAsync("ann@corp.example");
        var there = await world.MailAsync("bob@corp.example", MailboxPlace.Junk);
        var gone = await world.MailAsync("cy@corp.example", place: null);
        var refused = await world.MailAsync("dan@corp.example", place: null, "Failed");

        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, moved, there, gone, refused), Token);
        var queued = await world.Remediation.FindAsync(Analyst, id, Token);
        await world.RunJobsAsync();

        var done = await world.Remediation.FindAsync(Analyst, id, Token);
        Assert.Equal(RemediationStatus.Queued, queued!.Status);
        Assert.Equal((4, 1, 1, 1, 1), (done!.Submitted, done.Succeeded, done.AlreadyThere, done.NotFound, done.Failed));
        Assert.Equal(RemediationStatus.Completed, done.Status);
        Assert.Equal(["Already in destination", "Not found", "Success"], world.Log.Acted.Select(fact => fact.ActionResult).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_that_refuses_is_a_failure_with_its_reason()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");
        world.Mailboxes.Broken = "the server refused";

        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, target), Token);
        await world.RunJobsAsync();

        Assert.Equal("Failure: the server refused", Assert.Single(await world.Remediation.EntriesAsync(Analyst, id, 500, Token)).Result);
        Assert.Equal(RemediationStatus.Failed, (await world.Remediation.FindAsync(Analyst, id, Token))!.Status);
    }

    [Fact]
    public async Task The_same_message_twice_in_a_selection_is_done_once()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");

        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, target, target with { Recipient = "ANN@corp.example" }), Token);

        Assert.Single(await world.Remediation.EntriesAsync(Analyst, id, 500, Token));
    }

    [Fact]
    public async Task Too_many_none_and_nameless_are_refused_with_what_to_do()
    {
        await using var world = await MakeAsync(("response:maxTargets", "1"));
        var (one, two) = (await world.MailAsync("ann@corp.example"), await world.MailAsync("ann@corp.example"));

        var many = await Assert.ThrowsAsync<RemediationRefusedException>(() => world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, one, two), Token).AsTask());
        var none = await Assert.ThrowsAsync<RemediationRefusedException>(() => world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk), Token).AsTask());
        var nameless = await Assert.ThrowsAsync<RemediationRefusedException>(() => world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, one) with { Name = " " }, Token).AsTask());

        Assert.Contains("one action takes at most 1", many.Message, StringComparison.Ordinal);
        Assert.Equal(("No message is selected.", "The action needs a name."), (none.Message, nameless.Message));
    }

    [Fact]
    public async Task An_action_is_undone_once_and_an_undo_never()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");
        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, target), Token);
        var early = await Assert.ThrowsAsync<RemediationRefusedException>(() => world.Remediation.UndoAsync(Analyst, id, Token).AsTask());
        await world.RunJobsAsync();
        var undo = await world.Remediation.UndoAsync(Analyst, id, Token);
        await world.RunJobsAsync();

        var again = await Assert.ThrowsAsync<RemediationRefusedException>(() => world.Remediation.UndoAsync(Analyst, id, Token).AsTask());
        var undone = await Assert.ThrowsAsync<RemediationRefusedException>(() => world.Remediation.UndoAsync(Analyst, undo, Token).AsTask());

        Assert.Equal("This action is still in progress.", early.Message);
        Assert.Equal("This action was undone already.", again.Message);
        Assert.Equal("An undo cannot be undone; submit the action again.", undone.Message);
    }

    [Fact]
    public async Task What_was_there_before_the_action_is_left_alone_by_its_undo()
    {
        await using var world = await MakeAsync();
        var (moved, there) = (await world.MailAsync("ann@corp.example"), await world.MailAsync("ann@corp.example", MailboxPlace.Junk));
        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, moved, there), Token);
        await world.RunJobsAsync();

        await world.Remediation.UndoAsync(Analyst, id, Token);
        await world.RunJobsAsync();

        Assert.Equal("Inbox Junk", await world.WhereAsync(moved, there));
    }

    [Fact]
    public async Task What_a_second_run_of_the_same_messages_says_late_changes_nothing_of_what_is_done()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");
        var id = await world.Remediation.SubmitAsync(Analyst, Request(MailboxPlace.Junk, target), Token);
        var store = world.Get<RemediationStore>();
        var late = await store.EntriesAsync(id, 0, 10, Token);
        await world.RunJobsAsync();

        // It looked when the first run had moved it already.
        (late[0].State, late[0].FromPlace) = (EntryState.Intended, MailboxPlace.Junk);
        await store.IntendAsync(late, Token);
        (late[0].State, late[0].Outcome, late[0].Result) = (EntryState.Acted, MailboxOutcome.AlreadyInDestination, "Already in destination");
        await store.SaveAsync(late, Token);
        await world.Remediation.UndoAsync(Analyst, id, Token);
        await world.RunJobsAsync();

        Assert.Equal(EntryState.Done, late[0].State);
        Assert.Equal("Inbox", await world.WhereAsync(target));
    }

    private static RemediationRequest Request(MailboxPlace destination, params MessageTarget[] targets) =>
        new() { Name = "Purge", Destination = destination, Targets = targets, Query = "EmailEvents" };
}

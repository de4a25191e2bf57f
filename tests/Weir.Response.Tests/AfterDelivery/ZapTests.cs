using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.AfterDelivery;
using Weir.Response.Contracts;
using Weir.Response.Remediations;
using Weir.Response.Tests.Support;
using static Weir.Response.Tests.Support.World;

namespace Weir.Response.Tests.AfterDelivery;

/// <summary>Stored mail was judged again: what policy decides now is done in the mailboxes.</summary>
public sealed class ZapTests
{
    private const string Id = "01900000-0000-7000-8000-0000000000aa";
    private const string Reason = "new entry: block URL domain evil.example";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Malware", "Quarantine", "", "Malware ZAP", "Moved to quarantine", "Quarantine")]
    [InlineData("High confidence phish", "Quarantine", "", "Phish ZAP", "Moved to quarantine", "Quarantine")]
    [InlineData("Phish", "Reject", "", "Phish ZAP", "Moved to quarantine", "Quarantine")]
    [InlineData("Phish", "Junk", "Junk", "Phish ZAP", "Moved to junk folder", "Junk folder")]
    [InlineData("Spam", "Junk", "Junk", "Spam ZAP", "Moved to junk folder", "Junk folder")]
    public async Task What_turned_out_bad_is_taken_out_as_policy_decides_read_or_not(string verdict, string decision, string where, string type, string action, string location)
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example", isRead: true);

        await ZapAsync(world, Judged(ann, verdict, "Clean", decision));

        Assert.Equal(where, await world.WhereAsync(ann));
        var fact = Assert.Single(world.Log.Acted);
        Assert.Equal((type, action, "Success", location, "SpecialAction", Reason), (fact.ActionType, fact.Action, fact.ActionResult, fact.Location, fact.ActionTrigger, fact.Why));
        var shown = Assert.Single(await world.Remediation.HistoryAsync(Analyst, default, Token));
        Assert.Equal((Id, $"ZAP: {Reason}", "Automated email action", "Automation", RemediationStatus.Completed), (shown.ApprovalId, shown.Name, shown.ActionSource, shown.DecidedBy, shown.Status));
        Assert.Equal(("Email messages containing malicious URL removed after delivery", 1), Assert.Single(world.Log.Facts.OfType<AlertRaised>()) is var alert ? (alert.Title, alert.Evidence.Count) : default);
    }

    [Fact]
    public async Task An_undo_brings_it_back_as_it_was()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example", isRead: true);
        await ZapAsync(world, Judged(ann, "Malware", "Clean", "Quarantine"));

        await world.Remediation.UndoAsync(Analyst, Id, Token);
        await world.RunJobsAsync();

        var found = Assert.Single(await world.FindAsync(ann));
        Assert.Equal((MailboxPlace.Inbox, true), (found.Place, found.IsRead));
        Assert.Equal(("Quarantine release", "Success"), (world.Log.Acted[^1].Action, world.Log.Acted[^1].ActionResult));
    }

    [Theory]
    [InlineData("Quarantine", "Blocked", null)]
    [InlineData("Junk folder", "Junked", MailboxPlace.Junk)]
    public async Task What_turned_out_good_is_given_back_as_reprocessed(string location, string action, MailboxPlace? place)
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example", place, location, action);

        await ZapAsync(world, Judged(ann, "Clean", "Phish", "Deliver"));

        Assert.Equal("Inbox", await world.WhereAsync(ann));
        Assert.Equal(("Reprocessed", "Success"), (Assert.Single(world.Log.Acted).ActionType, world.Log.Acted[0].ActionResult));
        Assert.Empty(world.Log.Facts.OfType<AlertRaised>());
    }

    [Theory]
    [InlineData("Phish", "Clean", "Deliver", "Inbox/folder", "Delivered")]
    [InlineData("Phish", "Clean", "Quarantine", "Quarantine", "Blocked")]
    [InlineData("Phish", "Clean", "Quarantine", "On-premises/external", "Delivered")]
    [InlineData("Phish", "Clean", "Quarantine", "Deleted items", "Hard delete")]
    [InlineData("Bulk", "Clean", "Deliver", "Junk folder", "Junked")]
    [InlineData("Clean", "Phish", "Deliver", "Inbox/folder", "Delivered")]
    public async Task What_is_where_policy_wants_it_or_out_of_reach_is_left_alone(string verdict, string before, string decision, string location, string action)
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example", MailboxPlace.Inbox, location, action);

        await ZapAsync(world, Judged(ann, verdict, before, decision));

        Assert.Empty(await world.Remediation.HistoryAsync(Analyst, default, Token));
        Assert.Equal("Inbox", await world.WhereAsync(ann));
    }

    [Fact]
    public async Task Where_a_policy_has_zap_switched_off_the_mail_stays_and_an_alert_says_so()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");

        await ZapAsync(world, Judged(ann, "Malware", "Clean", "Deliver") with { Recipients = [Recipient("ann@corp.example", "Deliver") with { Held = "ZAP is off", WouldDecide = "Quarantine" }] });

        Assert.Equal("Inbox", await world.WhereAsync(ann));
        Assert.Equal("Malware not zapped because ZAP is disabled", Assert.Single(world.Log.Facts.OfType<AlertRaised>()).Title);
    }

    [Fact]
    public async Task A_list_is_decided_for_its_members_and_each_recipient_by_its_own_policy()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        var bob = ann with { Recipient = "bob@corp.example" };
        await world.DeliverCopyAsync(bob);
        world.Record.Rows.Add(world.Record.Rows[0] with { Recipient = "bob@corp.example", Through = "team@corp.example" });

        await ZapAsync(world, Judged(ann, "Phish", "Clean", "Deliver") with { Recipients = [Recipient("ann@corp.example", "Deliver"), Recipient("Team@corp.example", "Junk")] });

        Assert.Equal("Inbox Junk", await world.WhereAsync(ann, bob));
    }

    [Fact]
    public async Task More_than_the_brake_allows_waits_for_a_person_and_is_done_when_approved()
    {
        await using var world = await MakeAsync();
        var targets = await ManyAsync(world, 201);
        await ZapAsync(world, [.. targets.Select(target => Judged(target, "Phish", "Clean", "Junk"))]);

        Assert.Equal("Inbox", await world.WhereAsync(targets[0]));
        Assert.Equal((RemediationStatus.Pending, 201), (await world.Remediation.FindAsync(Analyst, Id, Token)) is { } pending ? (pending.Status, pending.Submitted) : default);
        Assert.Equal("Junk folder", (await world.Remediation.EntriesAsync(Analyst, Id, 1, Token))[0].GoesTo);
        Assert.Contains("more than the 200 messages", Assert.Single(world.Log.Facts.OfType<AlertRaised>()).Description, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Remediation.ApproveAsync(Analyst, Id, Token).AsTask());

        await world.Remediation.ApproveAsync(Operator, Id, Token);
        await world.RunJobsAsync();

        Assert.Equal("Junk Junk", await world.WhereAsync(targets[0], targets[200]));
        Assert.Equal((RemediationStatus.Completed, "olga", 201), (await world.Remediation.FindAsync(Analyst, Id, Token)) is { } done ? (done.Status, done.DecidedBy, done.Succeeded) : default);
        await Assert.ThrowsAsync<RemediationRefusedException>(() => world.Remediation.ApproveAsync(Operator, Id, Token).AsTask());
    }

    [Fact]
    public async Task Many_small_actions_within_an_hour_are_braked_like_a_large_one()
    {
        await using var world = await MakeAsync();
        var targets = await ManyAsync(world, 250);
        await ZapAsync(world, [.. targets.Take(150).Select(target => Judged(target, "Phish", "Clean", "Junk"))]);

        await AgainAsync("second", targets.Skip(150).Take(51));
        world.Time.Advance(TimeSpan.FromMinutes(61));
        await AgainAsync("third", targets.Skip(201));

        Assert.Equal("Junk Inbox Junk", await world.WhereAsync(targets[149], targets[150], targets[249]));
        Assert.Contains("with the 150 of the last hour", Assert.Single(world.Log.Facts.OfType<AlertRaised>(), alert => alert.Severity == "Medium").Description, StringComparison.Ordinal);

        async Task AgainAsync(string id, IEnumerable<MessageTarget> mail)
        {
            world.Log.Facts.AddRange([.. mail.Select(target => Judged(target, "Phish", "Clean", "Junk") with { RejudgingId = id }), Ended() with { RejudgingId = id }]);
            await world.Hosted<ZapWhenJudgedAgain>().FollowAsync(Token);
            await world.RunJobsAsync();
        }
    }

    [Fact]
    public async Task A_busy_organisation_has_a_wider_brake()
    {
        await using var world = await MakeAsync();
        world.Record.MailOfADay = 20_000;
        var targets = await ManyAsync(world, 201);

        await ZapAsync(world, [.. targets.Select(target => Judged(target, "Phish", "Clean", "Junk"))]);

        Assert.Equal("Junk", await world.WhereAsync(targets[200]));
        Assert.Equal(400, (await world.Automation.StateAsync(Operator, Token)).Limit);
    }

    [Fact]
    public async Task What_is_rejected_stays_where_it_is()
    {
        await using var world = await MakeAsync();
        await world.Automation.SetAsync(Operator, isOn: false, Token);
        var ann = await world.MailAsync("ann@corp.example");
        await ZapAsync(world, Judged(ann, "Phish", "Clean", "Junk"));

        await world.Remediation.RejectAsync(Operator, Id, Token);
        await world.RestartAsync();
        await world.RunJobsAsync();

        Assert.Equal("Inbox", await world.WhereAsync(ann));
        Assert.Equal((RemediationStatus.Rejected, "Rejected"), ((await world.Remediation.FindAsync(Analyst, Id, Token))!.Status, (await world.Remediation.EntriesAsync(Analyst, Id, 500, Token))[0].Result));
        Assert.Equal(["StopAutomation", "RejectRemediation"], world.Audit.Entries.Select(entry => entry.Entry.Operation));
    }

    [Fact]
    public async Task Stopping_automation_stops_what_is_under_way_and_leaves_the_rest_to_a_person()
    {
        await using var world = await MakeAsync();
        var targets = await ManyAsync(world, 4);
        await StartAsync(world, [.. targets.Select(target => Judged(target, "Phish", "Clean", "Junk"))]);

        await world.Automation.SetAsync(Operator, isOn: false, Token);
        await world.RunJobsAsync();

        Assert.Equal("Inbox Inbox Inbox Inbox", await world.WhereAsync([.. targets]));
        Assert.Equal(RemediationStatus.Pending, (await world.Remediation.FindAsync(Analyst, Id, Token))!.Status);

        await world.Remediation.ApproveAsync(Operator, Id, Token);
        await world.RunJobsAsync();
        Assert.Equal("Junk Junk Junk Junk", await world.WhereAsync([.. targets]));
    }

    [Fact]
    public async Task What_is_judged_again_before_it_was_acted_on_is_where_the_newer_judgement_wants_it()
    {
        await using var world = await MakeAsync();
        var there = await world.MailAsync("ann@corp.example", place: null, "Quarantine", "Blocked");
        var bob = await world.MailAsync("bob@corp.example");
        await StartAsync(world, Judged(there, "Clean", "Phish", "Deliver"), Judged(bob, "Phish", "Clean", "Quarantine"));

        world.Log.Facts.AddRange([Judged(there, "Phish", "Clean", "Quarantine") with { RejudgingId = "newer" }, Judged(bob, "Clean", "Phish", "Deliver") with { RejudgingId = "newer" }, Ended() with { RejudgingId = "newer" }]);
        await world.Hosted<ZapWhenJudgedAgain>().FollowAsync(Token);
        await world.RunJobsAsync();

        Assert.Equal(" Inbox", await world.WhereAsync(there, bob));
        Assert.Empty(world.Log.Acted);
        Assert.Equal((RemediationStatus.Completed, 2, 0), (await world.Remediation.FindAsync(Analyst, Id, Token)) is { } first ? (first.Status, first.Submitted, first.Succeeded) : default);
        Assert.Equal("Judged again", (await world.Remediation.EntriesAsync(Analyst, Id, 500, Token))[0].Result);
        Assert.Null(await world.Remediation.FindAsync(Analyst, "newer", Token));
    }

    [Fact]
    public async Task Bad_mail_whose_verdict_is_what_it_was_is_moved_when_it_is_not_where_policy_wants_it()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");

        await ZapAsync(world, Judged(ann, "Phish", "Phish", "Quarantine"));

        Assert.Equal("", await world.WhereAsync(ann));
        Assert.Equal("Phish ZAP", Assert.Single(world.Log.Acted).ActionType);
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_reached_is_tried_again_until_it_can()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        world.Mailboxes.Down = "the server does not answer";
        await ZapAsync(world, Judged(ann, "Phish", "Clean", "Junk"));
        var waiting = Assert.Single(await world.Remediation.EntriesAsync(Analyst, Id, 500, Token));

        world.Mailboxes.Down = null;
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.Hosted<UnfinishedRemediations>().ResumeAsync(Token);
        await world.RunJobsAsync();

        Assert.Equal("Waiting: the server does not answer", waiting.Result);
        Assert.Equal("Junk", await world.WhereAsync(ann));
        Assert.Equal("Success", Assert.Single(world.Log.Acted).ActionResult);
    }

    [Fact]
    public async Task While_a_server_is_down_there_is_one_job_for_the_same_messages_and_never_a_second_one()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        world.Mailboxes.Down = "the server does not answer";
        await ZapAsync(world, Judged(ann, "Phish", "Clean", "Junk"));

        for (var i = 0; i < 3; i++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(5));
            await world.Hosted<UnfinishedRemediations>().ResumeAsync(Token);
        }

        Assert.Equal(1, world.Jobs.Count);
    }

    [Theory]
    [InlineData("Phish", "Quarantine", "Phish", "Clean", "Quarantine", "Inbox")]
    [InlineData("Phish", "Junk", "Spam", "Clean", "Junk", "Inbox")]
    [InlineData("Malware", "Quarantine", "Malware", "Malware", "Quarantine", "Inbox")]
    [InlineData("Phish", "Quarantine", "Malware", "Phish", "Quarantine", "")]
    [InlineData("Malware", "Quarantine", "Malware", "Clean", "Quarantine", "")]
    public async Task What_a_person_gave_back_stays_unless_it_turned_into_malware_since(string first, string decision, string later, string before, string laterDecision, string where)
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        await ZapAsync(world, Judged(ann, first, "Clean", decision));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Remediation.UndoAsync(Analyst, Id, Token);
        await world.RunJobsAsync();
        Assert.Equal("Inbox", await world.WhereAsync(ann));

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await AgainAsync(world, Judged(ann, later, before, laterDecision));
        await world.RunJobsAsync();

        Assert.Equal(where, await world.WhereAsync(ann));
    }

    [Fact]
    public async Task What_a_person_is_giving_back_at_this_moment_stays_and_others_of_the_same_message_do_not()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        await ZapAsync(world, Judged(ann, "Phish", "Clean", "Junk"));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Remediation.UndoAsync(Analyst, Id, Token);
        var bob = ann with { Recipient = "bob@corp.example" };
        await world.DeliverCopyAsync(bob);
        world.Record.Rows.Add(world.Record.Rows[0] with { Recipient = "bob@corp.example" });

        await AgainAsync(world, Judged(ann, "Spam", "Phish", "Junk") with { Recipients = [Recipient("ann@corp.example", "Junk"), Recipient("bob@corp.example", "Junk")] });
        await world.RunJobsAsync();

        Assert.Equal("Inbox Junk", await world.WhereAsync(ann, bob));
    }

    [Fact]
    public async Task What_a_person_took_out_again_after_giving_it_back_does_not_count_as_given_back()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        await ZapAsync(world, Judged(ann, "Phish", "Clean", "Junk"));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Remediation.UndoAsync(Analyst, Id, Token);
        await world.RunJobsAsync();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Remediation.SubmitAsync(Analyst, new RemediationRequest { Name = "Out", Destination = MailboxPlace.DeletedItems, Targets = [ann] }, Token);
        await world.RunJobsAsync();

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await AgainAsync(world, Judged(ann, "Phish", "Clean", "Quarantine"));
        await world.RunJobsAsync();

        Assert.Equal("", await world.WhereAsync(ann));
    }

    [Fact]
    public async Task What_is_judged_good_while_its_mailbox_cannot_be_reached_stays_in_it()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        var bob = await world.MailAsync("bob@corp.example");
        world.Mailboxes.Down = "the server does not answer";
        await ZapAsync(world, Judged(ann, "Phish", "Clean", "Quarantine"), Judged(bob, "Phish", "Clean", "Quarantine"));

        await AgainAsync(world, Judged(ann, "Clean", "Phish", "Deliver"));
        world.Mailboxes.Down = null;
        await world.Hosted<UnfinishedRemediations>().ResumeAsync(Token);
        await world.RunJobsAsync();

        Assert.Equal("Inbox ", await world.WhereAsync(ann, bob));
        Assert.Equal(["Judged again", "Success"], (await world.Remediation.EntriesAsync(Analyst, Id, 500, Token)).Select(entry => entry.Result));
        Assert.Equal(RemediationStatus.Completed, (await world.Remediation.FindAsync(Analyst, Id, Token))!.Status);
    }

    [Fact]
    public async Task What_waits_for_a_person_and_is_judged_good_meanwhile_waits_no_longer()
    {
        await using var world = await MakeAsync();
        await world.Automation.SetAsync(Operator, isOn: false, Token);
        var ann = await world.MailAsync("ann@corp.example");
        await ZapAsync(world, Judged(ann, "Phish", "Clean", "Quarantine"));

        await AgainAsync(world, Judged(ann, "Clean", "Phish", "Deliver"));

        await Assert.ThrowsAsync<RemediationRefusedException>(() => world.Remediation.ApproveAsync(Operator, Id, Token).AsTask());
        Assert.Equal("Inbox", await world.WhereAsync(ann));
    }

    [Fact]
    public async Task What_was_done_before_the_rest_was_rejected_can_be_undone()
    {
        await using var world = await MakeAsync();
        MessageTarget[] targets = [await world.MailAsync("ann@corp.example"), await world.MailAsync("bob@corp.example")];
        (world.Mailboxes.Down, world.Mailboxes.DownMailbox) = ("the server does not answer", "bob@corp.example");
        await ZapAsync(world, [.. targets.Select(target => Judged(target, "Phish", "Clean", "Junk"))]);
        await world.Automation.SetAsync(Operator, isOn: false, Token);
        await world.Hosted<UnfinishedRemediations>().ResumeAsync(Token);
        await world.RunJobsAsync();
        await world.Remediation.RejectAsync(Operator, Id, Token);

        Assert.Equal((RemediationStatus.Rejected, true), (await world.Remediation.FindAsync(Analyst, Id, Token)) is { } rejected ? (rejected.Status, rejected.CanUndo) : default);
        world.Mailboxes.Down = null;
        Assert.Equal("Junk Inbox", await world.WhereAsync(targets));
        await world.Remediation.UndoAsync(Analyst, Id, Token);
        await world.RunJobsAsync();

        Assert.Equal("Inbox Inbox", await world.WhereAsync(targets));
    }

    [Fact]
    public async Task A_message_that_is_still_on_its_way_is_waited_for()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        ann = ann with { Timestamp = world.Time.GetUtcNow() };
        world.Record.Rows[0] = world.Record.Rows[0] with { At = ann.Timestamp };
        var late = ann with { Recipient = "bob@corp.example" };
        await world.MailAsync("bob@corp.example", place: null);
        world.Record.Rows.Add(world.Record.Rows[0] with { Recipient = "bob@corp.example", Location = "Unknown", Action = "Unknown" });
        await ZapAsync(world, Judged(ann, "Phish", "Clean", "Junk"));
        Assert.Equal("Waiting: it is not in the mailbox yet", (await world.Remediation.EntriesAsync(Analyst, Id, 500, Token))[1].Result);

        await world.DeliverCopyAsync(late);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await world.Hosted<UnfinishedRemediations>().ResumeAsync(Token);
        await world.RunJobsAsync();

        Assert.Equal("Junk Junk", await world.WhereAsync(ann, late));
    }

    [Fact]
    public async Task A_mailbox_that_cannot_be_reached_for_days_is_a_failure_and_an_alert()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        world.Mailboxes.Down = "the server does not answer";
        await ZapAsync(world, Judged(ann, "Phish", "Clean", "Junk"));

        world.Time.Advance(TimeSpan.FromDays(3));
        await world.Hosted<UnfinishedRemediations>().ResumeAsync(Token);
        await world.RunJobsAsync();

        Assert.Equal("Failure: the server does not answer", Assert.Single(world.Log.Acted).ActionResult);
        Assert.Equal(("Messages containing malicious entity not removed after delivery", "Medium"), Assert.Single(world.Log.Facts.OfType<AlertRaised>()) is var alert ? (alert.Title, alert.Severity) : default);
    }

    [Fact]
    public async Task Killed_at_any_step_everything_is_done_once()
    {
        var step = 0;
        for (var wasKilled = true; wasKilled;)
        {
            await using var world = await MakeAsync();
            MessageTarget[] targets = [await world.MailAsync("ann@corp.example"), await world.MailAsync("bob@corp.example")];
            world.Log.Facts.AddRange([Judged(targets[0], "Phish", "Clean", "Quarantine"), Judged(targets[1], "Phish", "Clean", "Junk"), Ended()]);
            world.Steps.KillAt = world.Steps.Count + ++step;
            try
            {
                await world.Hosted<ZapWhenJudgedAgain>().FollowAsync(Token);
                await world.RunJobsAsync();
                wasKilled = false;
                world.Steps.KillAt = 0;
            }
            catch (Exception killed) when (killed is KilledException || killed.InnerException is KilledException)
            {
                await world.RestartAsync();
                await world.Hosted<ZapWhenJudgedAgain>().FollowAsync(Token);
                await world.RunJobsAsync();
            }

            Assert.Equal(" Junk", await world.WhereAsync(targets));
            Assert.True(world.Log.Acted is [{ ActionResult: "Success" }, { ActionResult: "Success" }], $"killed at step {step}: {string.Join(", ", world.Log.Acted.Select(acted => acted.ActionResult))}");
            Assert.True(world.Log.Facts.OfType<AlertRaised>().Count() == 1, $"killed at step {step}");
        }

        Assert.InRange(step, 20, 200);
    }

    private static async Task<IReadOnlyList<MessageTarget>> ManyAsync(World world, int count)
    {
        var targets = new List<MessageTarget>();
        for (var i = 0; i < count; i++)
        {
            targets.Add(await world.MailAsync($"p{i % 3}@corp.example"));
        }

        return targets;
    }

    private static async Task ZapAsync(World world, params MessageJudged[] judged)
    {
        await StartAsync(world, judged);
        await world.RunJobsAsync();
    }

    private static async Task StartAsync(World world, params MessageJudged[] judged)
    {
        world.Log.Facts.AddRange([.. judged, Ended()]);
        await world.Hosted<ZapWhenJudgedAgain>().FollowAsync(Token);
    }

    /// <summary>A later judgement for another reason.</summary>
    private static async Task AgainAsync(World world, params MessageJudged[] judged)
    {
        const string Later = "01900000-0000-7000-8000-0000000000bb";
        var first = world.Log.Facts.Count + 1;
        world.Log.Facts.AddRange([.. judged.Select(one => one with { RejudgingId = Later }), Ended() with { RejudgingId = Later, Reason = "removed entry", FirstSequence = first }]);
        await world.Hosted<ZapWhenJudgedAgain>().FollowAsync(Token);
    }

    private static RejudgingEnded Ended() => new() { At = Noon, RejudgingId = Id, Reason = Reason, About = "Url", FirstSequence = 1 };

    private static RecordedRecipient Recipient(string address, string decision) => new() { Address = address, Decision = decision };

    private static MessageJudged Judged(MessageTarget target, string verdict, string before, string decision) => new()
    {
        At = Noon,
        Id = target.Id,
        ReceivedAt = target.Timestamp,
        Verdict = verdict,
        RejudgingId = Id,
        RejudgedFor = Reason,
        RejudgedFrom = before,
        Recipients = [Recipient(target.Recipient, decision)],
    };
}

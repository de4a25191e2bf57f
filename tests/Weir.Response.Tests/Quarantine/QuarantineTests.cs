using System.Text;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Mail.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Tests.Support;
using static Weir.Response.Tests.Support.World;

namespace Weir.Response.Tests.Quarantine;

/// <summary>Held mail: the list, what is done with it, and when it ends.</summary>
public sealed class QuarantineTests
{
    private const string Ann = "ann@corp.example";
    private const string Ben = "ben@corp.example";

    private static readonly QuarantineQuery All = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Malware", "Antimalware", "Malware", "AdminOnlyAccessPolicy")]
    [InlineData("High confidence phish", "Antispam phishing", "High confidence phishing", "AdminOnlyAccessPolicy")]
    [InlineData("Phish", "Antispam phishing", "Phishing", "DefaultFullAccessPolicy")]
    [InlineData("Clean", "Anti-phishing spoof", "Phishing", "DefaultFullAccessPolicy")]
    [InlineData("Spam", "Antispam", "Spam", "DefaultFullAccessPolicy")]
    [InlineData("Bulk", "Antispam bulk mail", "Bulk", "DefaultFullAccessPolicy")]
    [InlineData("Clean", "Antimalware", "File type block", "AdminOnlyAccessPolicy")]
    [InlineData("Clean", "Safe Attachments", "Not inspected", "AdminOnlyAccessPolicy")]
    public async Task What_is_held_is_listed_with_its_reason_and_the_quarantine_policy_of_that(string verdict, string family, string reason, string policy)
    {
        await using var world = await MakeAsync();
        await world.HoldAsync(Ann, verdict, change: held => held with { ActionPolicy = family });

        var row = Assert.Single((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows);

        Assert.Equal((reason, policy, HeldState.Held, ReleaseStatus.NeedsReview), (row.Reason, row.QuarantinePolicy, row.State, row.Status));
        Assert.Equal(row.HeldAt.AddDays(30), row.ExpiresAt);
    }

    [Fact]
    public async Task A_policy_names_the_quarantine_policy_and_that_says_for_how_long()
    {
        await using var world = await MakeAsync();
        Assert.Empty(await world.QuarantinePolicies.SaveAsync(Analyst, new QuarantinePolicy("Sales", QuarantineRights.Limited, 3, Notifies: true), Token));
        await world.HoldAsync(Ann, change: held => held with { QuarantinePolicy = "sales" });

        var row = Assert.Single((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows);
        Assert.Equal(("Sales", row.HeldAt.AddDays(3)), (row.QuarantinePolicy, row.ExpiresAt));

        Assert.Empty(await world.QuarantinePolicies.SaveAsync(Analyst, new QuarantinePolicy("Sales", QuarantineRights.Limited, 365, Notifies: true), Token));
        Assert.Equal(row.HeldAt.AddDays(365), Assert.Single((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows).ExpiresAt);
    }

    [Fact]
    public async Task Search_is_over_everything_that_is_held_and_counts_all_of_it()
    {
        await using var world = await MakeAsync();
        for (var i = 0; i < 7; i++)
        {
            await world.HoldAsync(Ann, subject: $"Invoice 100%_{i}", sender: $"seller{i}@shop.example");
        }

        await world.HoldAsync(Ben, "Malware", subject: "Parcel", sender: "post@parcel.example", change: held => held with { Tags = ["Priority account"] });

        Assert.Equal((2, 8), await CountAsync(world, All with { Take = 2 }));
        Assert.Equal((7, 7), await CountAsync(world, All with { Find = "100%_" }));
        Assert.Equal((0, 0), await CountAsync(world, All with { Find = "100x" }));
        Assert.Equal((1, 1), await CountAsync(world, All with { Subject = "inv*_3" }));
        Assert.Equal((0, 0), await CountAsync(world, All with { Subject = "nvoice*" }));
        Assert.Equal((1, 1), await CountAsync(world, All with { Sender = "SELLER4@" }));
        Assert.Equal((1, 1), await CountAsync(world, All with { Recipient = "ben" }));
        Assert.Equal((1, 1), await CountAsync(world, All with { Reasons = [QuarantineWords.Malware], Tag = "Priority account" }));
        Assert.Equal((0, 0), await CountAsync(world, All with { Statuses = [ReleaseStatus.Released] }));
        Assert.Equal((0, 0), await CountAsync(world, All with { ReceivedFrom = world.Time.GetUtcNow() }));
        Assert.Equal((8, 8), await CountAsync(world, All with { ExpiresBefore = world.Time.GetUtcNow().AddDays(31) }));
        Assert.Equal("Invoice 100%_0", (await world.Quarantine.ListAsync(Analyst, All with { Order = QuarantineOrder.Subject, IsAscending = true }, Token)).Rows[0].Subject);
        // Demand 22: any fact is a column.
        Assert.Equal((1, 1), await CountAsync(world, All with { Where = "RecipientEmailAddress == 'ben@corp.example' and AuthenticationDetails has 'fail'" }));
    }

    [Fact]
    public async Task A_release_goes_into_the_inbox_byte_for_byte_and_to_nobody_twice()
    {
        await using var world = await MakeAsync();
        var key = await world.HoldAsync(Ann);

        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Quarantine.ReleaseAsync(Analyst, new ReleaseRequest { Keys = [key] }, Token).AsTask()));
        await world.RunJobsAsync();
        await world.FollowQuarantineAsync();

        Assert.Equal(1, started.Sum(one => one.Released));
        Assert.Equal("Inbox", await world.WhereAsync(new MessageTarget(key.Id, Ann, Noon.AddSeconds(1))));
        var row = Assert.Single((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows);
        Assert.Equal((HeldState.Released, ReleaseStatus.Released, "ana"), (row.State, row.Status, row.ReleasedBy));
        Assert.Equal(0, (await world.Quarantine.ReleaseAsync(Analyst, new ReleaseRequest { Keys = [key] }, Token)).Released);
    }

    [Fact]
    public async Task Demand_20_what_the_mail_server_gets_are_the_original_bytes_with_a_mark_for_this_recipient_alone()
    {
        await using var world = await MakeAsync();
        world.Server.IsConfigured = true;
        var key = await world.HoldAsync("far@elsewhere.example");
        var original = world.Blobs.Bodies["blob1"];

        await world.Quarantine.ReleaseAsync(Analyst, new ReleaseRequest { Keys = [key], AlsoTo = ["Help@desk.example"] }, Token);
        await world.RunJobsAsync();

        Assert.Equal(["far@elsewhere.example", "help@desk.example"], world.Server.Taken.Select(mail => mail.Recipient).Order(StringComparer.Ordinal));
        foreach (var mail in world.Server.Taken)
        {
            Assert.Equal(original, MailContent.RemoveHeaders(mail.Raw, ["X-Weir-Mark"]));
            Assert.Equal("Valid", world.OwnMail.Check(mail.Raw, [mail.Recipient]).State.ToString());
            Assert.Equal("Wrong", world.OwnMail.Check(mail.Raw, ["other@corp.example"]).State.ToString());
        }
    }

    [Fact]
    public async Task While_the_mail_server_is_down_a_release_waits_says_so_and_is_made_later_once()
    {
        await using var world = await MakeAsync();
        world.Server.IsConfigured = true;
        world.Server.Answer = new HandedOver(HandOverOutcome.NotNow, "the mail server 127.0.0.1:25 cannot be used: Connection refused");
        var key = await world.HoldAsync("far@elsewhere.example");

        await world.Quarantine.ReleaseAsync(Analyst, new ReleaseRequest { Keys = [key] }, Token);
        await world.RunJobsAsync();
        await world.FollowQuarantineAsync();

        var row = Assert.Single((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows);
        Assert.Equal(HeldState.Releasing, row.State);
        Assert.Contains("Connection refused", row.Problem, StringComparison.Ordinal);
        Assert.Empty(world.Server.Taken);

        world.Server.Answer = new HandedOver(HandOverOutcome.Taken, "250 queued");
        await world.RestartAsync();
        await world.RunJobsAsync();
        await world.FollowQuarantineAsync();
        Assert.Single(world.Server.Taken);
        Assert.Equal(HeldState.Released, Assert.Single((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows).State);
    }

    [Fact]
    public async Task What_the_mail_server_refuses_for_good_is_held_as_before_and_says_why()
    {
        await using var world = await MakeAsync();
        world.Server.IsConfigured = true;
        world.Server.Answer = new HandedOver(HandOverOutcome.Refused, "550 5.1.1 no such user");
        var key = await world.HoldAsync("far@elsewhere.example");

        await world.Quarantine.ReleaseAsync(Analyst, new ReleaseRequest { Keys = [key] }, Token);
        await world.RunJobsAsync();
        await world.FollowQuarantineAsync();

        var row = Assert.Single((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows);
        Assert.Equal(HeldState.Held, row.State);
        Assert.Contains("550 5.1.1 no such user", row.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demand_21_a_release_that_a_rule_filed_as_junk_is_put_into_the_inbox()
    {
        await using var world = await MakeAsync();
        world.Server.IsConfigured = true;
        var key = await world.HoldAsync(Ann);
        world.Server.Deliver = async mail => await world.Mailboxes.DeliverAsync(
            Caller.System("postman", Permission.MailImport), mail.Recipient, new MessageToStore(MailContent.WithHeader(world.Blobs.Bodies["blob1"], "X-Weir-Id", key.Id.ToString()), Noon), MailboxPlace.Junk, Token);

        await world.Quarantine.ReleaseAsync(Analyst, new ReleaseRequest { Keys = [key] }, Token);
        await world.RunJobsAsync();

        Assert.Single(world.Server.Taken);
        Assert.Equal("Inbox", await world.WhereAsync(new MessageTarget(key.Id, Ann, Noon.AddSeconds(1))));
    }

    [Fact]
    public async Task What_is_deleted_is_gone_for_good_once_nobody_else_has_it()
    {
        await using var world = await MakeAsync();
        var ann = await world.HoldAsync(Ann);
        var ben = await world.HoldAsync(Ben, sameAs: ann);

        Assert.Equal(1, await world.Quarantine.DeleteAsync(Analyst, [ann], Token));
        Assert.True(world.Blobs.Bodies.ContainsKey("blob1"), "another recipient may still get it");
        Assert.Equal(1, await world.Quarantine.DeleteAsync(Analyst, [ann, ben], Token));

        Assert.False(world.Blobs.Bodies.ContainsKey("blob1"));
        Assert.Empty((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows);
        Assert.Equal(["Hard delete", "Hard delete"], world.Log.Acted.Select(acted => acted.Action));
        Assert.Equal(0, (await world.Quarantine.ReleaseAsync(Analyst, new ReleaseRequest { Keys = [ann] }, Token)).Released);
    }

    [Fact]
    public async Task What_was_delivered_to_others_keeps_its_bytes()
    {
        await using var world = await MakeAsync();
        var ann = await world.HoldAsync(Ann);
        world.Record.Rows.Add(world.Record.Rows[0] with { Recipient = Ben, Location = "Inbox/folder", Action = "Delivered" });

        await world.Quarantine.DeleteAsync(Analyst, [ann], Token);

        Assert.True(world.Blobs.Bodies.ContainsKey("blob1"));
    }

    [Fact]
    public async Task What_was_held_long_enough_is_deleted_by_itself()
    {
        await using var world = await MakeAsync();
        await world.HoldAsync(Ann);
        var expiry = world.Hosted<Weir.Response.Quarantine.Expiry>();

        world.Time.Advance(TimeSpan.FromDays(29));
        await expiry.LookAsync(Token);
        Assert.Single((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows);

        world.Time.Advance(TimeSpan.FromDays(1));
        await expiry.LookAsync(Token);
        Assert.Empty((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows);
        Assert.False(world.Blobs.Bodies.ContainsKey("blob1"));
        Assert.Equal(("Quarantine expiry", "SpecialAction"), (Assert.Single(world.Log.Acted).ActionType, world.Log.Acted[0].ActionTrigger));
    }

    [Theory]
    [InlineData("Phish", "Phish", false)]
    [InlineData("Malware", "Phish", true)]
    [InlineData("Malware", "Malware", false)]
    public async Task Automation_leaves_what_a_person_released_where_it_is_unless_it_is_newly_known_as_malware(string now, string atRelease, bool isTaken)
    {
        await using var world = await MakeAsync();
        var key = await world.HoldAsync(Ann, atRelease);
        await world.Quarantine.ReleaseAsync(Analyst, new ReleaseRequest { Keys = [key] }, Token);
        await world.RunJobsAsync();
        await world.FollowQuarantineAsync();
        world.Record.Rows[0] = world.Record.Rows[0] with { Location = "Inbox/folder", Action = "Quarantine release" };

        const string id = "01900000-0000-7000-8000-0000000000ab";
        var first = world.Log.Last + 1;
        var target = new MessageTarget(key.Id, Ann, Noon.AddSeconds(1));
        await world.Log.AppendAsync(
            [
                new MessageJudged { At = Noon, Id = key.Id, ReceivedAt = target.Timestamp, Verdict = now, RejudgingId = id, RejudgedFor = "an entry", RejudgedFrom = atRelease, Recipients = [new RecordedRecipient { Address = Ann, Decision = "Quarantine" }] },
                new RejudgingEnded { At = Noon, RejudgingId = id, Reason = "an entry", About = "Other", FirstSequence = first, Judged = 1, Changed = 1 },
            ],
            Token);
        await world.Hosted<Weir.Response.AfterDelivery.ZapWhenJudgedAgain>().FollowAsync(Token);
        await world.RunJobsAsync();

        Assert.Equal(isTaken ? "" : "Inbox", await world.WhereAsync(target));
    }

    [Fact]
    public async Task A_message_that_automation_takes_back_is_held_anew_and_can_be_released_again()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync(Ann);
        await world.Log.AppendAsync(
            [new MailboxActed { At = Noon, ActionKey = "zap", Id = ann.Id, Recipient = Ann, Action = "Moved to quarantine", ActionType = "Phish ZAP", ActionTrigger = "SpecialAction", ActionResult = "Success", Location = "Quarantine" }], Token);
        await world.FollowQuarantineAsync();

        var row = Assert.Single((await world.Quarantine.ListAsync(Analyst, All, Token)).Rows);

        Assert.Equal(("Phishing", "Phish ZAP", "a@x.example", ann.Timestamp), (row.Reason, row.PolicyName, row.Sender, row.ReceivedAt));
        Assert.Equal("Priority account", Assert.Single(row.Tags));
        Assert.Equal(1, (await world.Quarantine.ReleaseAsync(Analyst, new ReleaseRequest { Keys = [row.Key] }, Token)).Released);
    }

    [Fact]
    public async Task A_message_is_judged_by_what_is_known_now_and_the_reasons_are_kept_with_it()
    {
        await using var world = await MakeAsync();
        var key = await world.HoldAsync(Ann);

        var fresh = await world.Quarantine.JudgeAgainAsync(Analyst, key, Token);

        Assert.Equal("Phish", fresh!.Verdict);
        Assert.Contains("said so", Assert.Single(fresh.Because), StringComparison.Ordinal);
        Assert.Equal("Phish", Assert.Single(await world.Quarantine.FindAsync(Analyst, key.Id, Token)).Fresh?.Verdict);
    }

    [Fact]
    public async Task A_download_is_encrypted_under_a_password_and_states_a_reason()
    {
        await using var world = await MakeAsync();
        var key = await world.HoldAsync(Ann);

        await Assert.ThrowsAsync<ArgumentException>(async () => await world.Quarantine.DownloadAsync(Analyst, key, "long enough", Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await world.Quarantine.DownloadAsync(Analyst with { Reason = "case 7" }, key, "short", Token));
        var zip = await world.Quarantine.DownloadAsync(Analyst with { Reason = "case 7" }, key, "long enough", Token);

        Assert.DoesNotContain("Body 1", Encoding.Latin1.GetString(zip!), StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(world.Blobs.Bodies["blob1"]), Unzip(zip!, "long enough"));
        Assert.Contains(world.Audit.Entries, entry => entry.Entry is { Operation: "QuarantineExportMessage", Detail: "case 7" });
    }

    [Fact]
    public async Task Whoever_lacks_the_right_does_nothing_and_the_trail_says_so()
    {
        await using var world = await MakeAsync();
        var key = await world.HoldAsync(Ann);
        var reader = Person("reader", Permission.EmailMetadataRead, Permission.SecuritySettingsRead);

        await Assert.ThrowsAsync<AccessDeniedException>(async () => await world.Quarantine.ReleaseAsync(reader, new ReleaseRequest { Keys = [key] }, Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await world.Quarantine.DeleteAsync(reader, [key], Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await world.Quarantine.DenyAsync(reader, [key], "", Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await world.Quarantine.JudgeAgainAsync(reader, key, Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await world.QuarantinePolicies.SaveAsync(reader, new QuarantinePolicy("X", QuarantineRights.Full, 3, Notifies: false), Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await world.Quarantine.ListAsync(Person("nobody"), All, Token));

        Assert.Equal(5, world.Audit.Entries.Count(entry => entry.Entry.Result == "Denied"));
    }

    [Fact]
    public async Task Policies_that_make_no_sense_are_refused_with_the_reason()
    {
        await using var world = await MakeAsync();
        async Task<string> WhyAsync(QuarantinePolicy policy) => string.Join(' ', await world.QuarantinePolicies.SaveAsync(Analyst, policy, Token));

        Assert.Contains("1 to 365 days", await WhyAsync(new QuarantinePolicy("X", QuarantineRights.Full, 0, Notifies: false)), StringComparison.Ordinal);
        Assert.Contains("1 to 365 days", await WhyAsync(new QuarantinePolicy("X", QuarantineRights.Full, 366, Notifies: false)), StringComparison.Ordinal);
        Assert.Contains("need not request", await WhyAsync(new QuarantinePolicy("X", QuarantineRights.Full | QuarantineRights.RequestRelease, 3, Notifies: false)), StringComparison.Ordinal);
        Assert.Contains("is a preset", await WhyAsync(QuarantinePolicy.Presets[0] with { Rights = QuarantineRights.Full }), StringComparison.Ordinal);
        Assert.Contains("sum of 1", await WhyAsync(new QuarantinePolicy("X", (QuarantineRights)256, 3, Notifies: false)), StringComparison.Ordinal);
        Assert.Equal("", await WhyAsync(QuarantinePolicy.Presets[0] with { Days = 7 }));
        Assert.False(await world.QuarantinePolicies.RemoveAsync(Analyst, QuarantinePolicy.AdminOnly, Token));
        Assert.Equal([7, 30, 30], (await world.QuarantinePolicies.ListAsync(Analyst, Token)).Select(policy => policy.Days));
    }

    [Fact]
    public void The_presets_are_those_that_analysts_know() => Assert.Equal((0, 39, 43), ((int)QuarantinePolicy.Presets[0].Rights, (int)QuarantineRights.Full, (int)QuarantineRights.Limited));

    private static async Task<(int Shown, int Total)> CountAsync(World world, QuarantineQuery query)
    {
        var page = await world.Quarantine.ListAsync(Analyst, query, Token);
        Assert.Equal(page.Total, (await world.Quarantine.KeysAsync(Analyst, query, Token)).Count);
        return (page.Rows.Count, page.Total);
    }

    /// <summary>Weir's own reader of encrypted archives: it shares no code with what wrote it.</summary>
    private static string Unzip(byte[] zip, string password)
    {
        using var archive = SharpCompress.Archives.Zip.ZipArchive.OpenArchive(new MemoryStream(zip), new SharpCompress.Readers.ReaderOptions { Password = password });
        using var content = Assert.Single(archive.Entries).OpenEntryStream();
        using var reader = new StreamReader(content);
        return reader.ReadToEnd();
    }
}

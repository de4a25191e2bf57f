using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Mail.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Quarantine;
using Weir.Response.Tests.Support;
using static Weir.Response.Tests.Support.World;

namespace Weir.Response.Tests.Quarantine;

/// <summary>What recipients do with mail held from them, and the mail that Weir writes to them.</summary>
public sealed partial class OwnQuarantineTests
{
    private const string Ann = "ann@corp.example";
    private const string Ben = "ben@corp.example";
    private const string Hostile = "<script>alert(1)</script>\r\nBcc: all@corp.example\r\n\u202Egnp.exe\0";

    private static readonly OwnVisitor Visitor = new(Ann, "192.0.2.1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_opens_a_session_once_and_looking_at_it_uses_nothing_up()
    {
        await using var world = await StartAsync();
        await world.Own.SendLinkAsync(Ann, Token);
        var link = LinkIn(await MailAsync(world, Ann));

        Assert.Equal((Ann, false), (world.Own.Read(link).Recipient, world.Own.Read(link).IsExpired));
        Assert.Equal(Ann, (await world.Own.EnterAsync(link, "192.0.2.1", Token))?.Recipient);
        Assert.Null(await world.Own.EnterAsync(link, "192.0.2.1", Token));
        Assert.Contains(world.Audit.Entries, entry => entry is { Caller: "recipient:ann@corp.example", Entry: { Operation: "QuarantineLinkOpened", Result: "Denied", Detail: "used before" } });
    }

    [Fact]
    public async Task Forged_changed_and_expired_links_open_nothing()
    {
        await using var world = await StartAsync();
        await world.Own.SendLinkAsync(Ann, Token);
        var link = LinkIn(await MailAsync(world, Ann));
        var parts = link.Split('.');

        foreach (var forged in new[]
        {
            "", "x", "..", new string('a', 100_000), link + "x", link[..^2], $"{parts[0]}0.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{Convert.ToBase64String(Encoding.UTF8.GetBytes("ben@corp.example\nx\n")).TrimEnd('=')}.{parts[2]}",
            world.SignedText.Seal("another purpose", "ann@corp.example\nx\n", world.Time.GetUtcNow().AddDays(1)),
        })
        {
            Assert.Equal("", world.Own.Read(forged).Recipient);
            Assert.Null(await world.Own.EnterAsync(forged, null, Token));
        }

        world.Time.Advance(TimeSpan.FromDays(7));
        Assert.True(world.Own.Read(link).IsExpired);
        Assert.Null(await world.Own.EnterAsync(link, null, Token));
    }

    [Fact]
    public async Task Links_go_to_own_addresses_only_and_not_twice_in_ten_minutes()
    {
        await using var world = await StartAsync();
        foreach (var address in new[] { Ann, "ANN@corp.example", "stranger@elsewhere.example", "x\r\nRCPT TO:<y>@corp.example", "nobody", "" })
        {
            await world.Own.SendLinkAsync(address, Token);
        }

        Assert.Equal(Ann, Assert.Single(await world.Outbox.ListAsync(Analyst, null, 10, Token)).Recipient);
    }

    [Fact]
    public async Task A_request_is_judged_by_what_is_known_now_and_waits_for_a_person_who_is_told_by_an_alert()
    {
        await using var world = await StartAsync();
        await PolicyAsync(world, QuarantineRights.Limited);
        var key = await world.HoldAsync(Ann, "Malware", change: held => held with { QuarantinePolicy = "Own" });
        world.Judge.Verdict = Verdict.Clean;

        Assert.True(await world.Own.RequestAsync(Visitor, key, "my invoice", Token));
        Assert.False(await world.Own.RequestAsync(Visitor, key, "again", Token));

        var row = Assert.Single((await world.Quarantine.ListAsync(Analyst, new QuarantineQuery { Statuses = [ReleaseStatus.Requested] }, Token)).Rows);
        Assert.Equal(("my invoice", "Clean"), (row.RequestReason, row.Fresh?.Verdict));
        var alert = Assert.Single(world.Log.Facts.OfType<AlertRaised>());
        Assert.Equal("User requested to release a quarantined message", alert.Title);
        Assert.Contains("called Clean", alert.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "Your message is released")]
    [InlineData(false, "Your message stays in quarantine")]
    public async Task The_decision_is_told_to_who_asked_by_mail_with_the_note(bool isApproved, string subject)
    {
        await using var world = await StartAsync();
        await PolicyAsync(world, QuarantineRights.Limited);
        var asked = await world.HoldAsync(Ann, "Malware", subject: Hostile, change: held => held with { QuarantinePolicy = "Own" });
        Assert.True(await world.Own.RequestAsync(Visitor, asked, "please", Token));

        if (isApproved)
        {
            await world.Quarantine.ReleaseAsync(Analyst, new ReleaseRequest { Keys = [asked], Note = "looked at it" }, Token);
        }
        else
        {
            Assert.Equal(1, await world.Quarantine.DenyAsync(Analyst, [asked], "looked at it", Token));
            Assert.Equal(ReleaseStatus.Denied, Assert.Single(await world.Quarantine.FindAsync(Analyst, asked.Id, Token)).Status);
        }

        var mail = await MailAsync(world, Ann);
        Assert.Equal(subject, mail.Subject);
        Assert.Contains("looked at it", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("ana", mail.TextBody, StringComparison.Ordinal);
        Harmless(mail);
    }

    [Fact]
    public async Task Dangerous_mail_is_requested_and_never_released_by_its_recipient()
    {
        await using var world = await StartAsync();
        var key = await world.HoldAsync(Ann, "High confidence phish", change: held => held with { QuarantinePolicy = QuarantinePolicy.FullAccess });

        var own = Assert.Single(await world.Own.ListAsync(Visitor, Token));

        Assert.Equal(QuarantineRights.Delete | QuarantineRights.Preview | QuarantineRights.RequestRelease | QuarantineRights.AllowSender, own.Rights);
        Assert.False(await world.Own.ReleaseAsync(Visitor, key, Token));
        Assert.True(await world.Own.RequestAsync(Visitor, key, "", Token));
    }

    [Fact]
    public async Task A_recipient_releases_deletes_and_previews_what_the_policy_lets_them_and_only_their_own()
    {
        await using var world = await StartAsync();
        var spam = await world.HoldAsync(Ann);
        var other = await world.HoldAsync(Ann);
        var bens = await world.HoldAsync(Ben);
        var secret = await world.HoldAsync(Ann, "Malware");

        Assert.Equal(2, (await world.Own.ListAsync(Visitor, Token)).Count);
        Assert.NotNull(await world.Own.PreviewAsync(Visitor, spam, Token));
        Assert.Null(await world.Own.HeadersAsync(Visitor, spam, Token));
        Assert.Null(await world.Own.DownloadAsync(Visitor, spam, "long enough", Token));
        Assert.Null(await world.Own.PreviewAsync(Visitor, bens, Token));
        Assert.Null(await world.Own.PreviewAsync(Visitor, secret, Token));
        Assert.False(await world.Own.RequestAsync(Visitor, bens, "", Token));
        Assert.False(await world.Own.DeleteAsync(Visitor, secret, Token));
        Assert.True(await world.Own.DeleteAsync(Visitor, other, Token));
        Assert.True(await world.Own.ReleaseAsync(Visitor, spam, Token));
        Assert.False(await world.Own.ReleaseAsync(Visitor, spam, Token));

        await world.RunJobsAsync();
        Assert.Contains(world.Audit.Entries, entry => entry is { Caller: "recipient:ann@corp.example", Entry: { Operation: "QuarantineReleaseMessage", Result: "Success" } });
        Assert.True(world.Audit.Entries.Count(entry => entry is { Caller: "recipient:ann@corp.example", Entry.Result: "Denied" }) >= 6);
    }

    [Theory]
    [InlineData(DigestFrequency.FourHours, "2026-03-02T13:59:59Z", "2026-03-02T12:00:00Z")]
    [InlineData(DigestFrequency.Daily, "2026-03-02T06:59:59Z", "2026-03-01T07:00:00Z")]
    [InlineData(DigestFrequency.Daily, "2026-03-02T07:00:00Z", "2026-03-02T07:00:00Z")]
    [InlineData(DigestFrequency.Weekly, "2026-03-08T23:00:00Z", "2026-03-02T07:00:00Z")]
    [InlineData(DigestFrequency.Daily, "2026-07-02T06:00:00Z", "2026-07-02T06:00:00Z")]
    public void Digests_are_due_at_the_hour_of_the_organisations_zone(DigestFrequency frequency, string now, string due)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        Assert.Equal(DateTimeOffset.Parse(due, culture), Digests.DueOf(new DigestSettings(frequency, 8, "Europe/Berlin"), DateTimeOffset.Parse(now, culture)));
    }

    [Fact]
    public async Task Demand_23_a_digest_tells_each_recipient_once_what_was_held_since_the_last_one_with_links_of_their_own()
    {
        await using var world = await StartAsync();
        await world.QuarantinePolicies.SetDigestsAsync(Analyst, new DigestSettings(DigestFrequency.FourHours, CopyTo: "security@corp.example"), Token);
        var digests = world.Hosted<Digests>();
        await digests.LookAsync(Token);
        world.Time.Advance(TimeSpan.FromMinutes(10));
        static RecordedRecipient Telling(RecordedRecipient held) => held with { QuarantinePolicy = QuarantinePolicy.FullAccessWithNotification };
        var first = await world.HoldAsync(Ann, subject: Hostile, change: Telling);
        await world.HoldAsync(Ann, subject: "Second", change: Telling);
        await world.HoldAsync(Ben, "Malware", change: held => held with { QuarantinePolicy = QuarantinePolicy.AdminOnly });
        await digests.LookAsync(Token);
        Assert.Empty(await world.Outbox.ListAsync(Analyst, null, 10, Token));

        world.Time.Advance(TimeSpan.FromHours(4));
        await digests.LookAsync(Token);
        await digests.LookAsync(Token);

        Assert.Equal([Ann, "security@corp.example"], (await world.Outbox.ListAsync(Analyst, null, 10, Token)).Select(mail => mail.Recipient).Order(StringComparer.Ordinal));
        var mail = await MailAsync(world, Ann);
        Assert.Equal("2 messages are held back from you", mail.Subject);
        Harmless(mail);
        var links = Link().Matches(mail.TextBody!).Select(match => match.Groups["link"].Value).ToList();
        Assert.Equal(3, links.Distinct(StringComparer.Ordinal).Count());
        Assert.All(links, link => Assert.Equal(Ann, world.Own.Read(link).Recipient));
        Assert.Contains(links, link => world.Own.Read(link).Message == first);

        // Nothing new was held: nobody is told anything.
        world.Time.Advance(TimeSpan.FromHours(4));
        await digests.LookAsync(Token);
        Assert.Equal(2, (await world.Outbox.ListAsync(Analyst, null, 10, Token)).Count);
    }

    [Fact]
    public async Task Weirs_own_mail_waits_for_the_server_and_is_sent_once_when_it_is_back()
    {
        await using var world = await StartAsync();
        world.Server.Answer = new HandedOver(HandOverOutcome.NotNow, "it is down");
        await world.Own.SendLinkAsync(Ann, Token);
        await world.RunJobsAsync();
        var waiting = Assert.Single(await world.Outbox.ListAsync(Analyst, OutgoingState.Waiting, 10, Token));
        Assert.Equal((8, "it is down"), (waiting.Attempts, waiting.Reply));

        // However often it is taken up while it is down, there is one job for it.
        for (var look = 0; look < 3; look++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(5));
            await world.ResumeOutboxAsync();
        }

        await world.RunJobsAsync();
        Assert.Equal(16, Assert.Single(await world.Outbox.ListAsync(Analyst, OutgoingState.Waiting, 10, Token)).Attempts);

        world.Server.Answer = new HandedOver(HandOverOutcome.Taken, "250 queued");
        await world.ResumeOutboxAsync();
        await world.RunJobsAsync();
        await world.RunJobsAsync();
        Assert.Single(world.Server.Taken);
        Assert.Equal(OutgoingState.Sent, Assert.Single(await world.Outbox.ListAsync(Analyst, null, 10, Token)).State);
    }

    private static async Task<World> StartAsync()
    {
        var world = await MakeAsync();
        world.Server.IsConfigured = true;
        world.Server.Deliver = async mail =>
        {
            if (world.OwnMail.Check(mail.Raw, [mail.Recipient]) is { Kind: OwnMailKind.Release } mark)
            {
                var stamped = MailContent.WithHeader(MailContent.RemoveHeaders(mail.Raw, ["X-Weir-Mark"]), "X-Weir-Id", mark.About.Split('/')[0]);
                await world.Mailboxes.DeliverAsync(Weir.Access.Contracts.Caller.System("postman", Weir.Access.Contracts.Permission.MailImport), mail.Recipient, new MessageToStore(stamped, Noon), MailboxPlace.Inbox, Token);
            }
        };
        return world;
    }

    private static async Task PolicyAsync(World world, QuarantineRights rights) =>
        Assert.Empty(await world.QuarantinePolicies.SaveAsync(Analyst, new QuarantinePolicy("Own", rights, 30, Notifies: true), Token));

    /// <summary>The last mail that was sent to an address, as a mail program reads it.</summary>
    private static async Task<MimeMessage> MailAsync(World world, string recipient)
    {
        await world.RunJobsAsync();
        var sent = world.Server.Taken.Last(mail => mail.Recipient == recipient && Encoding.Latin1.GetString(mail.Raw.Span).Contains("From: Weir quarantine", StringComparison.Ordinal));
        Assert.Equal("Valid", world.OwnMail.Check(sent.Raw, [recipient]).State.ToString());
        Assert.Equal("Wrong", world.OwnMail.Check(sent.Raw, ["other@corp.example"]).State.ToString());
        using var content = new MemoryStream(sent.Raw.ToArray());
        return await MimeMessage.LoadAsync(content, Token);
    }

    /// <summary>Whatever a subject holds, it is one line of text: no field, no element, nothing that turns text round.</summary>
    private static void Harmless(MimeMessage mail)
    {
        Assert.Empty(mail.Bcc);
        Assert.DoesNotContain("<script", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202E", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", mail.HtmlBody, StringComparison.Ordinal);
    }

    private static string LinkIn(MimeMessage mail) => Link().Match(mail.TextBody!).Groups["link"].Value;

    [GeneratedRegex(@"https://weir\.corp\.example/quarantine/mine\?link=(?<link>\S+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();
}

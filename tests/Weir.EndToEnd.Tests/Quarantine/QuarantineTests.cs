using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.EndToEnd.Tests.Support;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Mailboxes;
using Weir.Mailboxes.Contracts;
using Weir.Response;
using Weir.Response.Contracts;
using Weir.Storage.Contracts;

namespace Weir.EndToEnd.Tests.Quarantine;

/// <summary>Held mail, before a real Postfix and a real Dovecot.</summary>
public sealed class QuarantineTests(Lab lab)
{
    private const string Anna = "anna@corp.example";
    private const string Ben = "ben@corp.example";

    private static readonly Caller Boss = Caller.System("boss", Enum.GetValues<Permission>());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_arrives_through_postfix_in_dovecots_inbox_byte_for_byte_once_and_stays()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync(lab.Smtp);
        var subject = "release " + Guid.NewGuid().ToString("N")[..8];
        var mail = Sender.Mail($"{subject} decide: quarantine", "Line one.\r\n.\r\n..two dots\r\nlast line");
        await Sender.SendAsync(lab.Smtp, mail, "stranger@good.example", Anna, Ben);
        var held = await HeldAsync(weir, rows => rows.Count == 2);
        Assert.Empty(await MailboxOf.FindAsync(lab, Anna, "INBOX", subject));

        var door = weir.Get<IQuarantine>();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => door.ReleaseAsync(Boss, new ReleaseRequest { Keys = [held[0].Key] }, Token).AsTask()));
        await HeldAsync(weir, rows => rows.Any(row => row is { State: HeldState.Released, Key.Recipient: Anna }));

        var received = Assert.Single((await weir.FactsAsync(facts => facts.OfType<MessageReceived>().Any())).OfType<MessageReceived>());
        var original = await weir.Get<IBlobs>().ReadAsync(new BlobId(received.BlobId), Token);
        var there = Assert.Single(await RawAsync(Anna, subject));
        Assert.EndsWith(Encoding.Latin1.GetString(original!).TrimEnd(), Encoding.Latin1.GetString(there).TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("X-Weir-Mark", Encoding.Latin1.GetString(there), StringComparison.Ordinal);
        Assert.Empty(await MailboxOf.FindAsync(lab, Ben, "INBOX", subject));
        // It passed the milter again: it was neither judged nor recorded as another message.
        Assert.Single((await weir.FactsAsync(facts => facts.Count > 0)).OfType<MessageReceived>());
        Assert.Equal(["Inbox/folder", "Quarantine"], (await weir.AskAsync("EmailEvents | sort by RecipientEmailAddress asc | project LatestDeliveryLocation")).Rows.Select(row => row[0]));

        // Released again to both: only to the one who does not have it.
        await door.ReleaseAsync(Boss, new ReleaseRequest { Keys = [.. held.Select(row => row.Key)] }, Token);
        await HeldAsync(weir, rows => rows.All(row => row.State == HeldState.Released));
        Assert.Single(await RawAsync(Anna, subject));
        Assert.Single(await RawAsync(Ben, subject));
    }

    [Fact]
    public async Task While_the_mail_server_is_down_a_release_is_kept_and_shown_and_made_when_it_is_back()
    {
        await lab.RequireAsync();
        await using var server = new LateServer();
        await using var weir = await StartAsync(server.Port);
        var subject = "late " + Guid.NewGuid().ToString("N")[..8];
        await Sender.SendAsync(lab.Smtp, Sender.Mail($"{subject} decide: quarantine"), "stranger@good.example", Anna);
        var held = await HeldAsync(weir, rows => rows.Count == 1);

        await weir.Get<IQuarantine>().ReleaseAsync(Boss, new ReleaseRequest { Keys = [held[0].Key] }, Token);
        var waiting = await HeldAsync(weir, rows => rows[0] is { State: HeldState.Releasing, Problem.Length: > 0 });
        Assert.Contains("cannot be used", waiting[0].Problem, StringComparison.Ordinal);
        Assert.Empty(await MailboxOf.FindAsync(lab, Anna, "INBOX", subject));

        server.Open(lab.Smtp);
        await HeldAsync(weir, rows => rows[0].State == HeldState.Released);
        Assert.Single(await MailboxOf.FindAsync(lab, Anna, "INBOX", subject));
    }

    [Fact]
    public async Task Weirs_own_mail_passes_unjudged_and_its_mark_on_other_mail_counts_for_nothing_and_raises_an_alert()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync(lab.Smtp, withDetection: true);
        var subject = "own " + Guid.NewGuid().ToString("N")[..8];
        var own = Encoding.ASCII.GetBytes($"From: weir@corp.example\r\nTo: {Anna}\r\nSubject: {subject}\r\nMessage-ID: <{Guid.NewGuid():N}@corp.example>\r\n\r\nA notice.\r\n");
        var marked = weir.Get<IOwnMail>().Sign(own, Anna, OwnMailKind.Notice, "notice", DateTimeOffset.MaxValue);
        await weir.Get<IOutbox>().AddAsync(Boss, [new OutgoingMail(subject, "Test", Anna, subject, marked)], Token);
        await UntilAsync(async () => (await MailboxOf.FindAsync(lab, Anna, "INBOX", subject)).Count == 1);

        Assert.Equal(OutgoingState.Sent, Assert.Single(await weir.Get<IOutbox>().ListAsync(Boss, null, 10, Token)).State);
        var arrived = Assert.Single(await MailboxOf.FindAsync(lab, Anna, "INBOX", subject));
        Assert.Null(arrived.Headers["X-Weir-Verdict"]);

        // Whoever has it copies its mark onto a message of their own, and sends it on to somebody else.
        foreach (var (text, recipient) in new[] { ("Pay this at once.", Anna), ("A notice.", Ben) })
        {
            var copy = new MimeMessage(arrived.Headers) { Body = new TextPart("plain") { Text = text } };
            await Sender.SendAsync(lab.Smtp, copy, "stranger@good.example", recipient);
        }

        var facts = await weir.FactsAsync(facts => facts.OfType<AlertRaised>().Count() == 2);
        Assert.All(facts.OfType<AlertRaised>(), alert => Assert.Equal("The mark of Weir's own mail was copied", alert.Title));
        Assert.Equal(2, facts.OfType<MessageJudged>().Count());
        await UntilAsync(async () => ((IReadOnlyList<MimeMessage>)[.. await MailboxOf.FindAsync(lab, Ben, "INBOX", subject), .. await MailboxOf.FindAsync(lab, Ben, "Junk", subject)]) is [{ } judged]
            && judged.Headers["X-Weir-Verdict"] is not null && judged.Headers["X-Weir-Mark"] is null);
    }

    [Fact]
    public async Task A_recipient_reads_the_digest_asks_by_its_link_and_gets_the_answer_and_the_message()
    {
        await lab.RequireAsync();
        var clock = new ShiftedTime();
        await using var weir = await StartAsync(lab.Smtp, withDetection: true, clock);
        var subject = "asked " + Guid.NewGuid().ToString("N")[..8];
        var quarantine = weir.Get<IQuarantinePolicies>();
        Assert.Empty(await quarantine.SaveAsync(Boss, new QuarantinePolicy("Ask", QuarantineRights.Limited, 30, Notifies: true), Token));
        await quarantine.SetDigestsAsync(Boss, new DigestSettings(DigestFrequency.FourHours), Token);
        var settings = weir.Get<IPolicySettings>();
        var policy = PolicyNames.NewOf(PolicyType.AntiSpam, Guid.NewGuid()) with { Name = "Anna's", Scope = new PolicyScope { Users = [Anna] } };
        Assert.Empty(await settings.SaveAsync(
            Boss,
            settings.Read(Boss) with
            {
                Policies =
                [
                    policy with
                    {
                        Actions = new Dictionary<PolicyCause, PolicyAction>(policy.Actions) { [PolicyCause.Spam] = PolicyAction.Quarantine, [PolicyCause.HighConfidenceSpam] = PolicyAction.Quarantine },
                        QuarantinePolicies = new Dictionary<PolicyCause, string> { [PolicyCause.Spam] = "Ask", [PolicyCause.HighConfidenceSpam] = "Ask" },
                    },
                ],
            },
            Token));
        // The test text that every spam filter knows, in two pieces here so that none finds it in this file.
        await Sender.SendAsync(lab.Smtp, Sender.Mail(subject, string.Concat("XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X")), "stranger@good.example", Anna);
        var held = await HeldAsync(weir, rows => rows.Count == 1);
        Assert.Equal("Ask", held[0].QuarantinePolicy);

        clock.Shift = TimeSpan.FromHours(4);
        await UntilAsync(async () => (await MailboxOf.FindAsync(lab, Anna, "INBOX", "held back from you")).Any(mail => mail.TextBody!.Contains(subject, StringComparison.Ordinal)));
        var digest = (await MailboxOf.FindAsync(lab, Anna, "INBOX", "held back from you")).Last(mail => mail.TextBody!.Contains(subject, StringComparison.Ordinal));
        Assert.Null(digest.Headers["X-Weir-Verdict"]);
        var link = Regex.Match(digest.TextBody!, @"Review: https://weir\.corp\.example/quarantine/mine\?link=(?<link>\S+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["link"].Value;
        var own = weir.Get<IOwnQuarantine>();
        var visitor = await own.EnterAsync(link, "192.0.2.1", Token);
        Assert.Equal(Anna, visitor?.Recipient);
        Assert.True(await own.RequestAsync(visitor!, own.Read(link).Message!, "I wait for this", Token));
        var asked = await HeldAsync(weir, rows => rows[0].Status == ReleaseStatus.Requested);
        Assert.Equal(("I wait for this", "Spam"), (asked[0].RequestReason, asked[0].Fresh?.Verdict));
        await weir.FactsAsync(facts => facts.OfType<AlertRaised>().Any(alert => alert.Title == "User requested to release a quarantined message"));

        await weir.Get<IQuarantine>().ReleaseAsync(Boss, new ReleaseRequest { Keys = [asked[0].Key], Note = "as you wish" }, Token);
        await HeldAsync(weir, rows => rows[0].State == HeldState.Released);
        Assert.Single(await MailboxOf.FindAsync(lab, Anna, "INBOX", subject));
        await UntilAsync(async () => (await MailboxOf.FindAsync(lab, Anna, "INBOX", "Your message is released")).Any(mail => mail.TextBody!.Contains(subject, StringComparison.Ordinal) && mail.TextBody.Contains("as you wish", StringComparison.Ordinal)));
        // Neither the digest nor the answer is mail to judge.
        Assert.Single((await weir.FactsAsync(facts => facts.Count > 0)).OfType<MessageReceived>());
    }

    private Task<WeirHost> StartAsync(int smtp, bool withDetection = false, ShiftedTime? clock = null) => WeirHost.StartAsync(
        lab,
        services =>
        {
            services.AddMailboxes().AddResponse();
            if (clock is not null)
            {
                services.AddSingleton<TimeProvider>(clock);
            }

            if (withDetection)
            {
                services.Remove(services.Last(service => service.ImplementationType == typeof(ScriptedJudge)));
            }
        },
        new(StringComparer.Ordinal)
        {
            ["dns:server"] = $"127.0.0.1:{lab.Dns}",
            ["sending:host"] = "127.0.0.1",
            ["sending:port"] = smtp.ToString(CultureInfo.InvariantCulture),
            ["sending:from"] = "weir@corp.example",
            ["sending:portalUrl"] = "https://weir.corp.example",
            ["mailboxes:connectors:0:domains:0"] = "*",
            ["mailboxes:connectors:0:imap:host"] = "127.0.0.1",
            ["mailboxes:connectors:0:imap:port"] = lab.Imap.ToString(CultureInfo.InvariantCulture),
            ["mailboxes:connectors:0:imap:security"] = "None",
            ["mailboxes:connectors:0:imap:masterUser"] = lab.MasterUser,
            ["mailboxes:connectors:0:imap:password"] = lab.MasterPassword,
        });

    private static async Task<IReadOnlyList<HeldMessage>> HeldAsync(WeirHost weir, Func<IReadOnlyList<HeldMessage>, bool> until)
    {
        IReadOnlyList<HeldMessage> rows = [];
        await UntilAsync(async () => until(rows = (await weir.Get<IQuarantine>().ListAsync(Boss, new QuarantineQuery { Order = QuarantineOrder.Recipient, IsAscending = true }, Token)).Rows));
        return rows;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(120));
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>The messages of an inbox as Dovecot has them.</summary>
    private async Task<IReadOnlyList<byte[]>> RawAsync(string address, string subject)
    {
        using var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", lab.Imap, SecureSocketOptions.None, Token);
        await client.AuthenticateAsync(new SaslMechanismPlain(address + "*" + lab.MasterUser, lab.MasterPassword), Token);
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly, Token);
        var found = new List<byte[]>();
        foreach (var id in await client.Inbox.SearchAsync(SearchQuery.SubjectContains(subject), Token))
        {
            using var content = new MemoryStream();
            await (await client.Inbox.GetStreamAsync(id, Token)).CopyToAsync(content, Token);
            found.Add(content.ToArray());
        }

        await client.DisconnectAsync(quit: true, Token);
        return found;
    }
}

using System.Security.Cryptography;
using System.Text;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Sample.Contracts;

namespace Weir.Server.Demo;

/// <summary>
/// Plays the sample into Weir through its own doors and does the part of the mail server: what Weir lets through lands in real Maildirs and is reported.
/// Ids follow from seed and key, so that feeding the same event again changes nothing.
/// </summary>
internal sealed class DemoFeed(IIntake intake, IDeliveryDoor deliveries, IClickDoor clicks, IEventLog log, IMailboxes mailboxes, string mailRoot, int seed) : IDemoFeed
{
    /// <summary>Messages of one commit.</summary>
    private const int Batch = 256;

    private static readonly Caller Mail = Caller.System("sample", Permission.MailImport);
    private static readonly Caller Owner = Caller.System("sample-person", Permission.EmailAdvancedActionsManage);

    /// <summary>What was fed, by key, for the clicks and moves that come after it.</summary>
    private readonly Dictionary<string, MessageIdentity> _fed = new(StringComparer.Ordinal);

    public async Task FeedAsync(IEnumerable<SampleEvent> events, Func<long, DateTimeOffset, ValueTask> fed, CancellationToken cancellationToken)
    {
        var done = 0L;
        foreach (var chunk in events.Chunk(Batch))
        {
            await FeedChunkAsync(chunk, cancellationToken);
            done += chunk.Length;
            await fed(done, chunk[^1].At);
        }
    }

    private async Task FeedChunkAsync(SampleEvent[] chunk, CancellationToken cancellationToken)
    {
        var mails = chunk.OfType<SampleMail>().ToList();
        foreach (var mail in mails)
        {
            _fed[mail.Key] = new MessageIdentity(IdOf(mail.At, mail.Key), MailContent.BodySha256(mail.Raw), "", mail.At);
        }

        var accepted = await intake.AcceptAsync(Mail, [.. mails.Select(IncomingOf)], cancellationToken);
        var reports = new List<DeliveryObserved>();
        await Parallel.ForEachAsync(
            mails.Zip(accepted).Where(pair => !pair.Second.IsSecondSighting),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (pair, token) =>
            {
                var mine = await DeliverAsync(pair.First, pair.Second, token);
                lock (reports)
                {
                    reports.AddRange(mine);
                }
            });
        await deliveries.RecordAsync([.. reports.OrderBy(report => report.At).ThenBy(report => report.Recipient, StringComparer.Ordinal)], cancellationToken);
        await clicks.RecordAsync([.. chunk.OfType<SampleClick>().Select(ClickOf)], cancellationToken);
        if (chunk.OfType<SampleRefusal>().Select(RefusalOf).ToList() is { Count: > 0 } refusals)
        {
            await log.AppendAsync(refusals, cancellationToken);
        }

        foreach (var move in chunk.OfType<SampleUserMove>())
        {
            await MoveAsPersonAsync(move, cancellationToken);
        }
    }

    private IncomingMessage IncomingOf(SampleMail mail) => new()
    {
        Raw = mail.Raw,
        Envelope = mail.Envelope,
        Door = "sample",
        ReceivedAt = mail.At,
        Id = IdOf(mail.At, mail.Key),
    };

    /// <summary>A version 7 GUID whose time is the event's and whose other bits follow from seed and key.</summary>
    private NetworkMessageId IdOf(DateTimeOffset at, string key)
    {
        Span<byte> bytes = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{key}"), bytes);
        var milliseconds = at.ToUnixTimeMilliseconds();
        for (var i = 5; i >= 0; i--)
        {
            bytes[i] = (byte)milliseconds;
            milliseconds >>= 8;
        }

        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new NetworkMessageId(new Guid(bytes[..16], bigEndian: true));
    }

    private async Task<List<DeliveryObserved>> DeliverAsync(SampleMail mail, AcceptedMessage accepted, CancellationToken cancellationToken)
    {
        var judged = accepted.Judged;
        var decisions = judged.Envelope.Recipients.Zip(judged.Decisions).DistinctBy(pair => pair.First, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.OrdinalIgnoreCase);
        var allJunk = judged.Decisions.Count > 0 && judged.Decisions.All(decision => decision == DeliveryDecision.Junk);
        var raw = MailContent.WithHeader(MailContent.RemoveHeaders(mail.Raw, ["X-Weir-Id"]), "X-Weir-Id", accepted.Id.ToString());
        var reports = new List<DeliveryObserved>();
        foreach (var delivery in mail.Deliveries)
        {
            if (!decisions.TryGetValue(delivery.OriginalRecipient, out var decision) || decision is DeliveryDecision.Quarantine or DeliveryDecision.Reject)
            {
                continue;
            }

            var (location, folder) = (delivery.Outcome, allJunk) switch
            {
                (SampleOutcome.External, _) => ("On-premises/external", ""),
                (SampleOutcome.Failed, _) => ("Failed", ""),
                (_, true) => ("Junk folder", "Junk"),
                _ => ("Inbox/folder", delivery.Folder.Length > 0 ? delivery.Folder : "INBOX"),
            };
            if (delivery.Outcome == SampleOutcome.Mailbox)
            {
                var place = allJunk ? new MailboxDestination(MailboxPlace.Junk)
                    : delivery.Folder.Length > 0 ? new MailboxDestination(MailboxPlace.OtherFolder, delivery.Folder)
                    : new MailboxDestination(MailboxPlace.Inbox);
                await mailboxes.DeliverAsync(Mail, delivery.Recipient, new MessageToStore(raw, mail.At), place, cancellationToken);
            }

            reports.Add(new DeliveryObserved
            {
                At = mail.At,
                Id = accepted.Id,
                Recipient = delivery.Recipient,
                OriginalRecipient = delivery.OriginalRecipient,
                Location = location,
                Folder = folder,
                DistributionList = delivery.DistributionList,
                Forwarding = delivery.ForwardedBy.Length > 0 ? $"[{{\"ForwardingUser\":\"{delivery.ForwardedBy}\",\"ForwardingType\":\"SMTP\"}}]" : "",
                Reply = delivery.Reply,
                Source = "demo",
            });
        }

        return reports;
    }

    private ClickRecorded ClickOf(SampleClick click) => new()
    {
        At = click.At,
        ClickId = click.ClickId,
        Url = click.Url,
        ActionType = click.ActionType,
        AccountUpn = click.Account,
        Id = _fed.GetValueOrDefault(click.MailKey)?.Id,
        IpAddress = click.IpAddress,
        IsClickedThrough = click.IsClickedThrough,
        UrlChain = [click.Url],
        UserAgent = click.UserAgent,
    };

    private RecipientRefused RefusalOf(SampleRefusal refusal) => new()
    {
        At = refusal.At,
        Id = IdOf(refusal.At, $"refusal|{refusal.MailFrom}|{refusal.Recipient}|{refusal.At.UtcTicks}"),
        MailFrom = refusal.MailFrom,
        Recipient = refusal.Recipient,
        Reply = refusal.Reply,
        ClientIp = refusal.ClientIp,
        Helo = refusal.Helo,
    };

    /// <summary>What people do in their own mailbox is not Weir's doing: it leaves no fact, only a message that is elsewhere.</summary>
    private async Task MoveAsPersonAsync(SampleUserMove move, CancellationToken cancellationToken)
    {
        if (!_fed.TryGetValue(move.MailKey, out var identity))
        {
            return;
        }

        MailboxDestination to = move.Folder switch
        {
            "INBOX" => MailboxPlace.Inbox,
            "Junk" => MailboxPlace.Junk,
            "Trash" => MailboxPlace.DeletedItems,
            _ => new MailboxDestination(MailboxPlace.OtherFolder, move.Folder),
        };
        if (to.Place == MailboxPlace.OtherFolder)
        {
            MakeFolder(move.Mailbox, to.Folder);
        }

        await mailboxes.MoveAsync(Owner, move.Mailbox, identity, to, cancellationToken);
    }

    /// <summary>A person makes a folder of their own in their mail program; Weir never does that when it moves mail.</summary>
    private void MakeFolder(string mailbox, string folder)
    {
        var at = mailbox.LastIndexOf('@');
        foreach (var sub in (string[])["tmp", "new", "cur"])
        {
            System.IO.Directory.CreateDirectory(Path.Combine(mailRoot, mailbox[(at + 1)..], mailbox[..at], "." + folder, sub));
        }
    }
}

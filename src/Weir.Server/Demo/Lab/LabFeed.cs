using System.Collections.Concurrent;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Sample.Contracts;

namespace Weir.Server.Demo.Lab;

/// <summary>
/// Plays the sample as the world does: its mail goes to Postfix by SMTP, through Weir's milter, into Dovecot's mailboxes. It comes in now, whatever the time
/// that the sample has for it; what happens to it afterwards (a click, a move) is found by Postfix's queue id.
/// </summary>
internal sealed class LabFeed(LabMailer mailer, IEventLog log, IClickDoor clicks, IMailboxes mailboxes, TimeProvider time) : IDemoFeed
{
    private const int Batch = 24;
    private const int AtOnce = 4;
    private const int Tries = 20;

    private static readonly Caller Owner = Caller.System("sample-person", Permission.EmailAdvancedActionsManage);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, string> _queueIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MessageIdentity> _received = new(StringComparer.Ordinal);
    private long _read = log.Last;

    public async Task FeedAsync(IEnumerable<SampleEvent> events, Func<long, DateTimeOffset, ValueTask> fed, CancellationToken cancellationToken)
    {
        var done = 0L;
        foreach (var chunk in events.Chunk(Batch))
        {
            await Parallel.ForEachAsync(
                chunk.OfType<SampleMail>(),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (mail, token) => _queueIds[mail.Key] = await mailer.SendAsync(mail.Envelope, mail.Raw, token));
            foreach (var refusal in chunk.OfType<SampleRefusal>())
            {
                await mailer.KnockAsync(new() { MailFrom = refusal.MailFrom, Recipients = [refusal.Recipient], ClientIp = refusal.ClientIp, Helo = refusal.Helo }, cancellationToken);
            }

            await LearnIdsAsync(cancellationToken);
            await clicks.RecordAsync([.. chunk.OfType<SampleClick>().Select(ClickOf)], cancellationToken);
            foreach (var move in chunk.OfType<SampleUserMove>())
            {
                await MoveAsPersonAsync(move, cancellationToken);
            }

            done += chunk.Length;
            await fed(done, chunk[^1].At);
        }
    }

    /// <summary>What the milter took in is in the log before Postfix says 250.</summary>
    private async Task LearnIdsAsync(CancellationToken cancellationToken)
    {
        await foreach (var logged in log.ReadAsync(_read, cancellationToken))
        {
            _read = logged.Sequence;
            if (logged.Fact is MessageReceived { Envelope.QueueId: { Length: > 0 } queueId } received)
            {
                _received[queueId] = new MessageIdentity(received.Id, received.BodySha256, received.InternetMessageId, received.At);
            }
        }
    }

    private MessageIdentity? Known(string mailKey) => _received.GetValueOrDefault(_queueIds.GetValueOrDefault(mailKey) ?? "");

    private ClickRecorded ClickOf(SampleClick click) => new()
    {
        At = time.GetUtcNow(),
        ClickId = click.ClickId,
        Url = click.Url,
        ActionType = click.ActionType,
        AccountUpn = click.Account,
        Id = Known(click.MailKey)?.Id,
        IpAddress = click.IpAddress,
        IsClickedThrough = click.IsClickedThrough,
        UrlChain = [click.Url],
        UserAgent = click.UserAgent,
    };

    /// <summary>Moves between the folders that every mailbox has; mail may still be on its way. Folders of a person's own are not made.</summary>
    private async Task MoveAsPersonAsync(SampleUserMove move, CancellationToken cancellationToken)
    {
        MailboxPlace? to = move.Folder switch { "INBOX" => MailboxPlace.Inbox, "Junk" => MailboxPlace.Junk, "Trash" => MailboxPlace.DeletedItems, _ => null };
        if (to is not { } place || Known(move.MailKey) is not { } identity)
        {
            return;
        }

        for (var i = 0; i < Tries; i++)
        {
            if ((await mailboxes.MoveAsync(Owner, move.Mailbox, identity, place, cancellationToken)).Outcome != MailboxOutcome.NotFound)
            {
                return;
            }

            await Task.Delay(BetweenTries, time, cancellationToken);
        }
    }
}

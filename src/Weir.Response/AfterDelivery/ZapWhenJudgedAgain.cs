using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Record;
using Weir.Response.Remediations;
using Weir.Storage.Contracts;

namespace Weir.Response.AfterDelivery;

/// <summary>
/// Zero-hour auto purge (inventory §14): when stored mail was judged again, what policy decides now is done in the mailboxes, as one action of the Action
/// center with its own undo. More than the brake allows, or while automation is stopped, it waits for a person.
/// </summary>
internal sealed partial class ZapWhenJudgedAgain(
    IEventLog log,
    LogCursor cursors,
    TargetRecords records,
    RemediationStore store,
    GivenBack givenBack,
    IMailboxes mailboxes,
    IJobs jobs,
    Automation automation,
    Brake brake,
    ZapAlerts alerts,
    SupersededActions superseded,
    IOptions<ResponseOptions> options,
    TimeProvider time,
    ILogger<ZapWhenJudgedAgain> logger) : BackgroundService
{
    private const string Reader = "zap";

    /// <summary>The cursor is stored at least this often, to start quickly.</summary>
    private const int CursorEvery = 1_000;

    private static readonly Caller Self = Caller.System("automation", Permission.EmailMetadataRead, Permission.EmailAdvancedActionsManage);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotFollowed, time, stoppingToken);

    /// <summary>Deals with facts until the log ends or the token is cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await TakeAllAsync(cancellationToken);
                return;
            }
            catch (QuestionException exception)
            {
                // The event store is being rebuilt: the cursor stays, so nothing is passed over.
                NotFollowed(exception);
                await Task.Delay(AfterTrouble, time, cancellationToken);
            }
        }
    }

    private async Task TakeAllAsync(CancellationToken cancellationToken)
    {
        var stored = await cursors.ReadAsync(Reader, cancellationToken);
        await foreach (var logged in log.FollowAsync(stored, cancellationToken).WithCancellation(cancellationToken))
        {
            if (logged.Fact is RejudgingEnded ended)
            {
                await StartAsync(logged.Sequence, ended, cancellationToken);
            }

            if (logged.Fact is RejudgingEnded || logged.Sequence - stored >= CursorEvery)
            {
                await cursors.SaveAsync(Reader, logged.Sequence, writing: null, cancellationToken);
                stored = logged.Sequence;
            }
        }
    }

    /// <summary>At least once: the action has the id of the second judgement, so that it is made once.</summary>
    private async Task StartAsync(long sequence, RejudgingEnded ended, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ended.RejudgingId, cancellationToken) is not null)
        {
            return;
        }

        await log.WaitUntilShownAsync(sequence, cancellationToken);
        var messages = await MessagesAsync(sequence, ended, cancellationToken);
        await superseded.EndAsync([.. messages.Keys.Select(id => id.ToString())], cancellationToken);
        await SayDisabledAsync(ended, messages.Values, cancellationToken);
        var entries = await EntriesAsync(ended, messages, cancellationToken);
        if (entries.Count == 0)
        {
            return;
        }

        var limit = await brake.LimitAsync(cancellationToken);
        var used = await brake.UsedAsync(cancellationToken);
        var isOn = await automation.IsOnAsync(cancellationToken);
        var waits = !isOn || used + entries.Count > limit;
        var row = RowOf(ended, waits ? RemediationStatus.Pending : RemediationStatus.Started);
        if (waits)
        {
            // Said before it is stored: stopped in between, it is said once all the same.
            await alerts.WaitsAsync(row, entries, isOn ? $"with the {used} of the last hour it is more than the {limit} messages that Weir takes back by itself in an hour" : "automation is stopped", cancellationToken);
        }

        await store.AddAsync(row, entries, cancellationToken);
        if (!waits)
        {
            // Stopped here, the action is found at the next start and gets its jobs then.
            await jobs.AddAsync(BatchPayload.JobsFor(row.ApprovalId, entries.Count, options.Value.BatchSize, row.DecidedById), cancellationToken);
            await store.AdvanceAsync(row.ApprovalId, RemediationStatus.Queued, cancellationToken);
        }

        Zapped(ended.Reason, entries.Count, waits ? "wait for a person" : "are moved");
    }

    private async Task SayDisabledAsync(RejudgingEnded ended, IEnumerable<RejudgedMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var group in messages.Where(message => message.Disabled.Count > 0).GroupBy(message => message.Verdict == Names.Of(Verdict.Malware)))
        {
            await alerts.DisabledAsync(
                ended.RejudgingId, ended.Reason, group.Key, [.. group.SelectMany(message => message.Disabled.Select(address => new MessageTarget(message.Id, address, message.ReceivedAt)))], cancellationToken);
        }
    }

    private async Task<Dictionary<NetworkMessageId, RejudgedMessage>> MessagesAsync(long sequence, RejudgingEnded ended, CancellationToken cancellationToken)
    {
        var messages = new Dictionary<NetworkMessageId, RejudgedMessage>();
        await foreach (var logged in log.ReadAsync(ended.FirstSequence - 1, cancellationToken))
        {
            if (logged.Sequence >= sequence)
            {
                break;
            }

            if (logged.Fact is MessageJudged judged && judged.RejudgingId == ended.RejudgingId)
            {
                messages[judged.Id] = RejudgedMessage.Of(judged);
            }
        }

        return messages;
    }

    private async Task<List<EntryRow>> EntriesAsync(RejudgingEnded ended, Dictionary<NetworkMessageId, RejudgedMessage> messages, CancellationToken cancellationToken)
    {
        var entries = new List<EntryRow>();
        var stays = await givenBack.FindAsync([.. messages.Where(message => !GivenBack.MayBeTaken(message.Value)).Select(message => message.Key.ToString())], cancellationToken);
        await foreach (var record in records.OfMessagesAsync(Self, [.. messages.Values.Select(message => (message.Id, message.ReceivedAt))], cancellationToken))
        {
            if (ZapPlan.Of(messages[record.Target.Id], record) is { } plan && !stays.Contains((record.Target.Id.ToString(), record.Target.Recipient.ToLowerInvariant())))
            {
                entries.Add(EntryOf(ended, entries.Count, record, plan));
            }
        }

        return entries;
    }

    private EntryRow EntryOf(RejudgingEnded ended, int ordinal, TargetRecord record, (EntryKind Kind, MailboxPlace To, string ActionType) plan)
    {
        var whyNot = record.BodySha256.Length == 0 || record.BlobId.Length == 0 ? "Weir does not have its content"
            : !mailboxes.Serves(record.Target.Recipient) ? "no connector serves this mailbox; add its domain to \"mailboxes\" in weir.json"
            : null;
        return new EntryRow
        {
            ApprovalId = ended.RejudgingId,
            Ordinal = ordinal,
            MessageId = record.Target.Id.ToString(),
            Recipient = record.Target.Recipient,
            Timestamp = record.Target.Timestamp,
            InternetMessageId = record.InternetMessageId,
            BodySha256 = record.BodySha256,
            BlobId = record.BlobId,
            Subject = record.Subject,
            Kind = plan.Kind,
            To = plan.To,
            ActionType = plan.ActionType,
            State = whyNot is null ? EntryState.Waiting : EntryState.Done,
            Outcome = whyNot is null ? null : MailboxOutcome.Failure,
            Result = whyNot is null ? null : MailboxResult.Failed(whyNot).Text,
            Now = whyNot is null ? null : record.Location,
            At = whyNot is null ? null : time.GetUtcNow(),
        };
    }

    private RemediationRow RowOf(RejudgingEnded ended, RemediationStatus status) => new()
    {
        ApprovalId = ended.RejudgingId,
        Name = $"ZAP: {ended.Reason}",
        Description = ended.Reason,
        Destination = MailboxPlace.OtherFolder, // each entry has its own
        Query = "",
        ActionSource = RemediationRow.AutomatedSource,
        DecidedById = RemediationRow.Automatic,
        DecidedBy = "Automation",
        About = ended.About,
        CreatedAt = time.GetUtcNow(),
        Status = status,
    };

    [LoggerMessage(8030, LogLevel.Error, "Mail that was judged again cannot be acted on; it is tried again")]
    private partial void NotFollowed(Exception exception);

    [LoggerMessage(8031, LogLevel.Information, "{Reason}: {Count} messages {What}")]
    private partial void Zapped(string reason, int count, string what);
}

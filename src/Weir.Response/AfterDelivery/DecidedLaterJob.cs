using System.Globalization;
using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Record;
using Weir.Response.Remediations;
using Weir.Storage.Contracts;

namespace Weir.Response.AfterDelivery;

/// <summary>Does in one mailbox what was decided when the message was delivered already or could not be decided for one recipient alone: into junk, or out into quarantine.</summary>
internal sealed class DecidedLaterJob(TargetRecords records, IMailboxes mailboxes, IBlobs blobs, Automation automation, IEventLog log, TimeProvider time) : IJobHandler
{
    /// <summary>Tries, with growing pauses, before a mailbox that refuses or does not show the message is taken at its word.</summary>
    private const int Tries = 5;

    private static readonly Caller Self = Caller.System("decided-later", Permission.EmailMetadataRead, Permission.EmailAdvancedActionsManage, Permission.EmailPurge);

    public string Kind => DecidedLater.Kind;

    public async ValueTask<string?> HandleAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize(job.Payload, ResponseJson.Default.DecidedLater) ?? throw new InvalidDataException($"Job {job.Key} has no payload.");
        if (payload.IsAutomation && !await automation.IsOnAsync(cancellationToken))
        {
            return "automation is stopped: it stays where it is";
        }

        await log.WaitUntilShownAsync(payload.Sequence, cancellationToken);
        var target = new MessageTarget(NetworkMessageId.Parse(payload.MessageId, CultureInfo.InvariantCulture), payload.Recipient, payload.ReceivedAt);
        var record = (await records.FindAsync(Self, [target], cancellationToken))[0]
            ?? throw new InvalidDataException($"The record does not show {payload.MessageId} for this recipient yet.");
        var message = new MessageIdentity(target.Id, record.BodySha256, record.InternetMessageId, record.Target.Timestamp);
        var to = payload.IsQuarantine ? MailboxPlace.HardDeleted : MailboxPlace.Junk;
        // Only what Weir can give back may leave the mailbox.
        var result = payload.IsQuarantine && await blobs.ReadAsync(new BlobId(record.BlobId), cancellationToken) is null
            ? MailboxResult.Failed("Weir no longer has its content, so it stays in the mailbox")
            : await mailboxes.MoveAsync(Self, payload.Recipient, message, to, cancellationToken);
        if (result.Outcome is MailboxOutcome.Failure or MailboxOutcome.NotFound && job.Attempt < Tries)
        {
            throw new MailboxException(result.Text);
        }

        // Found in junk at a second try: the first one was stopped after moving it.
        var isOurs = result.Outcome == MailboxOutcome.AlreadyInDestination && job.Attempt > 1;
        var text = isOurs ? "Success" : result.Text;
        await log.AppendAsync([FactOf(payload, target, text, result)], cancellationToken);
        return text;
    }

    private MailboxActed FactOf(DecidedLater payload, MessageTarget target, string text, MailboxResult result) => new()
    {
        At = time.GetUtcNow(),
        ActionKey = $"zap/{target.Id}/{target.Recipient.ToLowerInvariant()}",
        Id = target.Id,
        Recipient = target.Recipient,
        Action = payload.IsQuarantine ? Places.MovedToQuarantine : Places.Action(MailboxPlace.Junk),
        ActionType = ZapPlan.ZapOf(payload.Verdict),
        ActionTrigger = "SpecialAction",
        ActionResult = text,
        Location = payload.IsQuarantine && result.Outcome == MailboxOutcome.Success ? Places.Quarantine : result.Now is { } now ? Places.Location(now) : "",
        SourceLocation = Places.Location(result.From is { } from and not MailboxPlace.Junk ? from : MailboxPlace.Inbox),
        By = Self.Name,
        Why = payload.IsAutomation ? "it was delivered before Weir saw it" : "",
    };
}

/// <summary>What to do with one message in one mailbox.</summary>
/// <param name="Sequence">Of the fact that said so.</param>
/// <param name="IsQuarantine">Out of the mailbox into quarantine; else into the junk folder.</param>
/// <param name="IsAutomation">The switch of automation stops it: it was delivered as if nobody had decided.</param>
internal sealed record DecidedLater(string MessageId, string Recipient, DateTimeOffset ReceivedAt, string Verdict, long Sequence, bool IsQuarantine = false, bool IsAutomation = false)
{
    /// <summary>The name that jobs of this kind were given first.</summary>
    public const string Kind = "response.junk";
}

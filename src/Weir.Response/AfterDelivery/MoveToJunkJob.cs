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

/// <summary>Moves a delivered message into the junk folder of one recipient and records it as the matching kind of ZAP.</summary>
internal sealed class MoveToJunkJob(TargetRecords records, IMailboxes mailboxes, IEventLog log, TimeProvider time) : IJobHandler
{
    /// <summary>Tries, with growing pauses, before a mailbox that refuses or does not show the message is taken at its word.</summary>
    private const int Tries = 5;

    private static readonly Caller Self = Caller.System("junk-for-some", Permission.EmailMetadataRead, Permission.EmailAdvancedActionsManage);

    public string Kind => JunkPayload.Kind;

    public async ValueTask<string?> HandleAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize(job.Payload, ResponseJson.Default.JunkPayload) ?? throw new InvalidDataException($"Job {job.Key} has no payload.");
        await log.WaitUntilShownAsync(payload.Sequence, cancellationToken);
        var target = new MessageTarget(NetworkMessageId.Parse(payload.MessageId, CultureInfo.InvariantCulture), payload.Recipient, payload.ReceivedAt);
        var record = (await records.FindAsync(Self, [target], cancellationToken))[0]
            ?? throw new InvalidDataException($"The record does not show {payload.MessageId} for this recipient yet.");
        var message = new MessageIdentity(target.Id, record.BodySha256, record.InternetMessageId, record.Target.Timestamp);
        var result = await mailboxes.MoveAsync(Self, payload.Recipient, message, MailboxPlace.Junk, cancellationToken);
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

    private MailboxActed FactOf(JunkPayload payload, MessageTarget target, string text, MailboxResult result) => new()
    {
        At = time.GetUtcNow(),
        ActionKey = $"zap/{target.Id}/{target.Recipient.ToLowerInvariant()}",
        Id = target.Id,
        Recipient = target.Recipient,
        Action = Places.Action(MailboxPlace.Junk),
        ActionType = ZapPlan.ZapOf(payload.Verdict),
        ActionTrigger = "SpecialAction",
        ActionResult = text,
        Location = result.Now is { } now ? Places.Location(now) : "",
        SourceLocation = Places.Location(result.From is { } from and not MailboxPlace.Junk ? from : MailboxPlace.Inbox),
        By = Self.Name,
    };
}

/// <summary>One message to move into one junk folder.</summary>
/// <param name="Sequence">Of the fact that said it was delivered.</param>
internal sealed record JunkPayload(string MessageId, string Recipient, DateTimeOffset ReceivedAt, string Verdict, long Sequence)
{
    public const string Kind = "response.junk";
}

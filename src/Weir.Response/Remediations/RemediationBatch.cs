using System.Globalization;
using Microsoft.Extensions.Options;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;
using Weir.Response.Record;
using Weir.Storage.Contracts;

namespace Weir.Response.Remediations;

/// <summary>Does one batch of an action. Every step is on disk before the next begins, so it can be killed anywhere and started again.</summary>
internal sealed class RemediationBatch(RemediationStore store, EntryActions actions, IEventLog log, IOptions<ResponseOptions> options) : IJobHandler
{
    public string Kind => BatchPayload.Kind;

    public async ValueTask<string?> HandleAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        var batch = BatchPayload.Of(job);
        var remediation = await store.FindAsync(batch.ApprovalId, cancellationToken)
            ?? throw new InvalidDataException($"There is no action {batch.ApprovalId}.");
        await store.AdvanceAsync(batch.ApprovalId, RemediationStatus.InProgress, cancellationToken);
        var open = (await store.EntriesAsync(batch.ApprovalId, batch.From, batch.Count, cancellationToken)).Where(entry => entry.State != EntryState.Done).ToList();

        var waiting = open.Where(entry => entry.State == EntryState.Waiting).ToList();
        await EachMailboxAsync(waiting, actions.LookAsync, cancellationToken);
        await store.SaveAsync(waiting, cancellationToken);

        var intended = open.Where(entry => entry.State == EntryState.Intended).ToList();
        await EachMailboxAsync(intended, actions.ActAsync, cancellationToken);
        await store.SaveAsync(intended, cancellationToken);

        if (open.Count > 0)
        {
            await log.AppendAsync([.. open.Select(entry => FactOf(remediation, entry))], cancellationToken);
            open.ForEach(entry => entry.State = EntryState.Done);
            await store.SaveAsync(open, cancellationToken);
        }

        await store.CompleteIfDoneAsync(batch.ApprovalId, cancellationToken);
        return $"{open.Count} messages";
    }

    private static MailboxActed FactOf(RemediationRow remediation, EntryRow entry) => new()
    {
        At = entry.At ?? remediation.CreatedAt,
        ActionKey = $"{entry.ApprovalId}/{entry.MessageId}/{entry.Recipient}",
        Id = NetworkMessageId.Parse(entry.MessageId, CultureInfo.InvariantCulture),
        Recipient = entry.Recipient,
        Action = entry.Kind switch
        {
            EntryKind.Release => Places.QuarantineRelease,
            EntryKind.Requarantine => Places.MovedToQuarantine,
            _ => Places.Action(entry.To),
        },
        ActionType = "Manual remediation",
        ActionTrigger = "AdminAction",
        ActionResult = entry.Result ?? "",
        Location = entry.Now ?? "",
        SourceLocation = entry.From ?? "",
        By = remediation.DecidedBy,
        ApprovalId = entry.ApprovalId,
    };

    /// <summary>Mailboxes side by side, the entries of one mailbox in order.</summary>
    private Task EachMailboxAsync(List<EntryRow> entries, Func<EntryRow, CancellationToken, ValueTask> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            entries.GroupBy(entry => entry.Recipient, StringComparer.OrdinalIgnoreCase),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtOnce, CancellationToken = cancellationToken },
            async (mailbox, token) =>
            {
                foreach (var entry in mailbox)
                {
                    await act(entry, token);
                }
            });
}

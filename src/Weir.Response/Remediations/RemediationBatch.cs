using System.Globalization;
using Microsoft.Extensions.Options;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Response.AfterDelivery;
using Weir.Response.Contracts;
using Weir.Response.Record;
using Weir.Storage.Contracts;

namespace Weir.Response.Remediations;

/// <summary>Does one batch of an action. Every step is on disk before the next begins, so it can be killed anywhere and started again.</summary>
internal sealed class RemediationBatch(
    RemediationStore store, EntryActions actions, Automation automation, ZapAlerts alerts, RunningBatches running, IEventLog log, IOptions<ResponseOptions> options, TimeProvider time) : IJobHandler
{
    /// <summary>A message that came so lately may still be on its way into the mailbox.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(15);

    public string Kind => BatchPayload.Kind;

    public async ValueTask<string?> HandleAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        var batch = BatchPayload.Of(job);
        using var begun = running.Begin(batch.ApprovalId);
        var remediation = await store.FindAsync(batch.ApprovalId, cancellationToken)
            ?? throw new InvalidDataException($"There is no action {batch.ApprovalId}.");
        if (remediation.Status is RemediationStatus.Pending or RemediationStatus.Rejected)
        {
            return "waits for a person";
        }

        await store.AdvanceAsync(batch.ApprovalId, RemediationStatus.InProgress, cancellationToken);
        var open = (await store.EntriesAsync(batch.ApprovalId, batch.From, batch.Count, cancellationToken)).Where(entry => entry.State != EntryState.Done).ToList();

        var waiting = open.Where(entry => entry.State == EntryState.Waiting).ToList();
        await EachMailboxAsync(remediation, waiting, actions.LookAsync, cancellationToken);
        await store.IntendAsync(waiting, cancellationToken);

        var intended = open.Where(entry => entry.State == EntryState.Intended).ToList();
        await EachMailboxAsync(remediation, intended, actions.ActAsync, cancellationToken);
        await store.SaveAsync(intended, cancellationToken);

        var acted = open.Where(entry => entry.State == EntryState.Acted).ToList();
        if (acted.Count > 0)
        {
            await log.AppendAsync([.. acted.Select(entry => FactOf(remediation, entry))], cancellationToken);
            acted.ForEach(entry => entry.State = EntryState.Done);
            await store.SaveAsync(acted, cancellationToken);
        }

        if (open.Exists(entry => entry.State is EntryState.Waiting or EntryState.Intended) && !await MayActAsync(remediation, cancellationToken))
        {
            await store.HoldAsync(batch.ApprovalId, cancellationToken);
            return $"{acted.Count} messages; automation was stopped";
        }

        await EndAsync(remediation, cancellationToken);
        return open.Find(entry => entry.State == EntryState.Waiting) is { } unreached
            ? throw new MailboxException($"{open.Count(entry => entry.State == EntryState.Waiting)} messages are tried again: {unreached.Result}")
            : $"{open.Count} messages";
    }

    private bool IsWorthAnotherTry(RemediationRow remediation, EntryRow entry) => entry switch
    {
        { State: EntryState.Acted, Outcome: MailboxOutcome.Failure } => !EntryActions.IsLasting(entry) && time.GetUtcNow() < remediation.CreatedAt + options.Value.Patience,
        { State: EntryState.Acted, Outcome: MailboxOutcome.NotFound } => time.GetUtcNow() < entry.Timestamp + OnItsWay,
        _ => false,
    };

    private async ValueTask<bool> MayActAsync(RemediationRow remediation, CancellationToken cancellationToken) =>
        !remediation.IsUndecided || await automation.IsOnAsync(cancellationToken);

    private async Task EndAsync(RemediationRow remediation, CancellationToken cancellationToken)
    {
        if (remediation.IsAutomated && await store.IsDoneAsync(remediation.ApprovalId, cancellationToken))
        {
            // Before it ends: stopped in between, the alert is raised once all the same.
            await alerts.DoneAsync(remediation, await store.EntriesAsync(remediation.ApprovalId, 0, int.MaxValue, cancellationToken), cancellationToken);
        }

        await store.CompleteIfDoneAsync(remediation.ApprovalId, cancellationToken);
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
        ActionType = entry.ActionType,
        ActionTrigger = remediation.IsAutomated ? "SpecialAction" : "AdminAction",
        ActionResult = entry.Result ?? "",
        Location = entry.Now ?? "",
        SourceLocation = entry.From ?? "",
        By = remediation.DecidedBy,
        ApprovalId = entry.ApprovalId,
        Why = remediation.IsAutomated ? remediation.Description : "",
    };

    /// <summary>Mailboxes side by side, the entries of one mailbox in order. What a mailbox keeps from being done is tried again, when there is patience.</summary>
    private Task EachMailboxAsync(RemediationRow remediation, List<EntryRow> entries, Func<EntryRow, CancellationToken, ValueTask> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            entries.GroupBy(entry => entry.Recipient, StringComparer.OrdinalIgnoreCase),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtOnce, CancellationToken = cancellationToken },
            async (mailbox, token) =>
            {
                foreach (var entry in mailbox)
                {
                    if (!await MayActAsync(remediation, token))
                    {
                        return;
                    }

                    await act(entry, token);
                    if ((remediation.IsAutomated || entry.Kind == EntryKind.Release) && IsWorthAnotherTry(remediation, entry))
                    {
                        EntryActions.Postpone(entry);
                    }
                }
            });
}

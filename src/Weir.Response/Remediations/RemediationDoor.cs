using System.Globalization;
using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Record;
using Weir.Storage.Contracts;

namespace Weir.Response.Remediations;

/// <summary>The door to remediation: checks rights, says line by line what can be done, stores the action and starts its jobs.</summary>
internal sealed class RemediationDoor(
    TargetRecords records, RemediationStore store, UnfinishedRemediations unfinished, IMailboxes mailboxes, IHandOver server, IJobs jobs, IAuditTrail audit, IOptions<ResponseOptions> options, TimeProvider time) : IRemediation
{
    private const string Submitting = "SubmitRemediation";
    private const string Undoing = "UndoRemediation";
    private const string Approving = "ApproveRemediation";
    private const string Rejecting = "RejectRemediation";

    public async ValueTask<IReadOnlyList<RemediationLine>> PreviewAsync(
        Caller caller, MailboxPlace destination, IReadOnlyList<MessageTarget> targets, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        var lines = await LinesAsync(caller, destination, targets, cancellationToken);
        return [.. lines.Select(line => line.Shown)];
    }

    public async ValueTask<string> SubmitAsync(Caller caller, RemediationRequest request, CancellationToken cancellationToken)
    {
        if (request.Destination != MailboxPlace.Inbox || !caller.Has(Permission.QuarantineManage))
        {
            await RequireAsync(caller, Permission.EmailAdvancedActionsManage, Submitting, request.Name, cancellationToken);
        }

        if (request.Destination == MailboxPlace.HardDeleted)
        {
            await RequireAsync(caller, Permission.EmailPurge, Submitting, request.Name, cancellationToken);
        }

        var targets = request.Targets.DistinctBy(target => (target.Id, target.Recipient.ToLowerInvariant())).ToList();
        if (WhyRefused(request, targets.Count) is { } why)
        {
            throw await RefusedAsync(caller, Submitting, request.Name, why, cancellationToken);
        }

        var row = NewRow(caller, request.Name.Trim(), request.Description, request.Destination, request.Query, undoOf: null);
        var lines = await LinesAsync(caller, request.Destination, targets, cancellationToken);
        await StartAsync(caller, Submitting, row, [.. lines.Select((line, ordinal) => EntryOf(row, ordinal, line))], cancellationToken);
        return row.ApprovalId;
    }

    public async ValueTask<string> UndoAsync(Caller caller, string approvalId, CancellationToken cancellationToken)
    {
        if (!caller.Has(Permission.QuarantineManage))
        {
            await RequireAsync(caller, Permission.EmailAdvancedActionsManage, Undoing, approvalId, cancellationToken);
        }

        var undone = await store.FindAsync(approvalId, cancellationToken) ?? throw await RefusedAsync(caller, Undoing, approvalId, "There is no such action.", cancellationToken);
        if (undone.UndoOf is not null || undone.UndoneBy is not null || undone.CompletedAt is null)
        {
            throw await RefusedAsync(
                caller, Undoing, approvalId,
                undone.UndoOf is not null ? "An undo cannot be undone; submit the action again." :
                undone.UndoneBy is not null ? "This action was undone already." : "This action is still in progress.",
                cancellationToken);
        }

        var entries = await store.EntriesAsync(approvalId, 0, int.MaxValue, cancellationToken);
        var row = NewRow(caller, $"Undo: {undone.Name}", undone.Description, MailboxPlace.Inbox, undone.Query, approvalId);
        var changed = entries.Where(entry => entry.Outcome == MailboxOutcome.Success).ToList();
        foreach (var needed in changed.Select(entry => EntryRow.NeededToUndo(entry.Kind)).Distinct().Order())
        {
            await RequireAsync(caller, needed, Undoing, approvalId, cancellationToken);
        }

        var reversed = changed.Select((entry, ordinal) => ReverseOf(row, ordinal, entry)).ToList();
        if (reversed.Count == 0)
        {
            throw await RefusedAsync(caller, Undoing, approvalId, "No message was changed, so there is nothing to undo.", cancellationToken);
        }

        await StartAsync(caller, Undoing, row, reversed, cancellationToken);
        return row.ApprovalId;
    }

    public async ValueTask ApproveAsync(Caller caller, string approvalId, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, Permission.ResponseManage, Approving, approvalId, cancellationToken);
        if (!await store.DecideAsync(approvalId, RemediationStatus.Started, caller, cancellationToken))
        {
            throw await RefusedAsync(caller, Approving, approvalId, "This action does not wait for approval any more.", cancellationToken);
        }

        await audit.RecordAsync(caller, new AuditEntry(Approving, approvalId, "Success"), cancellationToken);

        // Stopped here, the action is found at the next start and gets its jobs then.
        await unfinished.ResumeAsync(cancellationToken);
    }

    public async ValueTask RejectAsync(Caller caller, string approvalId, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, Permission.ResponseManage, Rejecting, approvalId, cancellationToken);
        if (!await store.DecideAsync(approvalId, RemediationStatus.Rejected, caller, cancellationToken))
        {
            throw await RefusedAsync(caller, Rejecting, approvalId, "This action does not wait for approval any more.", cancellationToken);
        }

        await audit.RecordAsync(caller, new AuditEntry(Rejecting, approvalId, "Success"), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Remediation>> HistoryAsync(Caller caller, DateTimeOffset since, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecurityDataRead);
        return await store.ListAsync(since, approvalId: null, cancellationToken);
    }

    public async ValueTask<Remediation?> FindAsync(Caller caller, string approvalId, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecurityDataRead);
        var found = await store.ListAsync(DateTimeOffset.MinValue, approvalId, cancellationToken);
        return found.Count > 0 ? found[0] : null;
    }

    public async ValueTask<IReadOnlyList<RemediationEntry>> EntriesAsync(Caller caller, string approvalId, int most, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecurityDataRead);
        var entries = await store.FirstAsync(approvalId, most, cancellationToken);
        var later = (await store.DoneByOthersAsync(approvalId, most, cancellationToken)).ToLookup(entry => (entry.MessageId, entry.Recipient));
        return [.. entries.Select(entry => new RemediationEntry(
            new MessageTarget(Kernel.NetworkMessageId.Parse(entry.MessageId, CultureInfo.InvariantCulture), entry.Recipient, entry.Timestamp), entry.Subject, entry.ActionType, entry.Result, Places.Shown(entry.From, entry.FromPlace), NowOf(Latest(entry, later[(entry.MessageId, entry.Recipient)])), entry.At, entry.At is null ? GoesTo(entry) : null))];
    }

    public async ValueTask<IReadOnlyList<(string Place, int Messages)>> UndoablePlacesAsync(Caller caller, string approvalId, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecurityDataRead);
        var changed = await store.ChangedAsync(approvalId, cancellationToken);
        return [.. changed.GroupBy(group => Places.Shown(group.From, group.Place) ?? "", StringComparer.Ordinal).Select(group => (group.Key, group.Sum(one => one.Count))).OrderByDescending(group => group.Item2)];
    }

    private static string GoesTo(EntryRow entry) => entry.Kind == EntryKind.Requarantine ? Places.Quarantine : Places.Shown(Places.Location(entry.To), entry.To)!; // a place of a mailbox always has a name

    /// <summary>The last that any action did to the copy, from this one on: it tells where the copy is now.</summary>
    private static EntryRow Latest(EntryRow entry, IEnumerable<EntryRow> others) =>
        entry.At is null ? entry : others.Where(other => other.At > entry.At).Append(entry).MaxBy(other => other.At)!;

    private static string? NowOf(EntryRow entry) =>
        Places.Shown(entry.Now, entry is { Kind: EntryKind.Move, Outcome: MailboxOutcome.Success or MailboxOutcome.AlreadyInDestination } ? entry.To : null);

    private async Task StartAsync(Caller caller, string operation, RemediationRow row, List<EntryRow> entries, CancellationToken cancellationToken)
    {
        if (!await store.AddAsync(row, entries, cancellationToken))
        {
            throw await RefusedAsync(caller, operation, row.UndoOf ?? row.ApprovalId, "This action was undone already.", cancellationToken);
        }

        var refused = entries.Count(entry => entry.State == EntryState.Done);
        await audit.RecordAsync(
            caller, new AuditEntry(operation, row.ApprovalId, "Success", $"{(row.UndoOf is null ? row.Destination.ToString() : "to where each was")}: {entries.Count} messages, {refused} of them not actionable; {row.Name}"), cancellationToken);

        // Stopped here, the action is found at the next start and gets its jobs then.
        await jobs.AddAsync(BatchPayload.JobsFor(row.ApprovalId, entries.Count, options.Value.BatchSize, caller.Id), cancellationToken);
        await store.AdvanceAsync(row.ApprovalId, RemediationStatus.Queued, cancellationToken);
    }

    private string? WhyRefused(RemediationRequest request, int targets) =>
        string.IsNullOrWhiteSpace(request.Name) ? "The action needs a name."
        : targets == 0 ? "No message is selected."
        : targets > options.Value.MaxTargets ? $"{targets} messages are selected; one action takes at most {options.Value.MaxTargets}. Narrow the selection, or raise response:maxTargets in weir.json."
        : request.Destination == MailboxPlace.OtherFolder ? "Messages can be moved to the inbox, junk or deleted items, or be deleted; not to a person's own folder."
        : null;

    /// <summary>The refusal, which is in the audit trail before it is told.</summary>
    private async ValueTask<RemediationRefusedException> RefusedAsync(Caller caller, string operation, string target, string why, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(caller, new AuditEntry(operation, target, "Failure", why), cancellationToken);
        return new RemediationRefusedException(why);
    }

    private async ValueTask RequireAsync(Caller caller, Permission permission, string operation, string target, CancellationToken cancellationToken)
    {
        if (!caller.Has(permission))
        {
            await audit.RecordAsync(caller, new AuditEntry(operation, target, "Denied", $"lacks {permission}"), cancellationToken);
            caller.Require(permission);
        }
    }

    private async ValueTask<IReadOnlyList<Line>> LinesAsync(Caller caller, MailboxPlace destination, IReadOnlyList<MessageTarget> targets, CancellationToken cancellationToken)
    {
        if (targets.Count == 0)
        {
            return [];
        }

        var found = await records.FindAsync(caller, targets, cancellationToken);
        return [.. targets.Select((target, i) => LineOf(caller, destination, target, found[i]))];
    }

    private Line LineOf(Caller caller, MailboxPlace destination, MessageTarget target, TargetRecord? record)
    {
        var whyNot = record is null ? "it is not in the record"
            : Places.WhyNotActionable(record.Location, record.Action) is { } reason ? reason
            : record.Location != Places.Quarantine && !caller.Has(Permission.EmailAdvancedActionsManage) ? $"moving it in a mailbox needs the permission {Permission.EmailAdvancedActionsManage}"
            : record.Location == Places.Quarantine && destination != MailboxPlace.Inbox ? "it is in quarantine; it can only be released to the inbox"
            : record.Location == Places.Quarantine && !caller.Has(Permission.QuarantineManage) ? $"releasing it from quarantine needs the permission {Permission.QuarantineManage}"
            : record.Location == Places.Quarantine && record.BlobId.Length == 0 ? "Weir does not have its content"
            : record.BodySha256.Length == 0 ? "Weir does not know its content, so it could not be told apart from others"
            : !mailboxes.Serves(target.Recipient) && !(record.Location == Places.Quarantine && server.IsConfigured) ? "no connector serves this mailbox; add its domain to \"mailboxes\" in weir.json"
            : null;
        return new Line(new RemediationLine(target, record?.Subject ?? "", record?.Location is { Length: > 0 } location ? Places.Shown(location, record.Action) : "Unknown", whyNot is null, whyNot), record);
    }

    private RemediationRow NewRow(Caller caller, string name, string description, MailboxPlace destination, string query, string? undoOf)
    {
        var now = time.GetUtcNow();
        return new RemediationRow
        {
            ApprovalId = Guid.CreateVersion7(now).ToString("D"),
            Name = name,
            Description = description,
            Destination = destination,
            Query = query,
            ActionSource = query.Length > 0 ? "Explorer action" : "Manual email action",
            DecidedById = caller.Id,
            DecidedBy = caller.Name,
            CreatedAt = now,
            Status = RemediationStatus.Started,
            UndoOf = undoOf,
        };
    }

    private static EntryRow EntryOf(RemediationRow row, int ordinal, Line line)
    {
        var (shown, record) = line;
        return new EntryRow
        {
            ApprovalId = row.ApprovalId,
            Ordinal = ordinal,
            MessageId = shown.Target.Id.ToString(),
            Recipient = shown.Target.Recipient,
            Timestamp = record?.Target.Timestamp ?? shown.Target.Timestamp,
            InternetMessageId = record?.InternetMessageId ?? "",
            BodySha256 = record?.BodySha256 ?? "",
            BlobId = record?.BlobId ?? "",
            Subject = shown.Subject,
            Kind = record?.Location == Places.Quarantine ? EntryKind.Release : EntryKind.Move,
            To = row.Destination,
            State = shown.IsActionable ? EntryState.Waiting : EntryState.Done,
            Outcome = shown.IsActionable ? null : MailboxOutcome.Failure,
            Result = shown.IsActionable ? null : MailboxResult.Failed(shown.WhyNot!).Text, // a line that is not actionable says why
            Now = shown.IsActionable ? null : shown.LatestLocation,
            At = shown.IsActionable ? null : row.CreatedAt,
        };
    }

    private static EntryRow ReverseOf(RemediationRow row, int ordinal, EntryRow done) => new()
    {
        ApprovalId = row.ApprovalId,
        Ordinal = ordinal,
        MessageId = done.MessageId,
        Recipient = done.Recipient,
        Timestamp = done.Timestamp,
        InternetMessageId = done.InternetMessageId,
        BodySha256 = done.BodySha256,
        BlobId = done.BlobId,
        Subject = done.Subject,
        Kind = done switch
        {
            { Kind: EntryKind.Requarantine } => EntryKind.Release,
            { Kind: EntryKind.Release } => EntryKind.Requarantine,
            { To: MailboxPlace.HardDeleted } => EntryKind.Restore,
            _ => EntryKind.Move,
        },
        To = done.Kind == EntryKind.Release ? MailboxPlace.HardDeleted : done.FromPlace ?? MailboxPlace.Inbox,
        ToFolder = done.FromFolder,
        ToRead = done.FromRead,
        ToAnswered = done.FromAnswered,
    };

    private sealed record Line(RemediationLine Shown, TargetRecord? Record);
}

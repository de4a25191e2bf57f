using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>Actions that are done one second after they are submitted, and content for those who may read it.</summary>
internal sealed class FakeResponse(FakeAccounts audit, TimeProvider time) 
    : IRemediation, IMessageContent, IAutomation
{
    private readonly ConcurrentDictionary<string, (Remediation Action, IReadOnlyList<MessageTarget> Targets)> _actions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _tokens = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<RemediationLine>> PreviewAsync(Caller caller, MailboxPlace destination, IReadOnlyList<MessageTarget> targets, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RemediationLine>>(
        [
            .. targets.Select((target, at) => at % 6 == 5
                ? new RemediationLine(target, FakeMail.SubjectOf(FakeMail.IndexOf(target.Id.ToString())), "Dropped", IsActionable: false, "It was never delivered.")
                : new RemediationLine(target, FakeMail.SubjectOf(FakeMail.IndexOf(target.Id.ToString())), "Inbox/folder", IsActionable: true, WhyNot: null)),
        ]);

    public ValueTask<string> SubmitAsync(Caller caller, RemediationRequest request, CancellationToken cancellationToken)
    {
        caller.Require(request.Destination == MailboxPlace.HardDeleted ? Permission.EmailPurge : Permission.EmailAdvancedActionsManage);
        return ValueTask.FromResult(Add(request, caller, undoOf: null));
    }

    public ValueTask<string> UndoAsync(Caller caller, string approvalId, CancellationToken cancellationToken)
    {
        var (action, targets) = _actions[approvalId];
        var undo = Add(new RemediationRequest { Name = $"Undo of {action.Name}", Destination = MailboxPlace.OtherFolder, Targets = targets }, caller, approvalId);
        _actions[approvalId] = (action with { UndoneBy = undo, CanUndo = false }, targets);
        return ValueTask.FromResult(undo);
    }

    public AutomationState Automation { get; private set; } = new(IsOn: true, "", At: null, 200);

    public ValueTask ApproveAsync(Caller caller, string approvalId, CancellationToken cancellationToken) => DecideAsync(caller, approvalId, RemediationStatus.Started);

    public ValueTask RejectAsync(Caller caller, string approvalId, CancellationToken cancellationToken) => DecideAsync(caller, approvalId, RemediationStatus.Rejected);

    public ValueTask<AutomationState> StateAsync(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult(Automation);

    public ValueTask SetAsync(Caller caller, bool isOn, CancellationToken cancellationToken)
    {
        caller.Require(Permission.ResponseManage);
        Automation = Automation with { IsOn = isOn, By = caller.Name, At = time.GetUtcNow() };
        return ValueTask.CompletedTask;
    }

    private ValueTask DecideAsync(Caller caller, string approvalId, RemediationStatus status)
    {
        caller.Require(Permission.ResponseManage);
        _actions[approvalId] = (_actions[approvalId].Action with { Status = status }, _actions[approvalId].Targets);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<Remediation>> HistoryAsync(Caller caller, DateTimeOffset since, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Remediation>>([.. _actions.Values.Select(Now).OrderByDescending(action => action.CreatedAt)]);

    public ValueTask<Remediation?> FindAsync(Caller caller, string approvalId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_actions.TryGetValue(approvalId, out var found) ? Now(found) : null);

    public async ValueTask<IReadOnlyList<(string Place, int Messages)>> UndoablePlacesAsync(Caller caller, string approvalId, CancellationToken cancellationToken) =>
        [.. (await EntriesAsync(caller, approvalId, int.MaxValue, cancellationToken)).Where(entry => entry.Result == "Success").CountBy(entry => entry.From ?? "").Select(place => (place.Key, place.Value))];

    public ValueTask<IReadOnlyList<RemediationEntry>> EntriesAsync(Caller caller, string approvalId, int most, CancellationToken cancellationToken)
    {
        var (action, targets) = _actions[approvalId];
        var done = Now((action, targets)).Status == RemediationStatus.Completed;
        return ValueTask.FromResult<IReadOnlyList<RemediationEntry>>(
            [.. targets.Take(most).Select((target, at) => done ? Entry(target, isLocked: at % 4 == 3) : new RemediationEntry(target, FakeMail.SubjectOf(FakeMail.IndexOf(target.Id.ToString())), "Manual remediation", null, null, null, null))]);
    }

    /// <summary>A copy that could not be moved is where it was.</summary>
    private RemediationEntry Entry(MessageTarget target, bool isLocked) =>
        new(target, FakeMail.SubjectOf(FakeMail.IndexOf(target.Id.ToString())), "Manual remediation", isLocked ? "Failure: the mailbox is locked" : "Success", "Inbox/folder", isLocked ? "Inbox/folder" : "Soft deleted", time.GetUtcNow());

    public ValueTask<bool> MayReadAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken) => ValueTask.FromResult(caller.Has(Permission.EmailContentRead));

    public async ValueTask<string> IssuePreviewTokenAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(caller, new AuditEntry("AdminMailAccess", target.Id.ToString(), caller.Has(Permission.EmailContentRead) ? "Success" : "Denied"), cancellationToken);
        caller.Require(Permission.EmailContentRead);
        var token = (_tokens.Count + 1).ToString("x16", CultureInfo.InvariantCulture);
        _tokens[token] = caller.Id;
        return token;
    }

    public ValueTask<MessagePreview?> OpenPreviewAsync(Caller caller, string token, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_tokens.TryRemove(token, out var owner) && owner == caller.Id
            ? new MessagePreview("<!DOCTYPE html><title>x</title><style>body{font:16px serif}</style><h1 id=\"mail\">Dear colleague</h1><p>Your mailbox is almost full.</p><script>document.body.append('SCRIPT RAN')</script><img src=\"http://127.0.0.1:9/beacon.png\">", [])
            : null);

    public ValueTask<byte[]?> DownloadAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailContentRead);
        return ValueTask.FromResult<byte[]?>(Encoding.UTF8.GetBytes("Subject: raw\r\n\r\nbody\r\n"));
    }

    public async ValueTask<byte[]?> SourceAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(caller, new AuditEntry("AdminMailAccess", target.Id.ToString(), caller.Has(Permission.EmailContentRead) ? "Success" : "Denied") { Detail = "source" }, cancellationToken);
        caller.Require(Permission.EmailContentRead);
        return Encoding.UTF8.GetBytes(FakeEvidence.Raw);
    }

    private string Add(RemediationRequest request, Caller caller, string? undoOf)
    {
        var id = $"a{_actions.Count + 1:x5}";
        _actions[id] = (new Remediation
        {
            ApprovalId = id,
            Name = request.Name,
            Description = request.Description,
            Destination = request.Destination,
            Status = RemediationStatus.InProgress,
            ActionSource = request.Query.Length > 0 ? "Explorer action" : "Manual email action",
            DecidedBy = caller.Name,
            CreatedAt = time.GetUtcNow(),
            Submitted = request.Targets.Count,
            UndoOf = undoOf,
            Query = request.Query,
        }, request.Targets);
        return id;
    }

    private Remediation Now((Remediation Action, IReadOnlyList<MessageTarget> Targets) entry)
    {
        var (action, targets) = entry;
        if (time.GetUtcNow() - action.CreatedAt < TimeSpan.FromSeconds(1))
        {
            return action with { Succeeded = targets.Count / 3 };
        }

        var failed = targets.Count / 4;
        return action with
        {
            Status = RemediationStatus.Completed,
            CompletedAt = action.CreatedAt.AddSeconds(1),
            Succeeded = targets.Count - failed,
            Failed = failed,
            CanUndo = action.UndoneBy is null && action.Destination != MailboxPlace.HardDeleted,
        };
    }
}

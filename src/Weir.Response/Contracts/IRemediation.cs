using Weir.Access.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;

namespace Weir.Response.Contracts;

/// <summary>Taking mail back, and giving it back.</summary>
public interface IRemediation
{
    /// <summary>What would happen to each target. Requires <see cref="Permission.EmailMetadataRead"/>.</summary>
    ValueTask<IReadOnlyList<RemediationLine>> PreviewAsync(Caller caller, MailboxPlace destination, IReadOnlyList<MessageTarget> targets, CancellationToken cancellationToken);

    /// <summary>
    /// Starts it. Requires <see cref="Permission.EmailAdvancedActionsManage"/>, and <see cref="Permission.EmailPurge"/> to hard-delete. Releasing from
    /// quarantine requires <see cref="Permission.QuarantineManage"/>, which is enough to move to the inbox what is in quarantine.
    /// </summary>
    /// <returns>The approval id.</returns>
    ValueTask<string> SubmitAsync(Caller caller, RemediationRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Puts every message back where it was. Requires the right to do that, whoever asked for the action (<see cref="Remediation.UndoNeeds"/>):
    /// <see cref="Permission.QuarantineManage"/> to release from quarantine, <see cref="Permission.EmailAdvancedActionsManage"/> for what is in mailboxes.
    /// </summary>
    ValueTask<string> UndoAsync(Caller caller, string approvalId, CancellationToken cancellationToken);

    /// <summary>
    /// Lets an action that waits for a person go on, all of it; it is done however automation is set. Requires <see cref="Permission.ResponseManage"/>.
    /// </summary>
    ValueTask ApproveAsync(Caller caller, string approvalId, CancellationToken cancellationToken);

    /// <summary>Ends an action that waits for a person; what is not done yet is not done. Requires <see cref="Permission.ResponseManage"/>.</summary>
    ValueTask RejectAsync(Caller caller, string approvalId, CancellationToken cancellationToken);

    /// <summary>Actions of any state, newest first. Requires <see cref="Permission.SecurityDataRead"/>.</summary>
    ValueTask<IReadOnlyList<Remediation>> HistoryAsync(Caller caller, DateTimeOffset since, CancellationToken cancellationToken);

    ValueTask<Remediation?> FindAsync(Caller caller, string approvalId, CancellationToken cancellationToken);

    /// <summary>The results per message, failures first. Requires <see cref="Permission.SecurityDataRead"/>.</summary>
    /// <param name="most">So many at most.</param>
    ValueTask<IReadOnlyList<RemediationEntry>> EntriesAsync(Caller caller, string approvalId, int most, CancellationToken cancellationToken);

    /// <summary>How many messages an undo would put back, by the place where each was. Requires <see cref="Permission.SecurityDataRead"/>.</summary>
    ValueTask<IReadOnlyList<(string Place, int Messages)>> UndoablePlacesAsync(Caller caller, string approvalId, CancellationToken cancellationToken);
}

/// <summary>One message in one mailbox. The time says where in the record to look.</summary>
public sealed record MessageTarget(NetworkMessageId Id, string Recipient, DateTimeOffset Timestamp);

/// <summary>A request to move or delete messages (inventory §7.1).</summary>
public sealed record RemediationRequest
{
    /// <summary>Required: what the Action center shows.</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";
    public required MailboxPlace Destination { get; init; }
    public IReadOnlyList<MessageTarget> Targets { get; init; } = [];

    /// <summary>The query that chose the targets, kept with the action.</summary>
    public string Query { get; init; } = "";
}

/// <summary>A target with what can be done about it, for the wizard's second step.</summary>
/// <param name="LatestLocation">In the record's spelling; deletions are told apart as <c>Soft deleted</c> and <c>Hard deleted</c>.</param>
public sealed record RemediationLine(MessageTarget Target, string Subject, string LatestLocation, bool IsActionable, string? WhyNot);

/// <summary>Status of an action (inventory §7.3, §7.5).</summary>
public enum RemediationStatus
{
    Started,
    Queued,
    InProgress,
    Completed,
    Failed,

    /// <summary>Waits for a person to approve or reject it.</summary>
    Pending,

    Rejected,
}

/// <summary>The result for one message; places as in <see cref="RemediationLine"/>.</summary>
/// <param name="ActionType">As in EmailPostDeliveryEvents.</param>
/// <param name="GoesTo">Where it is to go while nothing was done yet.</param>
public sealed record RemediationEntry(MessageTarget Target, string Subject, string ActionType, string? Result, string? From, string? Now, DateTimeOffset? At, string? GoesTo = null);

/// <summary>An action as the Action center shows it.</summary>
public sealed record Remediation
{
    public required string ApprovalId { get; init; }
    public required string Name { get; init; }
    public string Description { get; init; } = "";
    public required MailboxPlace Destination { get; init; }
    public required RemediationStatus Status { get; init; }

    /// <summary><c>Explorer action</c>, <c>Manual email action</c> or <c>Automated email action</c>.</summary>
    public required string ActionSource { get; init; }

    public required string DecidedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public int Submitted { get; init; }
    public int Succeeded { get; init; }
    public int AlreadyThere { get; init; }
    public int NotFound { get; init; }
    public int Failed { get; init; }

    /// <summary>The action that this one undoes.</summary>
    public string? UndoOf { get; init; }

    /// <summary>The action that undid this one.</summary>
    public string? UndoneBy { get; init; }

    public bool CanUndo { get; init; }

    /// <summary>The rights that an undo needs, each of them; of an action that is not done yet, those that it will need.</summary>
    public IReadOnlyList<Permission> UndoNeeds { get; init; } = [Permission.EmailAdvancedActionsManage];

    public string Query { get; init; } = "";
}

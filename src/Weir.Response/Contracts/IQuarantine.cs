using Weir.Access.Contracts;
using Weir.Kernel;

namespace Weir.Response.Contracts;

/// <summary>Mail that is held back: one row for each recipient. Everything that is done is audited.</summary>
public interface IQuarantine
{
    /// <summary>One page of what matches, and how many match in all. Requires <see cref="Permission.EmailMetadataRead"/>.</summary>
    /// <exception cref="Events.Contracts.QuestionException">The KQL condition does not compile.</exception>
    ValueTask<HeldPage> ListAsync(Caller caller, QuarantineQuery query, CancellationToken cancellationToken);

    /// <summary>The keys of all that matches, for an action on all of it. Requires <see cref="Permission.EmailMetadataRead"/>.</summary>
    ValueTask<IReadOnlyList<HeldKey>> KeysAsync(Caller caller, QuarantineQuery query, CancellationToken cancellationToken);

    /// <summary>A message for each recipient for whom it is or was held. Requires <see cref="Permission.EmailMetadataRead"/>.</summary>
    ValueTask<IReadOnlyList<HeldMessage>> FindAsync(Caller caller, NetworkMessageId id, CancellationToken cancellationToken);

    /// <summary>
    /// Gives messages to their recipients, each to each once, through the mail server and as they came; kept and tried again while that is down.
    /// Answers requests for them. Requires <see cref="Permission.QuarantineManage"/>.
    /// </summary>
    ValueTask<ReleaseStarted> ReleaseAsync(Caller caller, ReleaseRequest request, CancellationToken cancellationToken);

    /// <summary>Says no to who asked for messages. Requires <see cref="Permission.QuarantineManage"/>.</summary>
    /// <param name="note">Told to the person who asked.</param>
    /// <returns>How many waited for an answer.</returns>
    ValueTask<int> DenyAsync(Caller caller, IReadOnlyList<HeldKey> keys, string note, CancellationToken cancellationToken);

    /// <summary>Deletes for good: the bytes too, once nobody else has the message. Requires <see cref="Permission.QuarantineManage"/>.</summary>
    /// <returns>How many were held.</returns>
    ValueTask<int> DeleteAsync(Caller caller, IReadOnlyList<HeldKey> keys, CancellationToken cancellationToken);

    /// <summary>Judges a held message by what is known now; kept with it. Requires <see cref="Permission.QuarantineManage"/>.</summary>
    /// <returns>Nothing when it is not held or has no content.</returns>
    ValueTask<FreshVerdict?> JudgeAgainAsync(Caller caller, HeldKey key, CancellationToken cancellationToken);

    /// <summary>The message in a ZIP file (AES-256) under a password. The caller states a reason; rights as for <see cref="IMessageContent.DownloadAsync"/>.</summary>
    /// <exception cref="ArgumentException">No reason, or a password of less than eight characters.</exception>
    ValueTask<byte[]?> DownloadAsync(Caller caller, HeldKey key, string password, CancellationToken cancellationToken);
}

/// <summary>A message held for a recipient.</summary>
public sealed record HeldKey(NetworkMessageId Id, string Recipient);

/// <summary>What to release.</summary>
public sealed record ReleaseRequest
{
    public required IReadOnlyList<HeldKey> Keys { get; init; }

    /// <summary>Others who get a copy, such as a mailbox where somebody looks into it.</summary>
    public IReadOnlyList<string> AlsoTo { get; init; } = [];

    /// <summary>Told to who asked for it.</summary>
    public string Note { get; init; } = "";
}

/// <summary>What became of a release.</summary>
/// <param name="ApprovalId">The action in the Action center; empty when nothing was left to release.</param>
/// <param name="Released">Deliveries that were started.</param>
/// <param name="NotHeld">Keys that are not held any more: released or deleted meanwhile.</param>
public sealed record ReleaseStarted(string ApprovalId, int Released, int NotHeld);

/// <summary>A judgement of a held message by what is known now.</summary>
/// <param name="Because">The signals that decide, for people.</param>
public sealed record FreshVerdict(string Verdict, IReadOnlyList<string> Because, DateTimeOffset At);

/// <summary>Where a held message is.</summary>
public enum HeldState
{
    Held,

    /// <summary>On its way: handed to the mail server, or waiting for it.</summary>
    Releasing,

    Released,
    Deleted,
    Expired,
}

/// <summary>Release status (inventory §13).</summary>
public enum ReleaseStatus
{
    NeedsReview,
    Requested,
    Approved,
    Denied,
    Released,
}

/// <summary>One message held for one recipient.</summary>
public sealed record HeldMessage
{
    public required HeldKey Key { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset HeldAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public string Subject { get; init; } = "";
    public string Sender { get; init; } = "";
    public string SenderName { get; init; } = "";
    public string InternetMessageId { get; init; } = "";

    /// <summary>Quarantine reason, as in <see cref="QuarantineWords.Reasons"/>.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The verdict as it is called now.</summary>
    public string Verdict { get; init; } = "";

    public string PolicyType { get; init; } = "";
    public string PolicyName { get; init; } = "";

    /// <summary>The quarantine policy: what the recipient may do.</summary>
    public string QuarantinePolicy { get; init; } = "";

    /// <summary>Sender address override reason.</summary>
    public string OverrideReason { get; init; } = "";

    public string Direction { get; init; } = "";
    public IReadOnlyList<string> Tags { get; init; } = [];
    public long Size { get; init; }
    public HeldState State { get; init; }
    public ReleaseStatus Status { get; init; }
    public string ReleasedBy { get; init; } = "";
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>The action that releases it; empty when none does.</summary>
    public string ApprovalId { get; init; } = "";

    /// <summary>What keeps it from being released: the mail server is down, or refused it.</summary>
    public string Problem { get; init; } = "";

    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>Why the recipient wants it, in their words.</summary>
    public string RequestReason { get; init; } = "";

    public FreshVerdict? Fresh { get; init; }
    public string DecidedBy { get; init; } = "";
    public DateTimeOffset? DecidedAt { get; init; }
    public string DecisionNote { get; init; } = "";

    public MessageTarget Target => new(Key.Id, Key.Recipient, ReceivedAt);
}

/// <summary>A page of held mail.</summary>
/// <param name="Total">All that matches.</param>
/// <param name="At">When it was counted.</param>
public sealed record HeldPage(IReadOnlyList<HeldMessage> Rows, int Total, DateTimeOffset At);

using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;

namespace Weir.Response.Remediations;

/// <summary>An action as stored. Counts are not: they are counted from the entries.</summary>
internal sealed class RemediationRow
{
    public required string ApprovalId { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required MailboxPlace Destination { get; init; }
    public required string Query { get; init; }
    public required string ActionSource { get; init; }
    public required string DecidedById { get; set; }
    public required string DecidedBy { get; set; }

    /// <summary>What it is about (<see cref="Events.Contracts.RejudgingEnded.About"/>); empty for what people ask for.</summary>
    public string About { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; set; }
    public RemediationStatus Status { get; set; }
    public string? UndoOf { get; init; }
    public string? UndoneBy { get; set; }

    /// <summary>Weir itself asked for it: it has patience with mailboxes that cannot be reached.</summary>
    public bool IsAutomated => ActionSource == AutomatedSource;

    /// <summary>Nobody decided it: it stops when automation is stopped.</summary>
    public bool IsUndecided => DecidedById == Automatic;

    public const string AutomatedSource = "Automated email action";

    /// <summary>Who decides what policy decides.</summary>
    public const string Automatic = "system:automation";
}

/// <summary>What is to be done with one message.</summary>
internal enum EntryKind
{
    /// <summary>Move within the mailbox, or delete.</summary>
    Move,

    /// <summary>Out of quarantine into the mailbox, from Weir's own bytes.</summary>
    Release,

    /// <summary>Out of the mailbox into quarantine, also as undo of a release: Weir has the bytes.</summary>
    Requarantine,

    /// <summary>Undo of a hard deletion, from Weir's own bytes.</summary>
    Restore,
}

/// <summary>How far an entry is. Each step is on disk before the next begins.</summary>
internal enum EntryState
{
    Waiting,

    /// <summary>Where the message was is written down; the mailbox may or may not be changed already.</summary>
    Intended,

    /// <summary>The result is written down; the log may or may not know it.</summary>
    Acted,

    /// <summary>The log knows it.</summary>
    Done,
}

/// <summary>One message of an action.</summary>
internal sealed class EntryRow
{
    public required string ApprovalId { get; init; }
    public required int Ordinal { get; init; }
    public required string MessageId { get; init; }
    public required string Recipient { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
    public required string InternetMessageId { get; init; }
    public required string BodySha256 { get; init; }
    public required string BlobId { get; init; }
    public required EntryKind Kind { get; init; }
    public required MailboxPlace To { get; init; }
    public string Subject { get; init; } = "";

    /// <summary>As in EmailPostDeliveryEvents.</summary>
    public string ActionType { get; init; } = ByHand;

    public const string ByHand = "Manual remediation";

    /// <summary>The result of what is not done any more, because the message was judged again.</summary>
    public const string JudgedAgain = "Judged again";

    /// <summary>The person's own folder, when <see cref="To"/> is one.</summary>
    public string ToFolder { get; init; } = "";

    /// <summary>Flags to give a message that is written anew.</summary>
    public bool ToRead { get; init; }

    public bool ToAnswered { get; init; }

    public EntryState State { get; set; }

    /// <summary>Where the message was before anything was done; nothing when it was in no mailbox.</summary>
    public MailboxPlace? FromPlace { get; set; }

    public string FromFolder { get; set; } = "";
    public bool FromRead { get; set; }
    public bool FromAnswered { get; set; }

    public MailboxOutcome? Outcome { get; set; }
    public string? Result { get; set; }

    /// <summary>In the record's spelling.</summary>
    public string? From { get; set; }

    public string? Now { get; set; }
    public DateTimeOffset? At { get; set; }

    /// <summary>The right to do what an undo of such an entry does (inventory §23.1): out of quarantine, or something in a person's mailbox.</summary>
    public static Permission NeededToUndo(EntryKind kind) => kind == EntryKind.Requarantine ? Permission.QuarantineManage : Permission.EmailAdvancedActionsManage;
}

namespace Weir.Response.Contracts;

/// <summary>Which held mail; what is not said does not matter. A text matches anywhere, in any case; <c>*</c> stands for anything, and with it the whole text is meant.</summary>
public sealed record QuarantineQuery
{
    /// <summary>In subject, sender, recipient or Message-ID.</summary>
    public string Find { get; init; } = "";

    public string MessageId { get; init; } = "";
    public string Sender { get; init; } = "";
    public string Recipient { get; init; } = "";
    public string Subject { get; init; } = "";
    public DateTimeOffset? ReceivedFrom { get; init; }
    public DateTimeOffset? ReceivedTo { get; init; }
    public DateTimeOffset? ExpiresBefore { get; init; }

    /// <summary>A user tag of the recipient, such as <c>Priority account</c>.</summary>
    public string Tag { get; init; } = "";

    public IReadOnlyList<string> Reasons { get; init; } = [];
    public IReadOnlyList<string> PolicyTypes { get; init; } = [];
    public IReadOnlyList<ReleaseStatus> Statuses { get; init; } = [];

    /// <summary>Only what a block of the sender's address brought here.</summary>
    public bool OnlyBlockedSenders { get; init; }

    /// <summary>A KQL condition on EmailEvents: every fact of a message can be asked for.</summary>
    public string Where { get; init; } = "";

    public QuarantineOrder Order { get; init; }
    public bool IsAscending { get; init; }
    public int Skip { get; init; }
    public int Take { get; init; } = 100;
}

/// <summary>What a list of held mail is sorted by.</summary>
public enum QuarantineOrder { Received, Subject, Sender, Recipient, Reason, Status, Expires, Size }

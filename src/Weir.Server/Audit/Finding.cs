using Weir.Detection.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Server.Audit;

/// <summary>A message of the report.</summary>
internal sealed record Finding
{
    public required FindingKind Kind { get; init; }
    public required Verdict Verdict { get; init; }
    public required string Confidence { get; init; }
    public required string Mailbox { get; init; }
    public required string Folder { get; init; }
    public required FolderUse Use { get; init; }
    public required string Key { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string From { get; init; }
    public string MailFrom { get; init; } = "";
    public string Subject { get; init; } = "";
    public string MessageId { get; init; } = "";
    public bool IsRead { get; init; }
    public bool IsAnswered { get; init; }
    public bool IsForwarded { get; init; }
    public bool IsFlagged { get; init; }

    /// <summary>When an answer to it was sent, as the folder of sent mail tells.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The owner wrote to this sender before it came.</summary>
    public bool IsKnownSender { get; init; }

    /// <summary>Titles of the signals that decide.</summary>
    public IReadOnlyList<string> Because { get; init; } = [];

    /// <summary>What was seen, those that weigh most first.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What speaks against the verdict, for people.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>What could not be judged of this message, for people.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Another filter's verdict in words; empty when none is known.</summary>
    public string OtherFilter { get; init; } = "";

    /// <summary>Allow lists that let it in: the filter and the rule, or the entry of Weir's own list.</summary>
    public IReadOnlyList<string> AllowedBy { get; init; } = [];

    /// <summary>Small comes first.</summary>
    public long Rank => ((long)Kind << 59) | ((long)(Verdict.Malware - Verdict) << 55) | ((IsRead ? 0L : 1L) << 54) | (((DateTimeOffset.MaxValue.Ticks - At.Ticks) / TimeSpan.TicksPerSecond) & ((1L << 54) - 1));
}

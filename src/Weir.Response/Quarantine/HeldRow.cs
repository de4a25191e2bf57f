using Weir.Response.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>A message held for one recipient, as stored.</summary>
internal sealed class HeldRow
{
    public required string MessageId { get; init; }

    /// <summary>In lower case.</summary>
    public required string Recipient { get; init; }

    /// <summary>The sequence number of the fact by which it came here: the same message may come again after a release.</summary>
    public long Holding { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }
    public DateTimeOffset HeldAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public string Subject { get; set; } = "";
    public string Sender { get; set; } = "";
    public string SenderName { get; set; } = "";
    public string InternetMessageId { get; set; } = "";
    public string BlobId { get; set; } = "";
    public string BodySha256 { get; set; } = "";
    public string Reason { get; set; } = "";
    public string Verdict { get; set; } = "";
    public string PolicyType { get; set; } = "";
    public string PolicyName { get; set; } = "";
    public string QuarantinePolicy { get; set; } = "";
    public string OverrideReason { get; set; } = "";
    public string Direction { get; set; } = "";

    /// <summary>Joined by line breaks, with one before and after.</summary>
    public string Tags { get; set; } = "";

    public long Size { get; set; }
    public HeldState State { get; set; }
    public ReleaseStatus Status { get; set; }
    public string ApprovalId { get; set; } = "";
    public string Problem { get; set; } = "";
    public string ReleasedBy { get; set; } = "";
    public DateTimeOffset? ReleasedAt { get; set; }

    public DateTimeOffset? RequestedAt { get; set; }
    public string RequestReason { get; set; } = "";
    public string FreshVerdict { get; set; } = "";

    /// <summary>A line each.</summary>
    public string FreshBecause { get; set; } = "";

    public DateTimeOffset? FreshAt { get; set; }
    public string DecidedBy { get; set; } = "";
    public DateTimeOffset? DecidedAt { get; set; }
    public string DecisionNote { get; set; } = "";

    /// <summary>It is deleted, and the log or the bytes may not know it yet.</summary>
    public bool IsUnsaid { get; set; }

    /// <summary>Digests up to this instant told of it.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    public HeldMessage Shown(string problem) => new()
    {
        Key = new HeldKey(Kernel.NetworkMessageId.Parse(MessageId, System.Globalization.CultureInfo.InvariantCulture), Recipient),
        ReceivedAt = ReceivedAt,
        HeldAt = HeldAt,
        ExpiresAt = ExpiresAt,
        Subject = Subject,
        Sender = Sender,
        SenderName = SenderName,
        InternetMessageId = InternetMessageId,
        Reason = Reason,
        Verdict = Verdict,
        PolicyType = PolicyType,
        PolicyName = PolicyName,
        QuarantinePolicy = QuarantinePolicy,
        OverrideReason = OverrideReason,
        Direction = Direction,
        Tags = Tags.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        Size = Size,
        State = State,
        Status = Status,
        ApprovalId = ApprovalId,
        Problem = problem.Length > 0 ? problem : Problem,
        ReleasedBy = ReleasedBy,
        ReleasedAt = ReleasedAt,
        RequestedAt = RequestedAt,
        RequestReason = RequestReason,
        Fresh = FreshAt is { } at ? new FreshVerdict(FreshVerdict, FreshBecause.Split('\n', StringSplitOptions.RemoveEmptyEntries), at) : null,
        DecidedBy = DecidedBy,
        DecidedAt = DecidedAt,
        DecisionNote = DecisionNote,
    };
}

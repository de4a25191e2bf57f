namespace Weir.Response.AfterDelivery;

/// <summary>A recipient whose mail belongs into junk although others get it into the inbox: the mail server could not be told so.</summary>
internal sealed class PartlyJunkRow
{
    public required string MessageId { get; init; }

    /// <summary>The envelope recipient in lower case.</summary>
    public required string Recipient { get; init; }

    public required string Verdict { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>How far a reader of the log is.</summary>
internal sealed class CursorRow
{
    public required string Reader { get; init; }

    /// <summary>The last sequence number dealt with.</summary>
    public long Sequence { get; set; }
}

namespace Weir.Events.Contracts;

/// <summary>Stored mail was judged again because something else is known now; every judgement of it that changed stands before this in the log.</summary>
public sealed record RejudgingEnded : Fact
{
    /// <summary>GUID text; the same on each judgement (<see cref="MessageJudged.RejudgingId"/>).</summary>
    public required string RejudgingId { get; init; }

    /// <summary>What became known, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>What kind of thing became known: <c>Sender</c>, <c>Url</c>, <c>File</c>, <c>Ip</c>, <c>Campaign</c> or <c>Other</c>.</summary>
    public required string About { get; init; }

    /// <summary>No judgement of it stands before this sequence number.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>Messages judged again.</summary>
    public long Judged { get; init; }

    /// <summary>Messages whose verdict changed.</summary>
    public long Changed { get; init; }
}

using Weir.Kernel;

namespace Weir.Events.Contracts;

/// <summary>An account of the organisation went over a sending limit.</summary>
public sealed record AccountRestricted : Fact
{
    /// <summary>The name with which it signs in to send, in lower case.</summary>
    public required string Account { get; init; }

    /// <summary><c>MessagesPerHour</c>, <c>MessagesPerDay</c>, <c>RecipientsPerHour</c>, <c>RecipientsPerDay</c> or <c>BadShare</c>.</summary>
    public required string Limit { get; init; }

    /// <summary>How much it was; for <c>BadShare</c> per cent.</summary>
    public long Number { get; init; }

    public long Allowed { get; init; }

    /// <summary>For people.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    public long MessagesInHour { get; init; }
    public long MessagesInDay { get; init; }
    public long RecipientsInHour { get; init; }
    public long RecipientsInDay { get; init; }

    /// <summary>Of the last messages that were judged, how many were bad.</summary>
    public int Bad { get; init; }

    public int Judged { get; init; }

    /// <summary>Nothing is refused: Weir only watches.</summary>
    public bool IsWatchOnly { get; init; }

    /// <summary>The message with which it went over.</summary>
    public NetworkMessageId? Last { get; init; }

    /// <summary>When that message was received.</summary>
    public DateTimeOffset? LastAt { get; init; }
}

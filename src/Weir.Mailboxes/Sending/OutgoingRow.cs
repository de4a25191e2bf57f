using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Sending;

/// <summary>A mail of the outbox.</summary>
internal sealed class OutgoingRow
{
    public required string Key { get; init; }
    public required string Kind { get; init; }
    public required string Recipient { get; init; }
    public required string Subject { get; init; }

    /// <summary>Taken away when it is sent or given up: it holds links that open something.</summary>
    public byte[]? Raw { get; set; }

    public OutgoingState State { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public int Attempts { get; set; }
    public string Reply { get; set; } = "";
}

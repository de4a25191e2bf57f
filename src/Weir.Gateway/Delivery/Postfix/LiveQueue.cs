using Weir.Kernel;

namespace Weir.Gateway.Delivery.Postfix;

/// <summary>A message in Postfix's queue that Weir knows.</summary>
internal sealed record LiveQueue
{
    public required NetworkMessageId Id { get; init; }
    public string MessageId { get; init; } = "";

    /// <summary>The envelope recipient that this queue file was forwarded for; empty for the message itself.</summary>
    public string ForwardedFor { get; init; } = "";

    /// <summary>Recipients that wait, with the last reply: recipient, original recipient, reply.</summary>
    public List<DeferredRecipient> Deferred { get; init; } = [];

    public DateTimeOffset Touched { get; set; }
}

internal sealed record DeferredRecipient(string Recipient, string Original, string Reply);

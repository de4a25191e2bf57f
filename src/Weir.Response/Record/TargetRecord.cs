using Weir.Response.Contracts;

namespace Weir.Response.Record;

/// <summary>What the record says about one message in one mailbox.</summary>
internal sealed record TargetRecord
{
    public required MessageTarget Target { get; init; }
    public required string Subject { get; init; }
    public required string InternetMessageId { get; init; }

    /// <summary>LatestDeliveryLocation as in the schema; empty when unknown.</summary>
    public required string Location { get; init; }

    /// <summary>LatestDeliveryAction as in the schema.</summary>
    public required string Action { get; init; }

    /// <summary>Empty when Weir never had the bytes.</summary>
    public string BlobId { get; init; } = "";

    public string BodySha256 { get; init; } = "";

    /// <summary>The envelope recipient through which it reached the mailbox; empty when unknown.</summary>
    public string OriginalRecipient { get; init; } = "";
}

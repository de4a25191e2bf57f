using Weir.Kernel;

namespace Weir.Response.Tests.Support;

/// <summary>A row of the record.</summary>
internal sealed record FakeRow(NetworkMessageId Id, string Recipient, DateTimeOffset At, string Location, string Action, string BlobId, string BodySha256, string MessageId)
{
    /// <summary>The envelope recipient through which it came.</summary>
    public string Through { get; init; } = "";
}

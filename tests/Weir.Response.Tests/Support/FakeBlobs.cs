using Weir.Storage.Contracts;

namespace Weir.Response.Tests.Support;

internal sealed class FakeBlobs : IBlobs
{
    public Dictionary<string, byte[]> Bodies { get; } = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<BlobId>> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<byte[]?> ReadAsync(BlobId id, CancellationToken cancellationToken) => ValueTask.FromResult(Bodies.GetValueOrDefault(id.Value));

    public ValueTask<bool> EraseAsync(BlobId id, CancellationToken cancellationToken) => ValueTask.FromResult(Bodies.Remove(id.Value));
}

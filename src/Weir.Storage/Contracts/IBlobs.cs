namespace Weir.Storage.Contracts;

/// <summary>Raw messages: compressed with zstd, encrypted with a key of their own, appended to packs.</summary>
public interface IBlobs
{
    /// <summary>Appends the bodies with one fsync for all of them; they are on disk when this returns.</summary>
    ValueTask<IReadOnlyList<BlobId>> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken);

    /// <summary>The body, or nothing when it was erased or never existed.</summary>
    ValueTask<byte[]?> ReadAsync(BlobId id, CancellationToken cancellationToken);

    /// <summary>Erases a body by deleting its key. True when there was one.</summary>
    ValueTask<bool> EraseAsync(BlobId id, CancellationToken cancellationToken);
}

/// <summary>Names one stored body. Opaque text; kept in facts.</summary>
public readonly record struct BlobId(string Value)
{
    public override string ToString() => Value;
}

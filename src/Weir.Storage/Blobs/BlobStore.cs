using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Storage.Blobs;

/// <summary>Bodies in packs, keys apart. Callers seal their own bodies; one thread appends and flushes for all that wait.</summary>
internal sealed class BlobStore : IBlobs, IAsyncDisposable
{
    private const long PackBytes = 256L * 1024 * 1024;
    private const int LargestGroup = 256;

    private readonly TimeProvider _time;
    private readonly BlobPacks _packs;
    private readonly BlobKeys _keys;
    private readonly GroupCommit<IReadOnlyList<SealedBody>, IReadOnlyList<BlobId>> _commits;

    public BlobStore(DataDirectory directory, TimeProvider time)
        : this(directory, time, PackBytes)
    {
    }

    internal BlobStore(DataDirectory directory, TimeProvider time, long packBytes)
    {
        _time = time;
        _packs = new BlobPacks(directory.Blobs, packBytes);
        _keys = new BlobKeys(directory.Keys);
        _commits = new(Commit, LargestGroup);
    }

    public async ValueTask<IReadOnlyList<BlobId>> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken)
    {
        if (bodies.Count == 0)
        {
            return [];
        }

        var work = new SealedBody[bodies.Count];
        for (var i = 0; i < work.Length; i++)
        {
            var id = Guid.CreateVersion7(_time.GetUtcNow());
            var (key, content) = BlobSeal.Seal(bodies[i].Span, id);
            work[i] = new SealedBody(id, key, content);
        }

        return await _commits.AddAsync(work, cancellationToken);
    }

    public async ValueTask<byte[]?> ReadAsync(BlobId id, CancellationToken cancellationToken)
    {
        if (!BlobAddress.TryParse(id, out var address) || _keys.Find(address.Value.Key) is not { } key)
        {
            return null;
        }

        var content = await _packs.ReadAsync(address.Value, cancellationToken);
        return content is null ? null : BlobSeal.Open(content, key, address.Value.Key);
    }

    public ValueTask<bool> EraseAsync(BlobId id, CancellationToken cancellationToken) =>
        new(BlobAddress.TryParse(id, out var address) && _keys.Delete(address.Value.Key));

    public async ValueTask DisposeAsync()
    {
        await _commits.DisposeAsync();
        _packs.Dispose();
        _keys.Dispose();
    }

    private List<IReadOnlyList<BlobId>> Commit(IReadOnlyList<IReadOnlyList<SealedBody>> groups)
    {
        var all = groups.SelectMany(group => group).ToList();
        var addresses = _packs.Append(all.ConvertAll(body => (body.Id, body.Content)));
        _keys.Add(all.Select(body => (body.Id, body.Key)));

        var results = new List<IReadOnlyList<BlobId>>();
        var next = 0;
        foreach (var group in groups)
        {
            results.Add([.. addresses.Skip(next).Take(group.Count).Select(address => address.ToId())]);
            next += group.Count;
        }

        return results;
    }

    private readonly record struct SealedBody(Guid Id, byte[] Key, byte[] Content);
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>The list at one version: nothing of it changes, but for the times at which entries were last used.</summary>
internal sealed class ListSnapshot
{
    private readonly KeptEntry[] _byChange;
    private readonly DateTimeOffset[] _expiries;
    private readonly ulong _content;
    private Content? _lastContent;

    /// <param name="all">Those taken out too.</param>
    public ListSnapshot(IEnumerable<KeptEntry> all)
    {
        _byChange = [.. all.OrderBy(entry => entry.Row.Change)];
        ById = _byChange.ToDictionary(entry => entry.Row.Id);
        ByValue = _byChange.ToDictionary(entry => (entry.Row.Kind, entry.Row.Value, entry.Row.IsAllow));
        Entries = [.. _byChange.Where(entry => entry.Row.RemovedAt is null)];
        Index = new EntryIndex(Entries.Select(entry => entry.Entry));
        _expiries = [.. Entries.Select(entry => entry.Row.Expires).OfType<DateTimeOffset>().Order()];
        _content = Entries.Aggregate(0UL, (sum, entry) => unchecked(sum + entry.Content));
        Version = _byChange.Length == 0 ? 0 : _byChange[^1].Row.Change;
    }

    public long Version { get; }

    /// <summary>Expired or not, without those taken out.</summary>
    public IReadOnlyList<KeptEntry> Entries { get; }

    public IReadOnlyDictionary<long, KeptEntry> ById { get; }

    public IReadOnlyDictionary<(EntryKind Kind, string Value, bool IsAllow), KeptEntry> ByValue { get; }

    public EntryIndex Index { get; }

    public long NextId => ById.Count == 0 ? 1 : ById.Keys.Max() + 1;

    public string ContentAt(DateTimeOffset at)
    {
        var place = Array.BinarySearch(_expiries, at);
        var expired = place < 0 ? ~place : Array.FindLastIndex(_expiries, expiry => expiry == at) + 1;
        if (_lastContent is not { } last || last.Expired != expired)
        {
            var bytes = new byte[16];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, _content);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Entries.Count);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), expired);
            _lastContent = last = new Content(expired, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
        }

        return last.Text;
    }

    public ListChanges ChangesSince(long version)
    {
        if (version >= Version)
        {
            return new ListChanges(Version, [], []);
        }

        int low = 0, high = _byChange.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _byChange[middle].Row.Change > version ? (low, middle) : (middle + 1, high);
        }

        var changed = _byChange.AsSpan(low).ToArray();
        return new ListChanges(
            Version,
            [.. changed.Where(entry => entry.Row.RemovedAt is null).Select(entry => entry.Entry)],
            [.. changed.Where(entry => entry.Row.RemovedAt is not null).Select(entry => entry.Entry)]);
    }

    /// <summary>The text while so many have expired.</summary>
    private sealed record Content(int Expired, string Text);
}

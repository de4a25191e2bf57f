using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Detection.Facts.History;

/// <summary>
/// What was counted under a key: how often, how often proven, first and last. Bounded: beyond the limit the tenth that was seen longest ago is forgotten.
/// Keys are hashes, so that no address can be read from it.
/// </summary>
internal sealed class HistoryTable(int most)
{
    private readonly Dictionary<ulong, HistoryEntry> _entries = [];

    public int Count => _entries.Count;

    public IEnumerable<KeyValuePair<ulong, HistoryEntry>> All => _entries;

    /// <summary>The key of something between two values; case does not matter.</summary>
    /// <param name="kind">Keeps keys of different meaning apart.</param>
    public static ulong Key(string kind, string one, string other = "")
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{one.ToLowerInvariant()}\n{other.ToLowerInvariant()}"), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>All zero when nothing was counted.</summary>
    public HistoryEntry Of(ulong key) => _entries.GetValueOrDefault(key);

    public void Add(ulong key, DateTimeOffset at, bool isProven, int times = 1)
    {
        var minute = HistoryEntry.Minute(at);
        Put(key, _entries.TryGetValue(key, out var entry)
            ? entry with
            {
                First = Math.Min(entry.First, minute),
                Last = Math.Max(entry.Last, minute),
                Times = entry.Times + times,
                Proven = entry.Proven + (isProven ? times : 0),
            }
            : new HistoryEntry(minute, minute, times, isProven ? times : 0, 0));
    }

    /// <summary>Takes back what was counted; when it was first and last seen stays.</summary>
    public void Remove(ulong key, bool isProven, int times = 1)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return;
        }

        if (entry.Times <= times)
        {
            _entries.Remove(key);
        }
        else
        {
            _entries[key] = entry with { Times = entry.Times - times, Proven = Math.Max(0, entry.Proven - (isProven ? times : 0)) };
        }
    }

    /// <summary>Counts as bad, or no longer as bad, what was counted before.</summary>
    public void Correct(ulong key, bool isBad)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            _entries[key] = entry with { Proven = Math.Clamp(entry.Proven + (isBad ? 1 : -1), 0, entry.Times) };
        }
    }

    /// <summary>Counts for an owner; somebody else's sightings under the key do not count.</summary>
    public void AddOwned(ulong key, ulong owner, DateTimeOffset at)
    {
        var entry = Of(key);
        if (entry.Times == 0)
        {
            Put(key, new HistoryEntry(HistoryEntry.Minute(at), HistoryEntry.Minute(at), 1, 0, owner));
        }
        else if (entry.Owner == owner)
        {
            Add(key, at, isProven: false);
        }
    }

    public void Put(ulong key, HistoryEntry entry)
    {
        _entries[key] = entry;
        if (_entries.Count <= most)
        {
            return;
        }

        foreach (var old in _entries.OrderBy(pair => pair.Value.Last).Take((most / 10) + 1).Select(pair => pair.Key).ToList())
        {
            _entries.Remove(old);
        }
    }
}

/// <summary>One count. Times are minutes since 2000, UTC.</summary>
/// <param name="Proven">How many of them authentication proved; of what is looked at for its reputation, how many were bad.</param>
/// <param name="Owner">The key of the one whose sightings are counted; 0 where everybody's are.</param>
internal readonly record struct HistoryEntry(uint First, uint Last, int Times, int Proven, ulong Owner)
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset FirstAt => At(First);

    public DateTimeOffset LastAt => At(Last);

    public static DateTimeOffset At(uint minute) => Epoch.AddMinutes(minute);

    public static uint Minute(DateTimeOffset at) => (uint)Math.Clamp((at - Epoch).TotalMinutes, 0, uint.MaxValue);
}

using System.Numerics;

namespace Weir.Response.Campaigns;

/// <summary>
/// Fingerprints that differ from one in at most six bits. The 64 bits are cut into seven blocks: six different bits leave one block untouched, so it is
/// enough to look at those that agree with it in one block.
/// </summary>
internal sealed class BodyIndex
{
    /// <summary>Different bits between two bodies that are alike.</summary>
    public const int Alike = 6;

    /// <summary>Different bits between two copies of one text.</summary>
    public const int Same = 3;

    private const int Blocks = Alike + 1;
    private const int BlockBits = 9;
    private const int LastBlockBits = 64 - (BlockBits * (Blocks - 1));

    private readonly Dictionary<ulong, int> _times = [];
    private readonly List<ulong>[] _buckets = [.. Enumerable.Range(0, ((Blocks - 1) << BlockBits) + (1 << LastBlockBits)).Select(_ => new List<ulong>())];

    public void Add(ulong body)
    {
        _times[body] = _times.GetValueOrDefault(body) + 1;
        if (_times[body] == 1)
        {
            for (var block = 0; block < Blocks; block++)
            {
                _buckets[Bucket(block, body)].Add(body);
            }
        }
    }

    public void Remove(ulong body)
    {
        if (!_times.TryGetValue(body, out var times))
        {
            return;
        }

        if (times > 1)
        {
            _times[body] = times - 1;
            return;
        }

        _times.Remove(body);
        for (var block = 0; block < Blocks; block++)
        {
            _buckets[Bucket(block, body)].Remove(body);
        }
    }

    /// <summary>The nearest first, at most so many.</summary>
    public List<(ulong Body, int Distance)> Near(ulong body, int atMost)
    {
        var near = new List<(ulong Body, int Distance)>();
        for (var block = 0; block < Blocks; block++)
        {
            foreach (var other in _buckets[Bucket(block, body)])
            {
                var different = other ^ body;
                if (BitOperations.PopCount(different) is var distance && distance <= Alike && IsFirstAgreement(block, different))
                {
                    near.Add((other, distance));
                }
            }
        }

        near.Sort((one, other) => one.Distance != other.Distance ? one.Distance - other.Distance : one.Body.CompareTo(other.Body));
        return near.Count > atMost ? near[..atMost] : near;
    }

    /// <summary>Found once although several blocks agree.</summary>
    private static bool IsFirstAgreement(int block, ulong different)
    {
        for (var earlier = 0; earlier < block; earlier++)
        {
            if (Bits(earlier, different) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int Bucket(int block, ulong body) => (block << BlockBits) + Bits(block, body);

    private static int Bits(int block, ulong body) => (int)((body >> (block * BlockBits)) & (block == Blocks - 1 ? (1UL << LastBlockBits) - 1 : (1UL << BlockBits) - 1));
}

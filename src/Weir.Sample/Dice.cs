using System.Text;

namespace Weir.Sample;

/// <summary>Chance that repeats: the same seed and name give the same throws on every machine and in every order of use.</summary>
internal sealed class Dice
{
    private ulong _state;

    private Dice(ulong state) => _state = state;

    /// <summary>Dice of their own for each thing that is decided, so that nothing depends on what was decided before.</summary>
    public static Dice For(int seed, params ReadOnlySpan<object> name)
    {
        // FNV-1a over the name; splitmix spreads it.
        var hash = 14695981039346656037UL ^ (ulong)(uint)seed * 0x9E3779B97F4A7C15UL;
        foreach (var part in name)
        {
            foreach (var octet in Encoding.UTF8.GetBytes(part as string ?? FormattableString.Invariant($"{part}")))
            {
                hash = (hash ^ octet) * 1099511628211UL;
            }

            hash = (hash ^ 0xFF) * 1099511628211UL;
        }

        return new Dice(hash);
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 ≤ n &lt; limit.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>From ≤ n ≤ to.</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    /// <summary>0 ≤ x &lt; 1.</summary>
    public double Unit() => (Next() >> 11) / (double)(1UL << 53);

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public T Weighted<T>(params ReadOnlySpan<(T Item, double Weight)> items)
    {
        var total = 0.0;
        foreach (var (_, weight) in items)
        {
            total += weight;
        }

        var at = Unit() * total;
        foreach (var (item, weight) in items)
        {
            at -= weight;
            if (at < 0)
            {
                return item;
            }
        }

        return items[^1].Item;
    }

    /// <summary>Some of the items, each at most once, in their order of drawing.</summary>
    public List<T> Some<T>(IReadOnlyList<T> items, int count)
    {
        var left = items.ToList();
        var drawn = new List<T>();
        while (drawn.Count < count && left.Count > 0)
        {
            var at = Below(left.Count);
            drawn.Add(left[at]);
            left.RemoveAt(at);
        }

        return drawn;
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count; at++)
        {
            bytes[at] = (byte)(Next() >> 32);
        }

        return bytes;
    }

    /// <summary>Letters and digits of lower case.</summary>
    public string Word(int length) => string.Create(length, this, static (span, dice) =>
    {
        foreach (ref var letter in span)
        {
            letter = "abcdefghijklmnopqrstuvwxyz0123456789"[dice.Below(36)];
        }
    });
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>An entry in memory. All of it stays as it is but the time of its last use, which comes with the mail.</summary>
/// <param name="row">A copy of nobody else's.</param>
internal sealed class KeptEntry(ListRow row)
{
    private long _lastUsed = row.LastUsed?.UtcTicks ?? 0;
    private ulong? _content;

    public ListRow Row { get; } = row;

    public AllowBlockEntry Entry { get; } = new(row.Kind, row.Value, row.IsAllow, row.Expires, row.Note) { Id = row.Id };

    public DateTimeOffset? LastUsed => Interlocked.Read(ref _lastUsed) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>From then on it is not in force; nothing for one that stays. Later whenever it is used, where that counts.</summary>
    public DateTimeOffset? Expires => Row.UnusedDays is { } days ? (LastUsed > Row.ModifiedAt ? LastUsed.Value : Row.ModifiedAt).AddDays(days) : Row.Expires;

    /// <summary>A stable number for everything that makes a difference to mail. Made when first asked for.</summary>
    public ulong Content => _content ??= BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{(Row.IsAllow ? "allow" : "block")} {Row.Kind} {Row.Value} {Row.Expires?.UtcTicks} {Row.UnusedDays}"))));

    /// <summary>By the clock alone: an entry that a jump of the clock made expire is back when the clock is.</summary>
    public bool IsInForce(DateTimeOffset at) => !(Expires <= at);

    /// <summary>It spoke of a message that came at this time; messages may come in any order.</summary>
    public void Used(DateTimeOffset at)
    {
        var known = Interlocked.Read(ref _lastUsed);
        while (known < at.UtcTicks && Interlocked.CompareExchange(ref _lastUsed, at.UtcTicks, known) is var now && now != known)
        {
            known = now;
        }
    }

    /// <summary>The same entry with another row, used when this one was.</summary>
    public KeptEntry With(ListRow changed)
    {
        changed.LastUsed = LastUsed;
        return new KeptEntry(changed);
    }
}

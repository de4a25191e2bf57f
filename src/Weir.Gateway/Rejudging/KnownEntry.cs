using System.Globalization;
using Weir.Intelligence.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>An entry of the allow/block list that was acted on, as a line of a file.</summary>
internal sealed record KnownEntry(bool IsAllow, EntryKind Kind, string Value)
{
    /// <summary>Not part of what it is: an entry that lasts longer now says nothing new.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Its number in the list, by which judgements name it; 0 when it is not known.</summary>
    public long Id { get; init; }

    public string Line => string.Create(CultureInfo.InvariantCulture, $"{(IsAllow ? "allow" : "block")}\t{Kind}\t{Value}\t{Expires?.UtcTicks ?? 0}\t{Id}");

    public bool Equals(KnownEntry? other) => other is not null && IsAllow == other.IsAllow && Kind == other.Kind && Value == other.Value;

    public override int GetHashCode() => HashCode.Combine(IsAllow, Kind, Value);

    public override string ToString() => $"{(IsAllow ? "allow" : "block")} {Kind switch { EntryKind.Sender => "sender", EntryKind.SenderDomain => "domain", EntryKind.Url => "URL", EntryKind.UrlDomain => "URL domain", EntryKind.FileHash => "file", EntryKind.Spoof => "spoofed sender", _ => "IP address" }} {Value}";

    public static KnownEntry Of(AllowBlockEntry entry) => new(entry.IsAllow, entry.Kind, entry.Value) { Expires = entry.Expires, Id = entry.Id };

    /// <summary>Nothing for a line that cannot be read. Lines of before entries had numbers end with the time.</summary>
    public static KnownEntry? Parse(string line) =>
        line.Split('\t') is [var verb, var kind, var value, var ticks, ..] fields && Enum.TryParse<EntryKind>(kind, out var entryKind) && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            ? new KnownEntry(verb == "allow", entryKind, value)
            {
                Expires = expires == 0 ? null : new DateTimeOffset(expires, TimeSpan.Zero),
                Id = fields.Length > 4 && long.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0,
            }
            : null;
}

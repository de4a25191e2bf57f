using System.Net;
using Weir.Intelligence.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>What entries of the allow/block list speak of. One look-up per thing, however many entries there are.</summary>
internal sealed class ConcernOfEntries : IConcern
{
    private readonly EntryMatcher _entries;
    private readonly HashSet<EntryKind> _kinds;

    public ConcernOfEntries(IEnumerable<AllowBlockEntry> entries)
    {
        var all = entries.Select(Simple).ToList();
        _entries = new EntryMatcher(all);
        _kinds = [.. all.Select(entry => entry.Kind)];
    }

    public bool HasSenders => _kinds.Contains(EntryKind.Sender) || _kinds.Contains(EntryKind.SenderDomain);
    public bool HasUrls => _kinds.Contains(EntryKind.Url) || _kinds.Contains(EntryKind.UrlDomain);
    public bool HasFiles => _kinds.Contains(EntryKind.FileHash);
    public bool HasAddresses => _kinds.Contains(EntryKind.IpAddress);

    public bool Sender(string address) => _entries.Concerns(new MailTraits { Author = address });

    public bool Url(string url, string host) => _entries.Concerns(new MailTraits { Urls = [(url, host)] });

    public bool File(string sha256) => _entries.Concerns(new MailTraits { Hashes = [sha256] });

    public bool Address(string ip) => _entries.Concerns(new MailTraits { ClientIp = ip });

    /// <summary>A pair is looked for by its sending machines when they are addresses, else by the author that is shown.</summary>
    private static AllowBlockEntry Simple(AllowBlockEntry entry) =>
        entry.Kind != EntryKind.Spoof || entry.Value.Split(", ") is not [var shown, var sends] ? entry
        : IPAddress.TryParse(sends.AsSpan(0, sends.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? slash : sends.Length), out _) ? entry with { Kind = EntryKind.IpAddress, Value = sends }
        : entry with { Kind = shown.Contains('@', StringComparison.Ordinal) ? EntryKind.Sender : EntryKind.SenderDomain, Value = shown };
}

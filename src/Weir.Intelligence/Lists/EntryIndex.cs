using System.Net;
using System.Runtime.InteropServices;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>
/// Finds the entries that speak of a message by looking up what is in the message, never by going through the entries: addresses, each parent of a
/// domain, each beginning of a link, each length of range that occurs.
/// </summary>
internal sealed class EntryIndex
{
    /// <summary>Of one link so many ends of paths are looked at; entries with longer paths have no more.</summary>
    private const int MostEnds = 64;

    private readonly Dictionary<string, List<AllowBlockEntry>> _senders = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<AllowBlockEntry>> _senderDomains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<AllowBlockEntry>> _urlDomains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<AllowBlockEntry>> _urls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<AllowBlockEntry>> _urlHosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<AllowBlockEntry>> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<AllowBlockEntry>> _shown = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<IpRange, List<AllowBlockEntry>> _ranges = [];
    private readonly SortedSet<int> _lengths4 = [];
    private readonly SortedSet<int> _lengths6 = [];

    public EntryIndex(IEnumerable<AllowBlockEntry> entries)
    {
        foreach (var entry in entries)
        {
            Add(entry);
        }
    }

    /// <summary>Every entry that speaks of the message, each once; of ranges the longest first. In force or not.</summary>
    public List<AllowBlockEntry> Find(MailTraits message)
    {
        var found = new List<AllowBlockEntry>();
        Take(_senders, message.Author, found);
        Take(_senders, message.MailFrom, found);
        TakeDomain(_senderDomains, DomainPattern.OfAddress(message.Author), found, _ => true);
        TakeDomain(_senderDomains, DomainPattern.OfAddress(message.MailFrom), found, entry => !entry.IsAllow);
        if (_shown.Count > 0)
        {
            TakeSpoofs(message, found);
        }

        if (_urlDomains.Count + _urls.Count + _urlHosts.Count > 0)
        {
            foreach (var (url, domain) in message.Urls)
            {
                TakeDomain(_urlDomains, domain, found, _ => true);
                TakeUrl(UrlText.Of(url), found);
            }
        }

        foreach (var hash in _files.Count > 0 ? message.Hashes : [])
        {
            Take(_files, hash, found);
        }

        if (_ranges.Count > 0 && IPAddress.TryParse(message.ClientIp, out var client))
        {
            TakeRanges(client, found);
        }

        return found.Count > 1 ? [.. found.Distinct()] : found;
    }

    private void Add(AllowBlockEntry entry)
    {
        var value = entry.Value;
        switch (entry.Kind)
        {
            case EntryKind.Sender:
                Put(_senders, value, entry);
                break;
            case EntryKind.SenderDomain:
                Put(_senderDomains, WithoutStar(value), entry);
                break;
            case EntryKind.UrlDomain:
                Put(_urlDomains, WithoutStar(value), entry);
                break;
            case EntryKind.Url:
                var pattern = UrlPattern.Of(value);
                var isExact = !pattern.IsBelow && !pattern.HasStars;
                Put(isExact ? _urls : _urlHosts, isExact ? pattern.Host + pattern.Rest : pattern.Host, entry);
                break;
            case EntryKind.FileHash:
                Put(_files, value, entry);
                break;
            case EntryKind.IpAddress when IpRange.Of(value) is { } range:
                Put(_ranges, range, entry);
                (range.IsV6 ? _lengths6 : _lengths4).Add(range.Length);
                break;
            case EntryKind.Spoof when SpoofPair.Of(value) is { } pair:
                Put(_shown, WithoutStar(pair.Shown), entry);
                break;
            default:
                break;
        }
    }

    private static string WithoutStar(string domain) => domain.StartsWith(DomainPattern.Below, StringComparison.Ordinal) ? domain[DomainPattern.Below.Length..] : domain;

    private static void Put<TKey>(Dictionary<TKey, List<AllowBlockEntry>> map, TKey key, AllowBlockEntry entry)
        where TKey : notnull
    {
        ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(map, key, out _);
        (bucket ??= new List<AllowBlockEntry>(1)).Add(entry);
    }

    private static void Take(Dictionary<string, List<AllowBlockEntry>> map, string key, List<AllowBlockEntry> found)
    {
        if (key.Length > 0 && map.TryGetValue(key, out var entries))
        {
            found.AddRange(entries);
        }
    }

    /// <summary>The domain and each of its parents.</summary>
    private static void TakeDomain(Dictionary<string, List<AllowBlockEntry>> map, ReadOnlySpan<char> domain, List<AllowBlockEntry> found, Func<AllowBlockEntry, bool> counts)
    {
        var lookup = map.Count > 0 ? map.GetAlternateLookup<ReadOnlySpan<char>>() : default;
        var isItself = true;
        for (var rest = map.Count > 0 ? domain : []; rest.Length > 0; rest = rest.IndexOf('.') is >= 0 and var dot ? rest[(dot + 1)..] : [])
        {
            if (lookup.TryGetValue(rest, out var entries))
            {
                foreach (var entry in entries)
                {
                    if (counts(entry) && !(isItself && entry.Value.StartsWith(DomainPattern.Below, StringComparison.Ordinal)))
                    {
                        found.Add(entry);
                    }
                }
            }

            isItself = false;
        }
    }

    private void TakeUrl(UrlText url, List<AllowBlockEntry> found)
    {
        if (_urls.Count > 0)
        {
            var lookup = _urls.GetAlternateLookup<ReadOnlySpan<char>>();
            var text = (url.Host + url.Rest).AsSpan();
            var ends = 0;
            for (var i = url.Host.Length; i <= text.Length && ends < MostEnds; i++)
            {
                if (i == text.Length || text[i] is '/' or '?' or '#')
                {
                    ends++;
                    if (lookup.TryGetValue(text[..i], out var entries))
                    {
                        found.AddRange(entries);
                    }
                }
            }
        }

        if (_urlHosts.Count > 0)
        {
            var lookup = _urlHosts.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var rest = url.Host.AsSpan(); rest.Length > 0; rest = rest.IndexOf('.') is >= 0 and var dot ? rest[(dot + 1)..] : [])
            {
                if (lookup.TryGetValue(rest, out var entries))
                {
                    found.AddRange(entries.Where(entry => UrlPattern.Of(entry.Value).Covers(url)));
                }
            }
        }
    }

    private void TakeSpoofs(MailTraits message, List<AllowBlockEntry> found)
    {
        bool Covers(AllowBlockEntry entry) => entry.CoversSpoof(message.Author, message.ClientIp, message.ClientName);
        var keys = new List<string> { SpoofPair.Anybody, message.Author };
        for (var rest = DomainPattern.OfAddress(message.Author); rest.Length > 0; rest = rest.IndexOf('.') is >= 0 and var dot ? rest[(dot + 1)..] : [])
        {
            keys.Add(rest.ToString());
        }

        found.AddRange(keys.SelectMany(key => _shown.TryGetValue(key, out var entries) ? entries : []).Where(Covers));
    }

    private void TakeRanges(IPAddress client, List<AllowBlockEntry> found)
    {
        var (isV6, number) = IpRange.Number(client);
        foreach (var length in (isV6 ? _lengths6 : _lengths4).Reverse())
        {
            if (_ranges.TryGetValue(IpRange.Around(isV6, number, length), out var entries))
            {
                found.AddRange(entries);
            }
        }
    }
}

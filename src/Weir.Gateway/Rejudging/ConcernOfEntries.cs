using System.Net;
using Weir.Intelligence.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>What entries of the allow/block list speak of. One look-up per thing, however many entries there are.</summary>
internal sealed class ConcernOfEntries : IConcern
{
    private readonly HashSet<string> _senders = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _senderDomains = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> _networks = [];

    public ConcernOfEntries(IEnumerable<AllowBlockEntry> entries)
    {
        foreach (var entry in entries)
        {
            Take(entry);
        }
    }

    public bool HasSenders => _senders.Count + _senderDomains.Count > 0;
    public bool HasUrls => _hosts.Count > 0;
    public bool HasFiles => _files.Count > 0;
    public bool HasAddresses => _networks.Count > 0;

    public bool Sender(string address) => _senders.Contains(address) || IsWithin(_senderDomains, address[(address.LastIndexOf('@') + 1)..]);

    public bool Url(string url, string host) => IsWithin(_hosts, host);

    public bool File(string sha256) => _files.Contains(sha256);

    public bool Address(string ip) => IPAddress.TryParse(ip, out var address) && _networks.Exists(network => network.Contains(address));

    private void Take(AllowBlockEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.Sender:
                _senders.Add(entry.Value);
                break;
            case EntryKind.SenderDomain:
                _senderDomains.Add(entry.Value);
                break;
            case EntryKind.UrlDomain:
                _hosts.Add(entry.Value);
                break;
            case EntryKind.Url when Uri.TryCreate(entry.Value, UriKind.Absolute, out var uri):
                _hosts.Add(uri.IdnHost);
                break;
            case EntryKind.FileHash:
                _files.Add(entry.Value);
                break;
            case EntryKind.IpAddress when IPNetwork.TryParse(entry.Value, out var network):
                _networks.Add(network);
                break;
            case EntryKind.IpAddress when IPAddress.TryParse(entry.Value, out var address):
                _networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
                break;
            default:
                break;
        }
    }

    /// <summary>The domain itself, or one above it.</summary>
    private static bool IsWithin(HashSet<string> domains, string domain)
    {
        for (var name = domain; name.Length > 0; name = name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? name[(dot + 1)..] : "")
        {
            if (domains.Contains(name))
            {
                return true;
            }
        }

        return false;
    }
}

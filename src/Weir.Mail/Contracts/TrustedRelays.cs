using System.Net;

namespace Weir.Mail.Contracts;

/// <summary>
/// The hops before ours: gateways, load balancers, backup exchangers. SPF and address checks are about the machine before them.
/// Received fields are believed only as far as trusted machines wrote them.
/// </summary>
public sealed class TrustedRelays
{
    private readonly List<IPNetwork> _networks = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The hops that are believed.</summary>
    /// <param name="relays">Addresses, networks (<c>192.0.2.0/24</c>), or host names (<c>mx1.example.org</c>, <c>.example.org</c> for all below).</param>
    public TrustedRelays(IEnumerable<string> relays)
    {
        foreach (var relay in relays)
        {
            var text = relay.Trim();
            if (IPNetwork.TryParse(text, out var network))
            {
                _networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                _networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (text.Length > 0)
            {
                _names.Add(text);
            }
        }
    }

    public static TrustedRelays None { get; } = new([]);

    /// <summary>
    /// The client that SPF is about: the connecting one, or while that is trusted, the one before it. Without an envelope (an imported
    /// message) the topmost Received field is that of our own server, and this machine itself (loopback) is passed over.
    /// </summary>
    /// <param name="received">Newest first.</param>
    public MailClient ClientOf(IReadOnlyList<ReceivedHop> received, Envelope envelope)
    {
        var isImported = envelope.ClientIp.Length == 0;
        var client = new MailClient(Plain(envelope.ClientIp), envelope.ClientName, envelope.Helo);
        foreach (var hop in received)
        {
            if (client.Ip.Length > 0 && !IsTrusted(client) && !(isImported && IsLoopback(client.Ip)))
            {
                break;
            }

            if (client.Ip.Length == 0 && !isImported)
            {
                break;
            }

            if (hop.FromIp.Length > 0)
            {
                client = new MailClient(Plain(hop.FromIp), hop.FromName, hop.Helo.Length > 0 ? hop.Helo : hop.FromName);
            }
        }

        return client;
    }

    /// <summary>Is this machine one of them?</summary>
    /// <param name="name">Its name as the receiving server resolved it.</param>
    public bool Includes(string ip, string name) => IsTrusted(new MailClient(Plain(ip), name, ""));

    private bool IsTrusted(MailClient client)
    {
        if (IPAddress.TryParse(client.Ip, out var address) && _networks.Exists(network => network.Contains(address)))
        {
            return true;
        }

        return client.Name.Length > 0
            && (_names.Contains(client.Name) || _names.Any(name => name.StartsWith('.') && client.Name.EndsWith(name, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsLoopback(string ip) => IPAddress.TryParse(ip, out var address) && IPAddress.IsLoopback(address);

    private static string Plain(string ip) => IPAddress.TryParse(ip, out var address) && address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : ip;
}

/// <summary>The machine that handed a message to the organisation.</summary>
/// <param name="Ip">Textual address; empty when the message does not tell.</param>
/// <param name="Name">Its name as the receiving server resolved it.</param>
public sealed record MailClient(string Ip, string Name, string Helo);

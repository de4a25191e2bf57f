using System.Net;
using System.Net.Sockets;

namespace Weir.Gateway.Journal;

/// <summary>Who may connect.</summary>
internal sealed class ClientNetworks
{
    private readonly List<IPNetwork> _networks;

    /// <summary>Reads addresses and networks in CIDR notation.</summary>
    /// <exception cref="FormatException">One of them is neither.</exception>
    public ClientNetworks(IReadOnlyList<string> texts) => _networks = [.. texts.Select(Read)];

    /// <summary>True for a client over a Unix socket, too: who may open that is the file system's matter.</summary>
    public bool Contains(EndPoint? client)
    {
        if (client is not IPEndPoint { Address: var address })
        {
            return client is UnixDomainSocketEndPoint;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _networks.Any(network => network.Contains(plain));
    }

    private static IPNetwork Read(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : throw new FormatException($"journal.clients has '{text}'. Write an address (192.0.2.1) or a network (192.0.2.0/24).");
}

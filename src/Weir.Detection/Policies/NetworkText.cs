using System.Net;

namespace Weir.Detection.Policies;

/// <summary>An address or a network as people write it.</summary>
internal static class NetworkText
{
    /// <summary>Nothing when it is none.</summary>
    public static IPNetwork? Read(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}

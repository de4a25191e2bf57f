using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Weir.Server.Hosting;

/// <summary>Who may say on whose behalf he asks, and whether that one came over TLS: proxies on this machine and those named. From others the headers are ignored.</summary>
internal static class TrustedProxies
{
    private static readonly string[] Always = ["127.0.0.0/8", "::1"];

    /// <exception cref="ConfigurationException">One of them is neither an address nor a network.</exception>
    public static ForwardedHeadersOptions Read(IReadOnlyList<string> texts)
    {
        // No limit of hops: it goes back while the one that spoke is trusted, so that a header which a stranger brought along is never reached.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in Always.Concat(texts))
        {
            options.KnownIPNetworks.Add(Network(text));
        }

        return options;
    }

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : throw new ConfigurationException($"weir.json: server.trustedProxies has '{text}'. Write an address (192.0.2.1) or a network (192.0.2.0/24).");
}

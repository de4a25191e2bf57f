using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Weir.Gateway.Listening;

/// <summary>Reads <c>inet:HOST:PORT</c> (HOST an address, or <c>[address]</c> for IPv6) and <c>unix:PATH</c>.</summary>
internal static class ListenAddress
{
    /// <summary>The endpoint that the text names.</summary>
    /// <param name="key">The setting it was written in, for the error.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static EndPoint Parse(string text, string key)
    {
        if (text.StartsWith("unix:/", StringComparison.Ordinal))
        {
            return new UnixDomainSocketEndPoint(text["unix:".Length..]);
        }

        var colon = text.LastIndexOf(':');
        if (text.StartsWith("inet:", StringComparison.Ordinal)
            && colon > 5
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port <= IPEndPoint.MaxPort
            && IPAddress.TryParse(text.AsSpan(5, colon - 5).Trim("[]"), out var address))
        {
            return new IPEndPoint(address, port);
        }

        throw new FormatException($"{key} is '{text}'. Write inet:127.0.0.1:PORT or unix:/PATH.");
    }
}

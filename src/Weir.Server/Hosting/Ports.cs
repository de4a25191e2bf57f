using System.Net;
using System.Net.Sockets;

namespace Weir.Server.Hosting;

/// <summary>Finds a port that nobody listens on.</summary>
internal static class Ports
{
    /// <summary>The wanted port, or the next free one of the hundred after it.</summary>
    public static int NextFree(IPAddress address, int wanted)
    {
        for (var port = wanted; port < Math.Min(wanted + 100, IPEndPoint.MaxPort + 1); port++)
        {
            using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(address, port));
                return port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Taken: look at the next one.
            }
        }

        throw new InvalidOperationException($"No free port between {wanted} and {wanted + 99} on {address}; give one with --port.");
    }
}

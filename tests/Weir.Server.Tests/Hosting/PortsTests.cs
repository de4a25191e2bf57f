using System.Net;
using System.Net.Sockets;
using Weir.Server.Hosting;

namespace Weir.Server.Tests.Hosting;

public sealed class PortsTests
{
    [Fact]
    public void A_port_in_use_gives_way_to_the_next_free_one()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        Assert.InRange(Ports.NextFree(IPAddress.Loopback, port), port + 1, port + 99);
    }
}

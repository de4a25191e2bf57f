using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Weir.Gateway.Listening;

namespace Weir.Gateway.Tests.Listening;

public sealed class PromptStreamTests
{
    private const int Messages = 50;

    /// <summary>Without prompt acknowledgement the second packet of each message waits 40 ms for that of the first.</summary>
    [Fact]
    public async Task Small_packets_that_want_no_answer_do_not_wait_for_each_other()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancellationToken);
        using var server = await listener.AcceptSocketAsync(cancellationToken);
        await using var stream = new PromptStream(server);
        var clock = Stopwatch.StartNew();

        for (var i = 0; i < Messages; i++)
        {
            await client.Client.SendAsync("first"u8.ToArray(), cancellationToken);
            await client.Client.SendAsync("second"u8.ToArray(), cancellationToken);
            await stream.ReadExactlyAsync(new byte["firstsecond".Length], cancellationToken);
            await stream.WriteAsync("answer"u8.ToArray(), cancellationToken);
            await client.GetStream().ReadExactlyAsync(new byte["answer".Length], cancellationToken);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromMilliseconds(40 * Messages / 2), $"{Messages} messages took {clock.Elapsed.TotalMilliseconds:0} ms.");
    }
}

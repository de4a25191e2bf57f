using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Gateway.Listening;

namespace Weir.Gateway.Tests.Listening;

public sealed class ListenerTests
{
    /// <summary>A mail server sends several commands at once and waits for all answers: holding back the second until the first is acknowledged costs 40 ms a message.</summary>
    [Fact]
    public async Task Small_answers_are_sent_at_once()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var listener = new Listener("journal.listen", "inet:127.0.0.1:0", connections: 1, TimeProvider.System, NullLogger.Instance);
        var answersAtOnce = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Open();
        var running = listener.RunAsync(
            (connection, _) =>
            {
                answersAtOnce.SetResult(connection.NoDelay);
                return Task.CompletedTask;
            },
            stop.Token);

        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.Endpoint!, stop.Token);

        Assert.True(await answersAtOnce.Task.WaitAsync(stop.Token));
        await stop.CancelAsync();
        await running;
    }
}

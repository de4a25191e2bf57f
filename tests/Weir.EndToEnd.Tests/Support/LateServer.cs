using System.Net;
using System.Net.Sockets;

namespace Weir.EndToEnd.Tests.Support;

/// <summary>A port that is closed until it is told to lead to another one: a mail server that is down and comes back.</summary>
internal sealed class LateServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private TcpListener? _listener;
    private Task _serving = Task.CompletedTask;

    public LateServer()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public int Port { get; }

    public void Open(int target)
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _serving = ServeAsync(_listener, target);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener?.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync(TcpListener listener, int target)
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await listener.AcceptTcpClientAsync(_end.Token), target);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(TcpClient client, int target)
    {
        using var one = client;
        using var other = new TcpClient();
        try
        {
            await other.ConnectAsync(IPAddress.Loopback, target, _end.Token);
            var (near, far) = (one.GetStream(), other.GetStream());
            await Task.WhenAny(near.CopyToAsync(far, _end.Token), far.CopyToAsync(near, _end.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or IOException)
        {
            // One of the two hung up.
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Weir.Browser.Tests;

/// <summary>A mail server that takes everything and keeps it.</summary>
internal sealed class SmallMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<MimeMessage> _mail = new();
    private readonly Task _serving;

    public SmallMailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The first mail to an address with such a subject, when it is there.</summary>
    public async Task<MimeMessage> WaitForAsync(string recipient, string subject)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (_mail.FirstOrDefault(mail => mail.To.Mailboxes.Any(to => to.Address == recipient) && mail.Subject?.Contains(subject, StringComparison.Ordinal) == true) is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var one = client;
        await using var stream = one.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        Task SayAsync(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _end.Token).AsTask();
        await SayAsync("220 small");
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            if (line == "DATA")
            {
                await SayAsync("354 go on");
                var data = new StringBuilder();
                while (await reader.ReadLineAsync(_end.Token) is { } text && text != ".")
                {
                    data.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
                }

                using var raw = new MemoryStream(Encoding.Latin1.GetBytes(data.ToString()));
                _mail.Enqueue(await MimeMessage.LoadAsync(raw, _end.Token));
            }

            await SayAsync(line == "QUIT" ? "221 bye" : "250 fine");
        }
    }
}

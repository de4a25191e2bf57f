using System.Collections.Concurrent;
using System.Diagnostics;

namespace Weir.Bench.Mail;

/// <summary>Several connections to one port, kept open, that share the messages of a turn.</summary>
internal sealed class SmtpLoad : IAsyncDisposable
{
    private readonly List<SmtpConnection> _connections = [];

    public static async Task<SmtpLoad> OpenAsync(int port, int connections, string? stranger, CancellationToken cancellationToken)
    {
        var load = new SmtpLoad();
        for (var i = 0; i < connections; i++)
        {
            load._connections.Add(await SmtpConnection.OpenAsync(port, stranger, cancellationToken));
        }

        return load;
    }

    /// <summary>Sends all; every one must be taken.</summary>
    /// <returns>The time for all, and of each from the end of its data to the answer.</returns>
    public async Task<(TimeSpan All, IReadOnlyList<TimeSpan> Each)> SendAsync(IReadOnlyList<SmtpMail> mails, string recipient, CancellationToken cancellationToken)
    {
        var waiting = new ConcurrentQueue<SmtpMail>(mails);
        var each = new ConcurrentBag<TimeSpan>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(_connections.Select(async connection =>
        {
            while (waiting.TryDequeue(out var mail))
            {
                each.Add(await connection.SendAsync(mail, recipient, cancellationToken));
            }
        }));
        return (clock.Elapsed, [.. each]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Weir.Bench.Mail;

/// <summary>A connection to a mail server over which one message follows the other, its commands pipelined as mail servers do.</summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private StreamReader? _reader;
    private NetworkStream? _stream;

    /// <summary>Connects and greets.</summary>
    /// <param name="stranger">The address that the mail server takes the client for (XCLIENT); nothing: the one it has.</param>
    public static async Task<SmtpConnection> OpenAsync(int port, string? stranger, CancellationToken cancellationToken)
    {
        var connection = new SmtpConnection();
        await connection._client.ConnectAsync("127.0.0.1", port, cancellationToken);
        connection._stream = connection._client.GetStream();
        connection._reader = new StreamReader(connection._stream, Encoding.Latin1);
        await connection.ExpectAsync("220", cancellationToken);
        if (stranger is not null)
        {
            await connection.SayAsync("EHLO mx.good.example\r\n", cancellationToken);
            await connection.ExpectAsync("250", cancellationToken);
            await connection.SayAsync($"XCLIENT NAME=mx.good.example ADDR={stranger}\r\n", cancellationToken);
            await connection.ExpectAsync("220", cancellationToken);
        }

        await connection.SayAsync("EHLO mx.good.example\r\n", cancellationToken);
        await connection.ExpectAsync("250", cancellationToken);
        return connection;
    }

    /// <summary>Sends a message; it must be taken.</summary>
    /// <returns>From the end of its data to the answer.</returns>
    public async Task<TimeSpan> SendAsync(SmtpMail mail, string recipient, CancellationToken cancellationToken)
    {
        await SayAsync(string.Create(CultureInfo.InvariantCulture, $"MAIL FROM:<{mail.MailFrom}> BODY=8BITMIME\r\nRCPT TO:<{recipient}>\r\nDATA\r\n"), cancellationToken);
        await ExpectAsync("250", cancellationToken);
        await ExpectAsync("250", cancellationToken);
        await ExpectAsync("354", cancellationToken);
        await (_stream ?? throw new InvalidOperationException("Not connected.")).WriteAsync(mail.Data, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await ExpectAsync("250", cancellationToken, mail.File);
        return Stopwatch.GetElapsedTime(started);
    }

    public ValueTask DisposeAsync()
    {
        _reader?.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private ValueTask SayAsync(string text, CancellationToken cancellationToken) =>
        (_stream ?? throw new InvalidOperationException("Not connected.")).WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);

    private async Task ExpectAsync(string code, CancellationToken cancellationToken, string about = "")
    {
        while (true)
        {
            var line = await (_reader ?? throw new InvalidOperationException("Not connected.")).ReadLineAsync(cancellationToken) ?? throw new IOException($"The mail server closed the connection. {about}");
            if (!line.StartsWith(code, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The mail server says {line} {about}");
            }

            if (line.Length <= code.Length || line[code.Length] != '-')
            {
                return;
            }
        }
    }
}

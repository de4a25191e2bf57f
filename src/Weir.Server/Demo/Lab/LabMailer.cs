using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Weir.Mail.Contracts;

namespace Weir.Server.Demo.Lab;

/// <summary>Hands the sample's mail to Postfix by SMTP, in the name of the client that the sample says (XCLIENT), exactly as it was written but for line ends.</summary>
internal sealed class LabMailer(int smtp, int submission)
{
    private const string Queued = "queued as ";

    /// <summary>Hands in a message. Returns Postfix's queue id; empty when it was refused.</summary>
    /// <exception cref="IOException">The server went away.</exception>
    public async Task<string> SendAsync(Envelope envelope, ReadOnlyMemory<byte> raw, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, envelope.AuthenticatedUser.Length > 0 ? submission : smtp, cancellationToken);
        await using var stream = socket.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        async Task<string> SayAsync(string line)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);
            return await ReplyAsync(reader, cancellationToken);
        }

        await ReplyAsync(reader, cancellationToken);
        await SayAsync("EHLO localhost");
        await SayAsync(ClientOf(envelope));
        await SayAsync($"EHLO {(envelope.Helo.Length > 0 ? envelope.Helo : "unknown")}");
        await SayAsync($"MAIL FROM:<{envelope.MailFrom}>");
        var isTaken = false;
        foreach (var recipient in envelope.Recipients)
        {
            isTaken |= IsGood(await SayAsync($"RCPT TO:<{recipient}>"));
        }

        var answer = "";
        if (isTaken && raw.Length > 0 && (await SayAsync("DATA")).StartsWith("354", StringComparison.Ordinal))
        {
            await stream.WriteAsync(Dotted(raw.Span), cancellationToken);
            answer = await ReplyAsync(reader, cancellationToken);
        }

        await SayAsync("QUIT");
        var queued = answer.IndexOf(Queued, StringComparison.Ordinal);
        return IsGood(answer) && queued >= 0 ? answer[(queued + Queued.Length)..].Trim() : "";
    }

    /// <summary>Asks for one recipient and sends nothing.</summary>
    public Task KnockAsync(Envelope envelope, CancellationToken cancellationToken) => SendAsync(envelope, ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>The message as SMTP has it: lines end in CR LF, a dot at the begin of a line is doubled, a dot alone ends it (RFC 5321 §4.5.2).</summary>
    internal static byte[] Dotted(ReadOnlySpan<byte> raw)
    {
        var sent = new List<byte>(raw.Length + 64);
        var last = (byte)'\n';
        foreach (var one in raw)
        {
            if (one == '\n' && last != '\r')
            {
                sent.Add((byte)'\r');
            }
            else if (one == '.' && last == '\n')
            {
                sent.Add((byte)'.');
            }

            sent.Add(one);
            last = one;
        }

        sent.AddRange(last == '\n' ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return [.. sent];
    }

    /// <summary>XCLIENT as Postfix reads it (XCLIENT_README); a value that it could not be told is left out.</summary>
    internal static string ClientOf(Envelope envelope)
    {
        var address = !IPAddress.TryParse(envelope.ClientIp, out var read) ? "[UNAVAILABLE]" : read.AddressFamily == AddressFamily.InterNetworkV6 ? $"IPV6:{read}" : read.ToString();
        var login = envelope.AuthenticatedUser.Length > 0 ? $" LOGIN={Xtext(envelope.AuthenticatedUser)}" : "";
        return $"XCLIENT ADDR={address} NAME={(envelope.ClientName.Length > 0 ? Xtext(envelope.ClientName) : "[UNAVAILABLE]")}{login}";
    }

    /// <summary>RFC 3461 §4.</summary>
    private static string Xtext(string value) =>
        string.Concat(value.Select(c => c is > ' ' and < '\x7F' and not '+' and not '=' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"+{(int)c & 0xFF:X2}")));

    private static bool IsGood(string reply) => reply.StartsWith('2');

    /// <summary>The last line of a reply.</summary>
    private static async Task<string> ReplyAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        string line;
        do
        {
            line = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("Postfix closed the connection.");
        }
        while (line.Length > 3 && line[3] == '-');
        return line;
    }
}

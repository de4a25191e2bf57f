using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Weir.Mailboxes.Sending;

/// <summary>One conversation with a mail server (RFC 5321), for one message whose bytes must not change: libraries write what they parsed.</summary>
internal sealed class SmtpConversation(SendingOptions options) : IDisposable
{
    private const int LongestReply = 64 * 1024;

    private readonly TcpClient _client = new();
    private readonly byte[] _buffer = new byte[4_096];
    private Stream? _stream;
    private int _read;
    private int _held;

    /// <summary>What the server can, from its answer to EHLO.</summary>
    private IReadOnlyList<string> _can = [];

    /// <summary>Connects, protects the connection and signs in.</summary>
    /// <returns>The first answer that is not good; nothing when all was.</returns>
    public async Task<SmtpReply?> OpenAsync(CancellationToken cancellationToken)
    {
        await _client.ConnectAsync(options.Host, options.Port, cancellationToken);
        _stream = _client.GetStream();
        if (options.Security == SendingSecurity.Tls)
        {
            await ProtectAsync(cancellationToken);
        }

        var greeting = await ReadAsync(cancellationToken);
        if (!greeting.IsGood)
        {
            return greeting;
        }

        if (await GreetAsync(cancellationToken) is { IsGood: false } unfriendly)
        {
            return unfriendly;
        }

        if (options.Security == SendingSecurity.StartTls)
        {
            if (await SayAsync("STARTTLS", cancellationToken) is { IsGood: false } refused)
            {
                return refused with { Code = 454 };
            }

            // What came before the protection counts for nothing.
            _held = _read = 0;
            await ProtectAsync(cancellationToken);
            if (await GreetAsync(cancellationToken) is { IsGood: false } again)
            {
                return again;
            }
        }

        return options.User.Length > 0 ? await SignInAsync(cancellationToken) : null;
    }

    /// <summary>Envelope and data.</summary>
    /// <param name="toldAll">Called when the last byte is about to be sent: from here on a lost connection says nothing.</param>
    public async Task<SmtpReply> SendAsync(ReadOnlyMemory<byte> raw, string mailFrom, string recipient, Action toldAll, CancellationToken cancellationToken)
    {
        var isInternational = !Ascii.IsValid(mailFrom) || !Ascii.IsValid(recipient);
        var parameters = (Can("8BITMIME") ? " BODY=8BITMIME" : "") + (isInternational && Can("SMTPUTF8") ? " SMTPUTF8" : "") + (Can("SIZE") ? string.Create(CultureInfo.InvariantCulture, $" SIZE={raw.Length}") : "");
        foreach (var line in new[] { $"MAIL FROM:<{mailFrom}>{parameters}", $"RCPT TO:<{recipient}>" })
        {
            if (await SayAsync(line, cancellationToken) is { IsGood: false } refused)
            {
                return refused;
            }
        }

        if (await SayAsync("DATA", cancellationToken) is { Code: not 354 } no)
        {
            return no.IsGood ? no with { Code = 451 } : no;
        }

        await Stream.WriteAsync(DotStuffing.Of(raw.Span), cancellationToken);
        toldAll();
        await Stream.WriteAsync(".\r\n"u8.ToArray(), cancellationToken);
        await Stream.FlushAsync(cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    /// <summary>Says goodbye; what the server answers is of no interest.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken) => await Stream.WriteAsync("QUIT\r\n"u8.ToArray(), cancellationToken);

    public void Dispose()
    {
        _stream?.Dispose();
        _client.Dispose();
    }

    private Stream Stream => _stream ?? throw new InvalidOperationException("Not connected.");

    private bool Can(string what) => _can.Any(line => line.Equals(what, StringComparison.OrdinalIgnoreCase) || line.StartsWith(what + " ", StringComparison.OrdinalIgnoreCase));

    private async Task<SmtpReply> GreetAsync(CancellationToken cancellationToken)
    {
        var answer = await SayAsync("EHLO weir", cancellationToken);
        _can = answer.Lines;
        return answer;
    }

    private async Task<SmtpReply?> SignInAsync(CancellationToken cancellationToken)
    {
        var password = (await File.ReadAllLinesAsync(options.PasswordFile, cancellationToken)).FirstOrDefault("");
        var answer = await SayAsync("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{options.User}\0{password}")), cancellationToken);
        // A wrong password is for the administrator to mend; the mail waits.
        return answer.IsGood ? null : answer with { Code = 454 };
    }

    private async Task ProtectAsync(CancellationToken cancellationToken)
    {
        var secured = new SslStream(Stream, leaveInnerStreamOpen: false);
        _stream = secured;
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = options.Host, RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors) }, cancellationToken);
    }

    private bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors) =>
        options.CertificateSha256.Length > 0
            ? certificate?.GetCertHashString(HashAlgorithmName.SHA256).Equals(options.CertificateSha256.Replace(":", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase) == true
            : errors == SslPolicyErrors.None;

    private async Task<SmtpReply> SayAsync(string line, CancellationToken cancellationToken)
    {
        if (line.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
        {
            return new SmtpReply(501, ["An address with a line break."]);
        }

        await Stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);
        await Stream.FlushAsync(cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    private async Task<SmtpReply> ReadAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var length = 0;
        while (true)
        {
            var line = await LineAsync(cancellationToken);
            length += line.Length;
            if (length > LongestReply || line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                throw new IOException("the server does not speak SMTP");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
            {
                return new SmtpReply(code, lines);
            }
        }
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_read == _held)
            {
                (_read, _held) = (0, await Stream.ReadAsync(_buffer, cancellationToken));
                if (_held == 0)
                {
                    throw new IOException("the server closed the connection");
                }
            }

            var character = (char)_buffer[_read++];
            if (character == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            if (line.Append(character).Length > LongestReply)
            {
                throw new IOException("the server does not speak SMTP");
            }
        }
    }
}

/// <summary>A reply of a mail server.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsGood => Code is >= 200 and < 400;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {string.Join(' ', Lines)}");
}

using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Weir.Mailboxes.Connectors.Imap;

/// <summary>Opens connections as the options say.</summary>
internal sealed class ImapLogin(ImapOptions options, TimeProvider time)
{
    /// <summary>Connects and greets the server, without logging in.</summary>
    public async Task GreetAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var client = NewClient();
        await client.ConnectAsync(options.Host, options.Port, SocketOptions, both.Token);
        await client.DisconnectAsync(quit: true, both.Token);
    }

    /// <param name="login">The name sent to log in.</param>
    /// <param name="authorizeAs">The mailbox to act as; nothing when the name says it.</param>
    public async Task<ImapClient> ConnectAsync(string login, string? authorizeAs, CancellationToken cancellationToken)
    {
        var client = NewClient();
        try
        {
            await client.ConnectAsync(options.Host, options.Port, SocketOptions, cancellationToken);
            var password = options.PasswordFile.Length > 0
                ? (await File.ReadAllTextAsync(options.PasswordFile, cancellationToken)).Split('\n')[0].TrimEnd('\r')
                : options.Password;
            await client.AuthenticateAsync(new SaslMechanismPlain(new NetworkCredential(login, password)) { AuthorizationId = authorizeAs }, cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private SecureSocketOptions SocketOptions => options.Security switch
    {
        ImapSecurity.Tls => SecureSocketOptions.SslOnConnect,
        ImapSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private ImapClient NewClient()
    {
        // Own authorities seldom publish revocation lists, and a pinned certificate has none.
        var client = new ImapClient { Timeout = options.TimeoutSeconds * 1000, CheckCertificateRevocation = false };
        if (options.CertificateSha256.Length > 0)
        {
            client.ServerCertificateValidationCallback = IsPinned;
        }

        return client;
    }

    private bool IsPinned(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is not null
        && certificate.GetCertHashString(HashAlgorithmName.SHA256)
            .Equals(options.CertificateSha256.Replace(":", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
}

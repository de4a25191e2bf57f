using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Weir.Mailboxes.Connectors.Imap;

/// <summary>A limited number of connections. One that has just worked is kept a while for its mailbox: finding, moving and proving come in a row.</summary>
internal sealed class ImapConnections(ImapOptions options, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _slots = new(options.Connections);

    /// <summary>Oldest first. A rented connection holds a slot; a kept one holds none, so before renting, kept ones are closed until all together fit.</summary>
    private readonly List<Kept> _kept = [];

    private int _rented;

    public async ValueTask<RentedConnection> RentAsync(MailboxAddress mailbox, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        ImapClient? client = null;
        try
        {
            client = await TakeKeptAsync(mailbox.ToString(), cancellationToken) ?? await ConnectAsync(mailbox, cancellationToken);
            return new RentedConnection(this, mailbox.ToString(), client);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Connects and greets the server, without logging in.</summary>
    public async Task GreetAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var client = NewClient();
        await client.ConnectAsync(options.Host, options.Port, SocketOptions, both.Token);
        await client.DisconnectAsync(quit: true, both.Token);
    }

    public async ValueTask GiveBackAsync(RentedConnection connection)
    {
        try
        {
            if (!connection.IsHealthy || !connection.Client.IsAuthenticated)
            {
                connection.Client.Dispose();
                return;
            }

            List<Kept> old;
            lock (_kept)
            {
                _kept.Add(new Kept(connection.Mailbox, connection.Client, time.GetUtcNow()));
                old = TakeOutWhile(() => _kept.Count + _rented > options.Connections);
            }

            await CloseAsync(old);
        }
        finally
        {
            Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Kept> all;
        lock (_kept)
        {
            all = [.. _kept];
            _kept.Clear();
        }

        await CloseAsync(all);
        _slots.Dispose();
    }

    private SecureSocketOptions SocketOptions => options.Security switch
    {
        ImapSecurity.Tls => SecureSocketOptions.SslOnConnect,
        ImapSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private async Task<ImapClient?> TakeKeptAsync(string mailbox, CancellationToken cancellationToken)
    {
        ImapClient? mine = null;
        List<Kept> old;
        lock (_kept)
        {
            _rented++;
            var oldest = time.GetUtcNow() - KeepFor;
            var index = _kept.FindLastIndex(kept => kept.Mailbox == mailbox && kept.Since >= oldest);
            if (index >= 0)
            {
                mine = _kept[index].Client;
                _kept.RemoveAt(index);
            }

            old = TakeOutWhile(() => _kept.Count > 0 && (_kept[0].Since < oldest || _kept.Count + _rented > options.Connections));
        }

        await CloseAsync(old);
        if (mine is null)
        {
            return null;
        }

        try
        {
            await mine.NoOpAsync(cancellationToken);
            return mine;
        }
        catch (Exception dead) when (dead is IOException or MailKit.ProtocolException or MailKit.ServiceNotConnectedException)
        {
            mine.Dispose();
            return null;
        }
    }

    private List<Kept> TakeOutWhile(Func<bool> tooMany)
    {
        var old = new List<Kept>();
        while (_kept.Count > 0 && tooMany())
        {
            old.Add(_kept[0]);
            _kept.RemoveAt(0);
        }

        return old;
    }

    private void Leave()
    {
        lock (_kept)
        {
            _rented--;
        }

        _slots.Release();
    }

    private async Task<ImapClient> ConnectAsync(MailboxAddress mailbox, CancellationToken cancellationToken)
    {
        var client = NewClient();
        try
        {
            await client.ConnectAsync(options.Host, options.Port, SocketOptions, cancellationToken);
            var password = options.PasswordFile.Length > 0
                ? (await File.ReadAllTextAsync(options.PasswordFile, cancellationToken)).Split('\n')[0].TrimEnd('\r')
                : options.Password;
            var login = mailbox.Fill(options.Login).Replace("{master}", options.MasterUser, StringComparison.Ordinal);
            await client.AuthenticateAsync(
                new SaslMechanismPlain(new NetworkCredential(login, password)) { AuthorizationId = AuthorizationOf(mailbox) }, cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private string? AuthorizationOf(MailboxAddress mailbox) =>
        options.AuthorizeAs.Length == 0 ? null : mailbox.Fill(options.AuthorizeAs).Replace("{master}", options.MasterUser, StringComparison.Ordinal);

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

    private static async Task CloseAsync(List<Kept> connections)
    {
        foreach (var kept in connections)
        {
            using (kept.Client)
            {
                if (kept.Client.IsConnected)
                {
                    // Without a farewell: it would wait for a server that may be gone.
                    await kept.Client.DisconnectAsync(quit: false);
                }
            }
        }
    }

    private sealed record Kept(string Mailbox, ImapClient Client, DateTimeOffset Since);
}

/// <summary>A connection in use. Only one that finished its work is kept; a broken or half-used one is closed.</summary>
internal sealed class RentedConnection(ImapConnections connections, string mailbox, ImapClient client) : IAsyncDisposable
{
    public string Mailbox { get; } = mailbox;

    public ImapClient Client { get; } = client;

    public bool IsHealthy { get; set; }

    public ValueTask DisposeAsync() => connections.GiveBackAsync(this);
}

using MailKit.Net.Imap;

namespace Weir.Mailboxes.Connectors.Imap;

/// <summary>A limited number of connections. One that has just worked is kept a while for its mailbox: finding, moving and proving come in a row.</summary>
internal sealed class ImapConnections(ImapOptions options, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(20);

    private readonly ImapLogin _login = new(options, time);
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
    public Task GreetAsync(CancellationToken cancellationToken) => _login.GreetAsync(cancellationToken);

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

    private Task<ImapClient> ConnectAsync(MailboxAddress mailbox, CancellationToken cancellationToken) =>
        _login.ConnectAsync(Filled(mailbox, options.Login), options.AuthorizeAs.Length == 0 ? null : Filled(mailbox, options.AuthorizeAs), cancellationToken);

    private string Filled(MailboxAddress mailbox, string template) => mailbox.Fill(template).Replace("{master}", options.MasterUser, StringComparison.Ordinal);

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

using MailKit;
using MailKit.Net.Imap;
using Microsoft.Extensions.Time.Testing;
using Weir.Mailboxes.Connectors.Imap;
using Weir.Mailboxes.Contracts;
using Weir.Mailboxes.Tests.Support;

namespace Weir.Mailboxes.Tests.Connectors;

public sealed class ImapConnectorTests(Dovecot dovecot) : ConnectorContract, IAsyncLifetime
{
    private ImapConnector? _connector;

    internal override IMailboxConnector Connector => _connector!; // set before each test

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await dovecot.RequireAsync();
        _connector = new ImapConnector(dovecot.Options, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connector is not null)
        {
            await _connector.DisposeAsync();
        }
    }

    internal override Task MakeAsync(string mailbox) => Task.CompletedTask;

    [Fact]
    public async Task The_person_sees_it_gone_and_back_with_date_and_flags()
    {
        var (mailbox, message) = await DeliverAsync();
        using var own = await SignInAsync(mailbox);
        await own.Inbox!.OpenAsync(FolderAccess.ReadWrite, Token);
        await own.Inbox.AddFlagsAsync(0, MessageFlags.Seen | MessageFlags.Flagged, silent: true, Token);

        await _connector!.MoveAsync(mailbox, message, MailboxPlace.SoftDeleted, Token);
        await own.NoOpAsync(Token);
        var whileAway = own.Inbox.Count;
        await _connector.MoveAsync(mailbox, message, MailboxPlace.Inbox, Token);
        await own.NoOpAsync(Token);

        var summary = Assert.Single(await own.Inbox.FetchAsync(0, -1, MessageSummaryItems.Flags | MessageSummaryItems.InternalDate, Token));
        Assert.Equal(0, whileAway);
        Assert.Equal(message.ReceivedAt, summary.InternalDate);
        Assert.True(summary.Flags!.Value.HasFlag(MessageFlags.Seen | MessageFlags.Flagged));
    }

    [Fact]
    public async Task Finding_a_message_does_not_mark_it_read()
    {
        var (mailbox, message) = await DeliverAsync();

        await _connector!.FindAsync(mailbox, message, Token);

        Assert.False(Assert.Single(await _connector.FindAsync(mailbox, message, Token)).IsRead);
    }

    [Fact]
    public async Task The_recoverable_folder_is_made_and_not_subscribed()
    {
        var (mailbox, message) = await DeliverAsync();

        await _connector!.MoveAsync(mailbox, message, MailboxPlace.SoftDeleted, Token);

        using var own = await SignInAsync(mailbox);
        var folders = await own.GetFoldersAsync(own.PersonalNamespaces[0], StatusItems.None, subscribedOnly: false, Token);
        Assert.Contains(folders, folder => folder.FullName == "Recoverable" && !folder.IsSubscribed);
    }

    [Fact]
    public async Task It_goes_back_into_a_folder_of_the_persons_own()
    {
        var (mailbox, message) = await DeliverAsync();
        using var own = await SignInAsync(mailbox);
        var folder = await own.GetFolder(own.PersonalNamespaces[0]).CreateAsync("Projekte für 2026", isMessageFolder: true, Token);
        await own.Inbox!.OpenAsync(FolderAccess.ReadWrite, Token);
        await own.Inbox.MoveToAsync(0, folder!, Token);

        var away = await _connector!.MoveAsync(mailbox, message, MailboxPlace.Junk, Token);
        var back = await _connector.MoveAsync(mailbox, message, new MailboxDestination(MailboxPlace.OtherFolder, away.Before[0].Folder), Token);

        var found = Assert.Single(await _connector.FindAsync(mailbox, message, Token));
        Assert.Equal((MailboxPlace.OtherFolder, "Success", "Projekte für 2026"), (away.From, back.Text, found.Folder));
    }

    [Fact]
    public async Task What_the_person_marked_deleted_survives_a_purge_of_something_else()
    {
        var (mailbox, message) = await DeliverAsync();
        var kept = Some.IdentityOf(Some.Mail(body: "Keep me.\r\n"));
        await _connector!.AppendAsync(mailbox, Some.Delivered(Some.Mail(body: "Keep me.\r\n"), kept), MailboxPlace.Inbox, Token);
        using var own = await SignInAsync(mailbox);
        await own.Inbox!.OpenAsync(FolderAccess.ReadWrite, Token);
        await own.Inbox.AddFlagsAsync(1, MessageFlags.Deleted, silent: true, Token);

        await _connector.MoveAsync(mailbox, message, MailboxPlace.HardDeleted, Token);

        Assert.Single(await _connector.FindAsync(mailbox, kept, Token));
    }

    [Fact]
    public async Task A_wrong_master_password_is_a_reason()
    {
        var (mailbox, message) = await DeliverAsync();
        await using var connector = new ImapConnector(dovecot.Options with { Password = "wrong" }, TimeProvider.System);

        var result = await connector.MoveAsync(mailbox, message, MailboxPlace.Junk, Token);

        Assert.StartsWith("Failure: the server refused the login", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_can_lie_in_a_file()
    {
        var (mailbox, message) = await DeliverAsync();
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "secret");
        await File.WriteAllTextAsync(file, Dovecot.MasterPassword + "\n", Token);
        await using var connector = new ImapConnector(dovecot.Options with { Password = "", PasswordFile = file }, TimeProvider.System);

        Assert.Equal("Success", (await connector.MoveAsync(mailbox, message, MailboxPlace.Junk, Token)).Text);
    }

    [Fact]
    public async Task A_master_user_can_act_by_authorization_id()
    {
        var (mailbox, message) = await DeliverAsync();
        await using var connector = new ImapConnector(dovecot.Options with { Login = "{master}", AuthorizeAs = "{mailbox}" }, TimeProvider.System);

        Assert.Equal("Success", (await connector.MoveAsync(mailbox, message, MailboxPlace.Junk, Token)).Text);
    }

    [Theory]
    [InlineData(nameof(ImapSecurity.Tls))]
    [InlineData(nameof(ImapSecurity.StartTls))]
    public async Task Over_TLS_a_certificate_that_is_pinned_is_trusted(string security)
    {
        var (mailbox, message) = await DeliverAsync();
        await using var connector = new ImapConnector(OverTls(security) with { CertificateSha256 = dovecot.CertificateSha256 }, TimeProvider.System);

        Assert.Equal("Success", (await connector.MoveAsync(mailbox, message, MailboxPlace.Junk, Token)).Text);
    }

    [Theory]
    [InlineData(nameof(ImapSecurity.Tls), "")]
    [InlineData(nameof(ImapSecurity.StartTls), "")]
    [InlineData(nameof(ImapSecurity.Tls), "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF")]
    public async Task Over_TLS_a_certificate_that_nobody_vouches_for_is_refused_before_the_password_is_sent(string security, string pinned)
    {
        var (mailbox, message) = await DeliverAsync();
        await using var connector = new ImapConnector(OverTls(security) with { CertificateSha256 = pinned }, TimeProvider.System);

        var result = await connector.MoveAsync(mailbox, message, MailboxPlace.Junk, Token);

        Assert.StartsWith("Failure: no trusted TLS connection to 127.0.0.1:", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_TLS_is_wanted_a_server_without_it_is_not_spoken_to()
    {
        await using var connector = new ImapConnector(dovecot.Options with { Security = ImapSecurity.Tls }, TimeProvider.System);

        Assert.StartsWith("no trusted TLS connection", await connector.CheckAsync(Token), StringComparison.Ordinal);
    }

    private ImapOptions OverTls(string security)
    {
        var wanted = Enum.Parse<ImapSecurity>(security);
        return dovecot.Options with { Security = wanted, Port = wanted == ImapSecurity.Tls ? dovecot.TlsPort : dovecot.Port };
    }

    [Fact]
    public async Task A_server_that_is_down_is_a_reason_and_a_check_says_so()
    {
        await using var connector = new ImapConnector(dovecot.Options with { Port = 1 }, TimeProvider.System);

        var result = await connector.MoveAsync("p@corp.example", Some.IdentityOf(Some.Mail()), MailboxPlace.Junk, Token);

        Assert.Equal("Failure: cannot connect to 127.0.0.1:1: ConnectionRefused", result.Text);
        Assert.Equal("cannot connect to 127.0.0.1:1: ConnectionRefused", await connector.CheckAsync(Token));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var time = new FakeTimeProvider();
        await using var connector = new ImapConnector(dovecot.Options with { Port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port }, time);

        var move = connector.MoveAsync("p@corp.example", Some.IdentityOf(Some.Mail()), MailboxPlace.Junk, Token);
        using var accepted = await silent.AcceptTcpClientAsync(Token);
        time.Advance(TimeSpan.FromSeconds(21));

        Assert.EndsWith("did not finish within 20 s", (await move).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thirty_mailboxes_at_once_share_two_connections()
    {
        await using var connector = new ImapConnector(dovecot.Options with { Connections = 2 }, TimeProvider.System);
        var delivered = new List<(string Mailbox, MessageIdentity Message)>();
        for (var i = 0; i < 30; i++)
        {
            delivered.Add(await DeliverAsync());
        }

        var results = await Task.WhenAll(delivered.Select(one => connector.MoveAsync(one.Mailbox, one.Message, MailboxPlace.Junk, Token).AsTask()));

        Assert.All(results, result => Assert.Equal("Success", result.Text));
    }

    private async Task<(string Mailbox, MessageIdentity Message)> DeliverAsync()
    {
        var (mailbox, raw) = (Some.Mailbox(), Some.Mail());
        var message = Some.IdentityOf(raw);
        await _connector!.AppendAsync(mailbox, Some.Delivered(raw, message), MailboxPlace.Inbox, Token);
        return (mailbox, message);
    }

    private async Task<ImapClient> SignInAsync(string mailbox)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", dovecot.Port, MailKit.Security.SecureSocketOptions.None, Token);
        await client.AuthenticateAsync(mailbox, "own-secret", Token);
        return client;
    }
}

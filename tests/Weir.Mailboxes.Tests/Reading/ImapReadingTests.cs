using System.Net;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;
using Weir.Mailboxes.Contracts;
using Weir.Mailboxes.Tests.Support;

namespace Weir.Mailboxes.Tests.Reading;

/// <summary>Against a real Dovecot.</summary>
public sealed class ImapReadingTests(Dovecot dovecot) : IAsyncLifetime
{
    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await dovecot.RequireAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Many_mailboxes_are_read_by_the_master_user_and_every_flag_stays_as_it_is()
    {
        var (ann, bob) = (Some.Mailbox(), Some.Mailbox());
        await AppendAsync(ann, "INBOX", 130, MessageFlags.None);
        await AppendAsync(ann, "Spam", 1, MessageFlags.Seen | MessageFlags.Answered);
        await AppendAsync(bob, "INBOX", 1, MessageFlags.Flagged);
        var before = (await StateAsync(ann, "INBOX"), await StateAsync(ann, "Spam"));

        await using var reading = MailboxReading.OfServer(Settings(ann, bob), TimeProvider.System);
        var read = await ReadAsync(reading, headersOnly: false);

        Assert.Equal(before, (await StateAsync(ann, "INBOX"), await StateAsync(ann, "Spam")));
        Assert.Equal(132, read.Count);
        Assert.All(read, message => Assert.Contains("please pay", System.Text.Encoding.UTF8.GetString(message.Message.Raw.Span), StringComparison.Ordinal));
        var junk = Assert.Single(read, message => message.Folder.Use == FolderUse.Junk);
        Assert.Equal((true, true, false), (junk.Message.IsRead, junk.Message.IsAnswered, junk.Message.IsFlagged));
        Assert.True(Assert.Single(read, message => message.Mailbox.Address == bob).Message.IsFlagged);
        Assert.DoesNotContain(read, message => message.Mailbox.Address == ann && message.Folder.Use == FolderUse.Inbox && message.Message.IsRead);
    }

    [Fact]
    public async Task Of_sent_mail_only_the_fields_are_read_and_only_what_is_young_enough()
    {
        var ann = Some.Mailbox();
        await AppendAsync(ann, "INBOX", 2, MessageFlags.None);
        await AppendAsync(ann, "INBOX", 1, MessageFlags.None, TimeProvider.System.GetUtcNow().AddDays(-40));

        await using var reading = MailboxReading.OfServer(Settings(ann), TimeProvider.System);
        var read = await ReadAsync(reading, headersOnly: true);

        Assert.Equal(2, read.Count);
        Assert.All(read, message =>
        {
            var text = System.Text.Encoding.UTF8.GetString(message.Message.Raw.Span);
            Assert.Contains("<1@sender.example>", text, StringComparison.Ordinal);
            Assert.DoesNotContain("please pay", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_refused_login_and_an_untrusted_certificate_say_what_to_do()
    {
        await using var refused = MailboxReading.OfServer(Settings(Some.Mailbox()) with { Password = "wrong" }, TimeProvider.System);
        await using var untrusted = MailboxReading.OfServer(Settings(Some.Mailbox()) with { IsPlain = false, Port = dovecot.TlsPort }, TimeProvider.System);
        var pinned = Some.Mailbox();
        await using var trusted = MailboxReading.OfServer(Settings(pinned) with { IsPlain = false, Port = dovecot.TlsPort, CertificateSha256 = dovecot.CertificateSha256 }, TimeProvider.System);

        var login = await Assert.ThrowsAsync<MailboxException>(() => ReadAsync(refused, headersOnly: false));
        var tls = await Assert.ThrowsAsync<MailboxException>(() => ReadAsync(untrusted, headersOnly: false));

        Assert.Contains("refused the login", login.Message, StringComparison.Ordinal);
        Assert.Contains("certificate", tls.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await ReadAsync(trusted, headersOnly: false));
    }

    [Fact]
    public void A_password_does_not_cross_the_network_in_the_clear()
    {
        var refused = Assert.Throws<MailboxException>(() => MailboxReading.OfServer(Settings("a@corp.example") with { Host = "mail.corp.example" }, TimeProvider.System));

        Assert.Contains("in the clear", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<List<(MailboxToRead Mailbox, FolderToRead Folder, StoredMessage Message)>> ReadAsync(IReadMailboxes reading, bool headersOnly)
    {
        var read = new List<(MailboxToRead, FolderToRead, StoredMessage)>();
        foreach (var mailbox in await reading.ListAsync(Token))
        {
            foreach (var folder in await reading.FoldersAsync(mailbox, Token))
            {
                await foreach (var message in reading.ReadAsync(mailbox, folder, TimeProvider.System.GetUtcNow().AddDays(-30), headersOnly, Token))
                {
                    read.Add((mailbox, folder, message));
                }
            }
        }

        return read;
    }

    private ImapToRead Settings(params string[] mailboxes) => new() { Host = "127.0.0.1", Port = dovecot.Port, IsPlain = true, Mailboxes = mailboxes, MasterUser = "weir", Password = Dovecot.MasterPassword };

    private async Task AppendAsync(string mailbox, string folder, int count, MessageFlags flags, DateTimeOffset? at = null)
    {
        using var client = await SignInAsync(mailbox);
        using var stream = new MemoryStream(Some.Mail());
        using var message = await MimeMessage.LoadAsync(stream, Token);
        var opened = await client.GetFolderAsync(folder, Token);
        for (var i = 0; i < count; i++)
        {
            await opened.AppendAsync(new AppendRequest(message, flags, at ?? Yesterday), Token);
        }
    }

    /// <summary>All flags, \Recent as the server keeps it included, read without taking it away.</summary>
    private async Task<string> StateAsync(string mailbox, string folder)
    {
        using var client = await SignInAsync(mailbox);
        var opened = await client.GetFolderAsync(folder, Token);
        await opened.StatusAsync(StatusItems.Recent | StatusItems.Unread | StatusItems.HighestModSeq, Token);
        var counts = $"{opened.Recent} {opened.Unread} {opened.HighestModSeq}";
        await opened.OpenAsync(FolderAccess.ReadOnly, Token);
        return $"{counts}: {string.Join(' ', (await opened.FetchAsync(0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Flags, Token)).Select(summary => $"{summary.UniqueId}={summary.Flags & ~MessageFlags.Recent}"))}";
    }

    private async Task<ImapClient> SignInAsync(string mailbox)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", dovecot.Port, SecureSocketOptions.None, Token);
        await client.AuthenticateAsync(new SaslMechanismPlain(new NetworkCredential(mailbox, "own-secret")), Token);
        return client;
    }
}

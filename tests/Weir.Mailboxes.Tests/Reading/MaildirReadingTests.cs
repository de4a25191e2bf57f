using System.IO.Compression;
using Weir.Mailboxes.Contracts;
using Weir.Mailboxes.Tests.Support;

namespace Weir.Mailboxes.Tests.Reading;

public sealed class MaildirReadingTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Mailboxes_are_found_in_the_layouts_of_mail_servers()
    {
        Make("harbour.example/ann/Maildir");
        Make("harbour.example/t/tom");
        Make("eve@other.example");
        Make("home/carl/Maildir");
        Make("fs/harbour.example/uma/mail/INBOX");
        Make("fs/harbour.example/uma/mail/Junk");

        await using var reading = MailboxReading.OfFolder(_folder.Path, []);
        var found = await reading.ListAsync(Token);

        Assert.Equal(["ann@harbour.example", "eve@other.example", "home/carl/Maildir", "tom@harbour.example", "uma@harbour.example"], found.Select(mailbox => mailbox.Name));
        var uma = await reading.FoldersAsync(found[^1], Token);
        Assert.Equal([("INBOX", FolderUse.Inbox), ("Junk", FolderUse.Junk)], uma.Select(folder => (folder.Name, folder.Use)));
    }

    [Fact]
    public async Task One_own_domain_names_mailboxes_of_a_machine_with_local_users()
    {
        Make("home/carl/Maildir");

        await using var reading = MailboxReading.OfFolder(_folder.Path, ["harbour.example"]);

        Assert.Equal("carl@harbour.example", Assert.Single(await reading.ListAsync(Token)).Address);
    }

    [Fact]
    public async Task Folders_have_their_use_by_name_in_several_languages_and_both_layouts()
    {
        Make("ann@harbour.example");
        foreach (var name in new[] { ".Junk", ".Gesendete Objekte", ".Entw&APw-rfe", ".&AMk-l&AOk-ments supprim&AOk-s", ".Projekte.2026", "Archive", "Archive/Trash", ".Junk.Old" })
        {
            Make("ann@harbour.example/" + name);
        }

        await using var reading = MailboxReading.OfFolder(_folder.Path, []);
        var folders = await reading.FoldersAsync((await reading.ListAsync(Token))[0], Token);

        Assert.Equal(
            ["INBOX Inbox", "Archive Own", "Archive/Trash Deleted", "Entwürfe Drafts", "Gesendete Objekte Sent", "Junk Junk", "Junk/Old Junk", "Projekte/2026 Own", "Éléments supprimés Deleted"],
            folders.Select(folder => $"{folder.Name} {folder.Use}"));
    }

    [Fact]
    public async Task Messages_come_with_their_flags_and_nothing_is_changed()
    {
        var mailbox = Make("ann@harbour.example");
        var now = TimeProvider.System.GetUtcNow();
        Put(mailbox, "cur", $"{now.AddDays(-2).ToUnixTimeSeconds()}.M1.host:2,RS", Some.Mail());
        Put(mailbox, "new", $"{now.AddDays(-1).ToUnixTimeSeconds()}.M2.host", Some.Mail());
        Put(mailbox, "cur", $"{now.AddDays(-3).ToUnixTimeSeconds()}.M3.host:2,FPS", Some.Mail());
        Put(mailbox, "cur", $"{now.AddDays(-40).ToUnixTimeSeconds()}.M4.host:2,S", Some.Mail());
        var before = Listing();

        var read = await ReadAsync(now.AddDays(-30), headersOnly: false);

        Assert.Equal(["", "FPS", "RS"], read.Select(Flags).Order(StringComparer.Ordinal));
        Assert.All(read, message => Assert.Equal(Some.Mail(), message.Raw.ToArray()));
        Assert.Equal(before, Listing());
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_says_why_and_the_others_are_read()
    {
        var mailbox = Make("ann@harbour.example");
        var packed = Packed(Some.Mail());
        Put(mailbox, "cur", "1.gzip", packed);
        Put(mailbox, "cur", "2.cut", packed[..20]);
        Put(mailbox, "cur", "3.empty", []);
        Put(mailbox, "cur", "4.crypt", "CRYPTED\x03\x07"u8.ToArray());
        Put(mailbox, "cur", "5.plain", Some.Mail());
        File.CreateSymbolicLink(Path.Combine(mailbox, "cur", "6.link"), "/etc/hostname");

        var read = await ReadAsync(DateTimeOffset.UnixEpoch, headersOnly: false);

        Assert.Equal(2, read.Count(message => message.Raw.Span.SequenceEqual(Some.Mail())));
        Assert.Equal(["compressed, and damaged", "empty", "encrypted by the mail server (mail_crypt): read it by IMAP"], read.Select(message => message.NotRead).Where(reason => reason.Length > 0).Order(StringComparer.Ordinal));
        Assert.Equal(5, read.Count);
    }

    private async Task<List<StoredMessage>> ReadAsync(DateTimeOffset since, bool headersOnly)
    {
        await using var reading = MailboxReading.OfFolder(_folder.Path, []);
        var mailbox = (await reading.ListAsync(Token))[0];
        var read = new List<StoredMessage>();
        await foreach (var message in reading.ReadAsync(mailbox, (await reading.FoldersAsync(mailbox, Token))[0], since, headersOnly, Token))
        {
            read.Add(message);
        }

        return read;
    }

    private static byte[] Packed(byte[] raw)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(raw);
        }

        return packed.ToArray();
    }

    private static string Flags(StoredMessage message) => $"{(message.IsFlagged ? "F" : "")}{(message.IsForwarded ? "P" : "")}{(message.IsAnswered ? "R" : "")}{(message.IsRead ? "S" : "")}";

    private List<string> Listing() => [.. System.IO.Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")];

    private string Make(string path)
    {
        var full = Path.Combine(_folder.Path, path);
        foreach (var sub in (string[])["cur", "new", "tmp"])
        {
            System.IO.Directory.CreateDirectory(Path.Combine(full, sub));
        }

        return full;
    }

    private static void Put(string mailbox, string sub, string name, byte[] raw) => File.WriteAllBytes(Path.Combine(mailbox, sub, name), raw);
}

using System.Diagnostics;
using Weir.Mailboxes.Connectors.Maildir;
using Weir.Mailboxes.Contracts;
using Weir.Mailboxes.Tests.Support;

namespace Weir.Mailboxes.Tests.Connectors;

public sealed class MaildirConnectorTests : ConnectorContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly MaildirConnector _connector;

    public MaildirConnectorTests() =>
        _connector = new MaildirConnector(new MaildirOptions { Path = $"{_directory.Path}/{{domain}}/{{local}}" }, TimeProvider.System);

    internal override IMailboxConnector Connector => _connector;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    internal override Task MakeAsync(string mailbox)
    {
        foreach (var sub in (string[])["tmp", "new", "cur"])
        {
            System.IO.Directory.CreateDirectory(Path.Combine(RootOf(mailbox), sub));
        }

        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_message_that_others_moved_and_flagged_is_found_where_it_is_now()
    {
        var (mailbox, message) = await DeliverAsync();
        await _connector.FindAsync(mailbox, message, Token);
        var file = Assert.Single(System.IO.Directory.GetFiles(Path.Combine(RootOf(mailbox), "new")));
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(RootOf(mailbox), ".Projects.2026", "cur"));

        File.Move(file, Path.Combine(folder.FullName, Path.GetFileName(file) + ":2,RS"));

        var found = Assert.Single(await _connector.FindAsync(mailbox, message, Token));
        Assert.Equal((MailboxPlace.OtherFolder, "Projects.2026", true, true), (found.Place, found.Folder, found.IsRead, found.IsAnswered));
    }

    [Fact]
    public async Task It_goes_back_into_a_folder_of_the_persons_own_with_its_flags()
    {
        var (mailbox, message) = await DeliverAsync();
        var file = Assert.Single(System.IO.Directory.GetFiles(Path.Combine(RootOf(mailbox), "new")));
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(RootOf(mailbox), ".Own", "cur"));
        File.Move(file, Path.Combine(folder.FullName, Path.GetFileName(file) + ":2,FS"));

        var away = await _connector.MoveAsync(mailbox, message, MailboxPlace.Junk, Token);
        var back = await _connector.MoveAsync(mailbox, message, new MailboxDestination(MailboxPlace.OtherFolder, away.Before[0].Folder), Token);

        Assert.Equal("Success", back.Text);
        Assert.EndsWith(":2,FS", Assert.Single(System.IO.Directory.GetFiles(folder.FullName)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_makes_the_folder_that_a_rule_names_but_only_a_real_name()
    {
        var (mailbox, message) = await DeliverAsync();
        var again = new MessageToStore("Subject: filed\r\n\r\nby a rule"u8.ToArray(), message.ReceivedAt);

        await _connector.AppendAsync(mailbox, again, new MailboxDestination(MailboxPlace.OtherFolder, "RSS Feeds"), Token);

        Assert.Single(System.IO.Directory.GetFiles(Path.Combine(RootOf(mailbox), ".RSS Feeds", "new")));
        await Assert.ThrowsAsync<MailboxException>(async () =>
            await _connector.AppendAsync(mailbox, again, new MailboxDestination(MailboxPlace.OtherFolder, "../../elsewhere"), Token));
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_a_reason()
    {
        var (mailbox, message) = await DeliverAsync();

        var result = await _connector.MoveAsync(mailbox, message, new MailboxDestination(MailboxPlace.OtherFolder, "../../elsewhere"), Token);

        Assert.Equal("Failure: the folder ../../elsewhere does not exist any more", result.Text);
    }

    [Fact]
    public async Task A_copy_with_the_same_file_name_is_not_overwritten()
    {
        var (mailbox, message) = await DeliverAsync();
        var file = Assert.Single(System.IO.Directory.GetFiles(Path.Combine(RootOf(mailbox), "new")));
        await _connector.MoveAsync(mailbox, message, MailboxPlace.Junk, Token);
        File.Copy(Path.Combine(RootOf(mailbox), ".Junk", "new", Path.GetFileName(file)), file);

        var result = await _connector.MoveAsync(mailbox, message, MailboxPlace.Junk, Token);

        Assert.Equal(("Success", 2), (result.Text, (await _connector.FindAsync(mailbox, message, Token)).Count));
    }

    [Fact]
    public async Task A_junk_folder_that_is_a_link_out_of_the_mailbox_is_not_followed()
    {
        var (mailbox, message) = await DeliverAsync();
        var outside = System.IO.Directory.CreateDirectory(Path.Combine(_directory.Path, "outside"));
        System.IO.Directory.CreateSymbolicLink(Path.Combine(RootOf(mailbox), ".Junk"), outside.FullName);

        var result = await _connector.MoveAsync(mailbox, message, MailboxPlace.Junk, Token);

        Assert.EndsWith("is a link; Weir does not follow it", result.Reason, StringComparison.Ordinal);
        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries(outside.FullName));
    }

    [Fact]
    public async Task A_delivery_has_the_internal_date_and_line_feeds_and_leaves_nothing_in_tmp()
    {
        var (mailbox, message) = await DeliverAsync();

        var file = Assert.Single(System.IO.Directory.GetFiles(Path.Combine(RootOf(mailbox), "new")));
        Assert.Equal(message.ReceivedAt.UtcDateTime, File.GetLastWriteTimeUtc(file));
        Assert.DoesNotContain("\r", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        Assert.Empty(System.IO.Directory.GetFiles(Path.Combine(RootOf(mailbox), "tmp")));
    }

    [Fact]
    public async Task Ten_thousand_messages_are_searched_in_well_under_a_second_after_the_first_time()
    {
        var (mailbox, message) = await DeliverAsync();
        for (var i = 0; i < 10_000; i++)
        {
            await File.WriteAllBytesAsync(
                Path.Combine(RootOf(mailbox), "cur", $"{i}.M{i}P1.host:2,S"), Some.Mail(messageId: $"<{i}@x.example>", body: new string('x', 3_000)), Token);
        }

        var first = Stopwatch.StartNew();
        Assert.Single(await _connector.FindAsync(mailbox, message, Token));
        first.Stop();
        var next = Stopwatch.StartNew();
        Assert.Single(await _connector.FindAsync(mailbox, message, Token));
        next.Stop();

        TestContext.Current.TestOutputHelper!.WriteLine($"first {first.ElapsedMilliseconds} ms, next {next.ElapsedMilliseconds} ms");
        Assert.InRange(next.ElapsedMilliseconds, 0, 800);
    }

    [Fact]
    public void The_memory_of_the_index_is_bounded()
    {
        var index = new MaildirIndex(maxEntries: 3);
        var hint = new IdentityHint(Guid.Empty, 1);

        index.Keep("a", new Dictionary<string, IdentityHint>(StringComparer.Ordinal) { ["1"] = hint, ["2"] = hint });
        index.Keep("b", new Dictionary<string, IdentityHint>(StringComparer.Ordinal) { ["3"] = hint });
        _ = index.Of("a");
        index.Keep("c", new Dictionary<string, IdentityHint>(StringComparer.Ordinal) { ["4"] = hint });
        index.Keep("d", new Dictionary<string, IdentityHint>(StringComparer.Ordinal) { ["5"] = hint, ["6"] = hint, ["7"] = hint, ["8"] = hint });

        Assert.Equal((2, 0, 1, 0), (index.Of("a").Count, index.Of("b").Count, index.Of("c").Count, index.Of("d").Count));
    }

    private string RootOf(string mailbox) => Path.Combine(_directory.Path, "corp.example", mailbox[..mailbox.IndexOf('@', StringComparison.Ordinal)]);

    private async Task<(string Mailbox, MessageIdentity Message)> DeliverAsync()
    {
        var (mailbox, raw) = (Some.Mailbox(), Some.Mail());
        var message = Some.IdentityOf(raw);
        await _connector.AppendAsync(mailbox, Some.Delivered(raw, message), MailboxPlace.Inbox, Token);
        return (mailbox, message);
    }
}

using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Tests.Support;

namespace Weir.Gateway.Tests.Import;

public sealed class MailImportTests : IDisposable
{
    private readonly string _folder = TestRun.NewFolder("import");

    [Fact]
    public async Task A_Maildir_tells_its_owner_and_where_each_message_lies()
    {
        Write("anna@corp.example/new/1", Some.Raw("<1@x>"));
        Write("anna@corp.example/cur/2:2,S", Some.Raw("<2@x>"));
        System.IO.Directory.CreateDirectory(Path.Combine(_folder, "anna@corp.example/tmp"));
        Write("anna@corp.example/.Junk/cur/3:2,", Some.Raw("<3@x>"));
        System.IO.Directory.CreateDirectory(Path.Combine(_folder, "anna@corp.example/.Junk/new"));
        Write("anna@corp.example/.Drafts/cur/4:2,D", Some.Raw("<4@x>"));
        System.IO.Directory.CreateDirectory(Path.Combine(_folder, "anna@corp.example/.Drafts/new"));
        Write("anna@corp.example/dovecot.index.log", [1, 2, 3]);
        using var door = new Door();

        var done = await ImportAsync(door, _folder);

        Assert.Equal((4, 3, 0, 1), (done.Found, done.Imported, done.AlreadyKnown, done.Skipped));
        Assert.Equal(1, done.SkippedBecause["a draft, never sent"]);
        var places = door.Log.Facts.OfType<DeliveryObserved>().Select(place => (place.Recipient, place.Location, place.Folder, place.Source)).ToHashSet();
        Assert.Equal([("anna@corp.example", "Inbox/folder", "INBOX", "import"), ("anna@corp.example", "Junk folder", "Junk", "import")], places);
    }

    [Fact]
    public async Task A_second_run_imports_nothing_twice_also_after_it_was_killed()
    {
        for (var i = 0; i < 150; i++)
        {
            Write($"{i}.eml", Some.Raw($"<{i}@x>"));
        }

        using var door = new Door();
        using var killed = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await door.Import.ImportAsync(Door.Importer, new ImportRequest([_folder]), new Reports(_ => killed.Cancel()), killed.Token));
        var before = door.Log.Facts.OfType<MessageReceived>().Count();
        Assert.InRange(before, 1, 149);

        using var restarted = new Door(door.Log);
        var done = await ImportAsync(restarted, _folder);
        var again = await ImportAsync(restarted, _folder);

        Assert.Equal((150, 150 - before, before), (done.Found, done.Imported, done.AlreadyKnown));
        Assert.Equal((0, 150), (again.Imported, again.AlreadyKnown));
        Assert.Equal(150, door.Log.Facts.OfType<MessageReceived>().Count());
        Assert.Empty(door.Log.Facts.OfType<MessageSeen>());
    }

    [Fact]
    public async Task Mail_that_came_through_the_milter_before_is_seen_once()
    {
        using var door = new Door();
        var first = await door.AcceptAsync(Some.Incoming("<1@x>"));
        Write("copy.eml", Some.Raw("<1@x>", header: $"Received: from a by b; {Door.Morning:r}\r\nX-Weir-Id: {first.Id}\r\n"));

        var done = await ImportAsync(door, _folder);
        var again = await ImportAsync(door, _folder);

        Assert.Equal((0, 1), (done.Imported, done.AlreadyKnown));
        Assert.Equal((0, 1), (again.Imported, again.AlreadyKnown));
        Assert.Equal(first.Id, Assert.Single(door.Log.Facts.OfType<MessageSeen>()).Id);
    }

    [Fact]
    public async Task Loops_of_links_end_and_everything_left_out_is_counted_by_its_reason()
    {
        Write("mail/1.eml", Some.Raw("<1@x>"));
        Write("mail/empty.eml", []);
        Write("mail/notes.txt", "hello"u8.ToArray());
        Write("mail/none.eml", "From: a@b.example\r\nSubject: to nobody\r\n\r\nx\r\n"u8.ToArray());
        System.IO.Directory.CreateSymbolicLink(Path.Combine(_folder, "mail/loop"), Path.Combine(_folder, "mail"));
        System.IO.Directory.CreateSymbolicLink(Path.Combine(_folder, "mail/up"), _folder);
        File.CreateSymbolicLink(Path.Combine(_folder, "mail/broken.eml"), Path.Combine(_folder, "gone"));
        using var door = new Door();

        var done = await ImportAsync(door, Path.Combine(_folder, "mail"), Path.Combine(_folder, "missing"));

        Assert.Equal(1, done.Imported);
        Assert.Equal(
            new Dictionary<string, long>(StringComparer.Ordinal)
            {
                ["empty"] = 1,
                ["not a mail file"] = 1,
                ["no recipient can be told"] = 1,
                ["a folder that was reached before (link)"] = 2,
                ["a link that leads nowhere"] = 1,
                ["does not exist"] = 1,
            },
            done.SkippedBecause);
        Assert.Equal(done.Found, done.Imported + done.AlreadyKnown + done.Skipped);
    }

    [Fact]
    public async Task The_envelope_is_read_from_what_servers_wrote()
    {
        Write("1.eml", Some.Raw(header: "Return-Path: <Bounce@list.example>\r\nDelivered-To: anna@corp.example\r\nReceived: from x by y for <other@corp.example>;\r\n\tMon, 2 Nov 2026 07:00:00 +0100\r\n"));
        using var door = new Door();

        await ImportAsync(door, _folder);

        var received = door.Log.Facts.OfType<MessageReceived>().Single();
        Assert.Equal(("bounce@list.example", "anna@corp.example"), (received.Envelope.MailFrom, Assert.Single(received.Envelope.Recipients)));
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 6, 0, 0, TimeSpan.Zero), received.At);
        Assert.Equal(Path.Combine(_folder, "1.eml"), received.ImportedFrom);
    }

    [Fact]
    public async Task The_mailbox_that_was_named_is_the_recipient()
    {
        Write("1.eml", Some.Raw(header: "Delivered-To: other@corp.example\r\n"));
        using var door = new Door();

        await door.Import.ImportAsync(Door.Importer, new ImportRequest([_folder], "Anna@corp.example"), new Reports(_ => { }), TestContext.Current.CancellationToken);

        Assert.Equal("anna@corp.example", Assert.Single(door.Log.Facts.OfType<DeliveryObserved>()).Recipient);
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private static ValueTask<ImportProgress> ImportAsync(Door door, params string[] paths) =>
        door.Import.ImportAsync(Door.Importer, new ImportRequest(paths), new Reports(_ => { }), TestContext.Current.CancellationToken);

    private void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path) ?? _folder);
        File.WriteAllBytes(path, bytes);
    }

    private sealed class Reports(Action<ImportProgress> on) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => on(value);
    }
}

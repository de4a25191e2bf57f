using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Weir.Mailboxes.Connectors.Maildir;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Reading;

/// <summary>Maildir trees as they lie on a disk, or in a copy of one. Files are opened to read and never renamed: the flags are in their names.</summary>
internal sealed class MaildirReading(string folder, IReadOnlyList<string> domains) : IReadMailboxes
{
    private const int MaxMessage = 64 << 20;
    private const int MaxHeader = 256 << 10;

    private readonly string _root = Path.GetFullPath(folder);

    public string Source => _root;

    public ValueTask<IReadOnlyList<MailboxToRead>> ListAsync(CancellationToken cancellationToken)
    {
        if (!System.IO.Directory.Exists(_root))
        {
            throw new MailboxException(File.Exists(_root) ? $"{_root} is a file; name the folder that holds the mailboxes" : $"there is no folder {_root}");
        }

        var places = new MaildirPlaces(_root, domains);
        var found = places.Find(cancellationToken);
        return found.Count > 0 ? new ValueTask<IReadOnlyList<MailboxToRead>>(found)
            : throw new MailboxException(
                places.OtherStore.Length > 0 ? $"{places.OtherStore} is Dovecot's own format (dbox), not Maildir: read it by IMAP"
                : places.Closed.Count > 0 ? $"no mailbox found below {_root}; {places.Closed.Count} folders could not be opened, such as {places.Closed[0]}: run this as the user who owns the mail"
                : $"no mailbox found below {_root}: a mailbox is a folder with the folders cur and new in it");
    }

    public ValueTask<IReadOnlyList<FolderToRead>> FoldersAsync(MailboxToRead mailbox, CancellationToken cancellationToken)
    {
        var inbox = MaildirPlaces.IsMaildir(mailbox.Place) ? mailbox.Place : MaildirPlaces.InboxBelow(mailbox.Place) ?? mailbox.Place;
        var folders = new List<FolderToRead> { new("INBOX", FolderUse.Inbox, inbox) };
        try
        {
            AddBelow(mailbox.Place, "", inbox, folders, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MailboxException(exception.Message, exception);
        }

        return new ValueTask<IReadOnlyList<FolderToRead>>([.. folders.Take(1), .. folders.Skip(1).OrderBy(each => each.Name, StringComparer.Ordinal)]);
    }

    public async IAsyncEnumerable<StoredMessage> ReadAsync(MailboxToRead mailbox, FolderToRead folder, DateTimeOffset since, bool headersOnly, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var sub in (string[])["new", "cur"])
        {
            IEnumerable<FileInfo> files;
            try
            {
                files = new DirectoryInfo(Path.Combine(folder.Place, sub)).EnumerateFiles("*", new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false });
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new MailboxException(exception.Message, exception);
            }

            foreach (var file in files.Where(file => file.Name[0] != '.'))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var at = TimeOf(file);
                if (at >= since && await OpenAsync(folder, sub, file, at, headersOnly, cancellationToken) is { } message)
                {
                    yield return message;
                }
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Maildir++ keeps all folders beside each other (<c>.A.B</c>), LAYOUT=fs within each other.</summary>
    private static void AddBelow(string path, string above, string inbox, List<FolderToRead> folders, CancellationToken cancellationToken, int depth = 0)
    {
        foreach (var child in System.IO.Directory.EnumerateDirectories(path, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true }))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = Path.GetFileName(child);
            if (name is "cur" or "new" or "tmp" || child == inbox || new DirectoryInfo(child).LinkTarget is not null || depth > 16)
            {
                continue;
            }

            var isPlus = name[0] == '.' && name.Length > 1;
            var shown = FolderNames.Decode(isPlus ? name[1..].Replace('.', '/') : name);
            shown = isPlus || above.Length == 0 ? shown : $"{above}/{shown}";
            if (MaildirPlaces.IsMaildir(child))
            {
                folders.Add(new FolderToRead(shown, FolderNames.UseOf(shown), child));
            }

            if (!isPlus)
            {
                AddBelow(child, shown, inbox, folders, cancellationToken, depth + 1);
            }
        }
    }

    /// <summary>
    /// When it was delivered. A copy made without keeping times has only the name's, a mailbox that was moved to another server only the
    /// file's: the earlier one is the true one.
    /// </summary>
    private static DateTimeOffset TimeOf(FileInfo file)
    {
        var written = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero);
        var dot = file.Name.IndexOf('.', StringComparison.Ordinal);
        return dot is >= 9 and <= 11 && long.TryParse(file.Name.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && DateTimeOffset.FromUnixTimeSeconds(seconds) is var named && named < written ? named : written;
    }

    /// <summary>Nothing when it is gone: somebody moved or deleted it meanwhile.</summary>
    private static async ValueTask<StoredMessage?> OpenAsync(FolderToRead folder, string sub, FileInfo file, DateTimeOffset at, bool headersOnly, CancellationToken cancellationToken)
    {
        var named = new MaildirFile(folder.Name, sub, file.Name);
        var message = new StoredMessage
        {
            Key = file.FullName,
            Raw = ReadOnlyMemory<byte>.Empty,
            At = at,
            IsRead = named.HasFlag('S'),
            IsAnswered = named.HasFlag('R'),
            IsForwarded = named.HasFlag('P'),
            IsFlagged = named.HasFlag('F'),
        };
        try
        {
            await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length is 0 or > MaxMessage)
            {
                return message with { NotRead = stream.Length == 0 ? "empty" : "larger than 64 MiB" };
            }

            var raw = new byte[headersOnly ? Math.Min(stream.Length, MaxHeader) : stream.Length];
            var read = await stream.ReadAtLeastAsync(raw, raw.Length, throwOnEndOfStream: false, cancellationToken);
            return raw.AsSpan(0, read) switch
            {
                [0x1F, 0x8B, ..] => await UnpackAsync(stream, message, headersOnly ? MaxHeader : MaxMessage, cancellationToken),
                [(byte)'C', (byte)'R', (byte)'Y', (byte)'P', (byte)'T', (byte)'E', (byte)'D', 3, ..] => message with { NotRead = "encrypted by the mail server (mail_crypt): read it by IMAP" },
                [0x28, 0xB5, 0x2F, 0xFD, ..] or [(byte)'B', (byte)'Z', (byte)'h', ..] or [0x04, 0x22, 0x4D, 0x18, ..] => message with { NotRead = "compressed by the mail server (not gzip): read it by IMAP" },
                _ => message with { Raw = raw.AsMemory(0, read) },
            };
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return message with { NotRead = "cannot be opened" };
        }
    }

    /// <summary>Dovecot's zlib plugin keeps messages compressed under their plain names.</summary>
    private static async ValueTask<StoredMessage> UnpackAsync(FileStream stream, StoredMessage message, int most, CancellationToken cancellationToken)
    {
        stream.Position = 0;
        try
        {
            await using var unpacked = new GZipStream(stream, CompressionMode.Decompress);
            using var whole = new MemoryStream();
            var buffer = new byte[64 << 10];
            int read;
            while (whole.Length < most && (read = await unpacked.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await whole.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            // A file that ends too early unpacks without complaint; its true end holds the size.
            var end = new byte[4];
            stream.Position = Math.Max(0, stream.Length - end.Length);
            var ended = await stream.ReadAtLeastAsync(end, end.Length, throwOnEndOfStream: false, cancellationToken);
            if (ended == end.Length && whole.Length < most && BinaryPrimitives.ReadUInt32LittleEndian(end) != whole.Length)
            {
                return message with { NotRead = "compressed, and damaged" };
            }

            return whole.Length >= MaxMessage ? message with { NotRead = "larger than 64 MiB" } : message with { Raw = whole.ToArray() };
        }
        catch (InvalidDataException)
        {
            return message with { NotRead = "compressed, and damaged" };
        }
    }
}

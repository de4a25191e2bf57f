namespace Weir.Server.Audit;

/// <summary>
/// The file that an audit writes as it goes on and its report is made from. A stopped audit goes on behind the last folder that was read to
/// its end; a finished one is not touched again.
/// </summary>
internal sealed class AuditJournal : IDisposable
{
    public const string Name = "progress.jsonl";

    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private readonly HashSet<(string Mailbox, string Folder)> _folders = [];
    private readonly HashSet<string> _mailboxes = new(StringComparer.Ordinal);

    private AuditJournal(FileStream file) => _file = file;

    public AuditHead? Head { get; private set; }

    public bool IsDone(string mailbox) => _mailboxes.Contains(mailbox);

    public bool IsDone(string mailbox, string folder) => _folders.Contains((mailbox, folder));

    public int Done => _mailboxes.Count;

    /// <summary>Opens the journal of a folder, made when it is missing; what an unfinished folder left behind is cut off.</summary>
    public static AuditJournal Open(string folder)
    {
        var path = Path.Combine(folder, Name);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            // It tells who received what from whom.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var journal = new AuditJournal(new FileStream(path, options));
        journal.Load();
        return journal;
    }

    public void Begin(AuditHead head)
    {
        Head = head;
        Write(new AuditLine { Audit = head });
    }

    public void Write(AuditLine line)
    {
        var bytes = AuditJson.Of(line);
        lock (_gate)
        {
            _file.Write(bytes);
            _file.WriteByte((byte)'\n');
            if (line.Finding is null)
            {
                _file.Flush();
            }
        }
    }

    /// <summary>All lines with the place where each begins.</summary>
    public static IEnumerable<(long Offset, AuditLine Line)> Read(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, Name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        foreach (var (offset, bytes) in Lines(file))
        {
            if (AuditJson.Read(bytes) is { } line)
            {
                yield return (offset, line);
            }
        }
    }

    /// <summary>The line that begins there.</summary>
    public static AuditLine? At(FileStream file, long offset)
    {
        file.Position = offset;
        return Lines(file).Select(line => AuditJson.Read(line.Bytes)).FirstOrDefault();
    }

    public void Dispose() => _file.Dispose();

    private void Load()
    {
        var keep = 0L;
        foreach (var (offset, bytes) in Lines(_file))
        {
            var line = AuditJson.Read(bytes);
            if (line is { Folder.IsPartial: true } or null)
            {
                break;
            }

            Head ??= line.Audit;
            if (line.Folder is { } folder)
            {
                _folders.Add((folder.Mailbox, folder.Folder));
            }

            if (line.Mailbox is { } mailbox)
            {
                _mailboxes.Add(mailbox);
            }

            if (line.Finding is null)
            {
                keep = offset + bytes.Length + 1;
            }
        }

        _file.SetLength(keep);
        _file.Position = keep;
    }

    private static IEnumerable<(long Offset, byte[] Bytes)> Lines(FileStream file)
    {
        var start = file.Position;
        var line = new List<byte>();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            var from = 0;
            for (var feed = buffer.AsSpan(0, read).IndexOf((byte)'\n'); feed >= 0;)
            {
                line.AddRange(buffer.AsSpan(from, feed));
                yield return (start, line.ToArray());
                start += line.Count + 1;
                line.Clear();
                from += feed + 1;
                feed = buffer.AsSpan(from, read - from).IndexOf((byte)'\n');
            }

            line.AddRange(buffer.AsSpan(from, read - from));
        }
    }
}

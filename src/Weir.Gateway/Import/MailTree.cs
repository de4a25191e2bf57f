using System.Runtime.CompilerServices;

namespace Weir.Gateway.Import;

/// <summary>Finds messages in files and folders: <c>.eml</c>, mbox, Maildir trees. Holds one message at a time; follows links, but no folder twice.</summary>
internal sealed class MailTree
{
    public const int MaxMessageBytes = 64 << 20;
    private const int MaxDepth = 100;

    private static readonly HashSet<string> MboxExtensions = new([".mbox", ".mbx", ".mboxrd"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> DraftFolders = new(["drafts", "draft", "templates", "entwürfe"], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<FoundItem> FindAsync(IReadOnlyList<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            var full = Path.GetFullPath(path);
            if (System.IO.Directory.Exists(full))
            {
                await foreach (var item in InFolderAsync(full, depth: 0, cancellationToken))
                {
                    yield return item;
                }
            }
            else if (File.Exists(full))
            {
                await foreach (var item in InFileAsync(full, isNamed: true, cancellationToken))
                {
                    yield return item;
                }
            }
            else
            {
                yield return new SkippedItem(path, SkipReasons.NotFound);
            }
        }
    }

    private async IAsyncEnumerable<FoundItem> InFolderAsync(string path, int depth, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_visited.Add(Real(path)) || depth > MaxDepth)
        {
            yield return new SkippedItem(path, SkipReasons.SeenFolder);
            yield break;
        }

        if (Entries(path) is not { } entries)
        {
            yield return new SkippedItem(path, SkipReasons.Unreadable);
            yield break;
        }

        var isMaildir = IsMaildir(path);
        if (isMaildir)
        {
            foreach (var item in InMaildir(path, cancellationToken))
            {
                yield return item;
            }
        }

        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry is DirectoryInfo folder)
            {
                if (isMaildir && folder.Name is "cur" or "new" or "tmp")
                {
                    continue;
                }

                await foreach (var item in InFolderAsync(folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName, depth + 1, cancellationToken))
                {
                    yield return item;
                }
            }
            else if (entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true })
            {
                yield return new SkippedItem(entry.FullName, SkipReasons.BrokenLink);
            }
            else if (!isMaildir)
            {
                // Beside cur and new lie the mail server's own files.
                await foreach (var item in InFileAsync(entry.FullName, isNamed: false, cancellationToken))
                {
                    yield return item;
                }
            }
        }
    }

    /// <summary>The messages of one file.</summary>
    /// <param name="isNamed">The person named this very file: its extension does not matter.</param>
    private static async IAsyncEnumerable<FoundItem> InFileAsync(string path, bool isNamed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream? file = null;
        var problem = "";
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = SkipReasons.Unreadable;
        }

        if (file is null)
        {
            yield return new SkippedItem(path, problem);
            yield break;
        }

        await using (file)
        {
            var writtenAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
            var extension = Path.GetExtension(path);
            if (await MboxReader.IsMboxAsync(file, cancellationToken) && !extension.Equals(".eml", StringComparison.OrdinalIgnoreCase))
            {
                await foreach (var item in new MboxReader(file, path, writtenAt).ReadAsync(cancellationToken))
                {
                    yield return item;
                }
            }
            else if (isNamed || extension.Equals(".eml", StringComparison.OrdinalIgnoreCase))
            {
                yield return await WholeAsync(file, path, folder: "", owner: "", writtenAt, cancellationToken);
            }
            else
            {
                yield return new SkippedItem(path, MboxExtensions.Contains(extension) && file.Length == 0 ? SkipReasons.Empty : SkipReasons.NotMail);
            }
        }
    }

    private static IEnumerable<FoundItem> InMaildir(string path, CancellationToken cancellationToken)
    {
        var (folder, owner) = MaildirNames.Of(path);
        foreach (var part in new[] { "new", "cur" })
        {
            foreach (var entry in Entries(Path.Combine(path, part)) ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry is DirectoryInfo)
                {
                    continue;
                }

                yield return DraftFolders.Contains(folder.Split('/')[^1]) ? new SkippedItem(entry.FullName, SkipReasons.Draft) : Whole((FileInfo)entry, folder, owner);
            }
        }
    }

    private static FoundItem Whole(FileInfo entry, string folder, string owner)
    {
        try
        {
            using var file = new FileStream(entry.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (Unfit(file) is { } reason)
            {
                return new SkippedItem(entry.FullName, reason);
            }

            var raw = new byte[file.Length];
            var read = file.ReadAtLeast(raw, raw.Length, throwOnEndOfStream: false);
            return new FoundMessage(entry.FullName, raw.AsMemory(0, read), folder, owner, EnvelopeSender: "", new DateTimeOffset(entry.LastWriteTimeUtc, TimeSpan.Zero));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new SkippedItem(entry.FullName, SkipReasons.Unreadable);
        }
    }

    private static async ValueTask<FoundItem> WholeAsync(FileStream file, string path, string folder, string owner, DateTimeOffset writtenAt, CancellationToken cancellationToken)
    {
        if (Unfit(file) is { } reason)
        {
            return new SkippedItem(path, reason);
        }

        file.Position = 0;
        var raw = new byte[file.Length];
        var read = await file.ReadAtLeastAsync(raw, raw.Length, throwOnEndOfStream: false, cancellationToken);
        return new FoundMessage(path, raw.AsMemory(0, read), folder, owner, EnvelopeSender: "", writtenAt);
    }

    private static string? Unfit(FileStream file) => file.Length == 0 ? SkipReasons.Empty : file.Length > MaxMessageBytes ? SkipReasons.TooLarge : null;

    private static bool IsMaildir(string path) => System.IO.Directory.Exists(Path.Combine(path, "cur")) && System.IO.Directory.Exists(Path.Combine(path, "new"));

    private static string Real(string path) => new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    /// <summary>The entries in the order of their names, so that two runs go the same way; nothing when the folder cannot be read.</summary>
    private static List<FileSystemInfo>? Entries(string path)
    {
        try
        {
            return [.. new DirectoryInfo(path).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

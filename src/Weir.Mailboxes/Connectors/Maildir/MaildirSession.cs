using Weir.Kernel;
using Weir.Mailboxes.Actions;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Connectors.Maildir;

/// <summary>One Maildir, while it is this action's turn.</summary>
internal sealed class MaildirSession(MaildirTree tree, MaildirIndex index, UniqueNames names, IDisposable turn) : IMailboxSession
{
    public ValueTask<IReadOnlyList<FoundMessage>> FindAsync(MessageIdentity message, CancellationToken cancellationToken) =>
        OnDiskAsync<IReadOnlyList<FoundMessage>>(() => Find(message, cancellationToken), cancellationToken);

    public ValueTask MoveAsync(IReadOnlyList<FoundMessage> copies, MailboxDestination to, CancellationToken cancellationToken) =>
        OnDiskAsync(
            () =>
            {
                var folder = tree.FolderOf(to);
                foreach (var copy in copies)
                {
                    if (Locate(copy) is { } file)
                    {
                        // In "new" a message has never been shown: it stays new wherever it goes.
                        File.Move(tree.PathOf(file), FreePath(file with { Folder = folder }), overwrite: true);
                        DirectoryFlush.Flush(Path.Combine(tree.DirectoryOf(folder), file.Sub));
                        DirectoryFlush.Flush(Path.Combine(tree.DirectoryOf(file.Folder), file.Sub));
                    }
                }
            },
            cancellationToken);

    public ValueTask DeleteAsync(IReadOnlyList<FoundMessage> copies, CancellationToken cancellationToken) =>
        OnDiskAsync(
            () =>
            {
                foreach (var copy in copies)
                {
                    if (Locate(copy) is { } file)
                    {
                        File.Delete(tree.PathOf(file));
                        DirectoryFlush.Flush(Path.Combine(tree.DirectoryOf(file.Folder), file.Sub));
                    }
                }
            },
            cancellationToken);

    public ValueTask AppendAsync(MessageToStore content, MailboxDestination to, CancellationToken cancellationToken) =>
        OnDiskAsync(() => Append(content, tree.FolderOf(to, isDelivery: true)), cancellationToken);

    public ValueTask DisposeAsync()
    {
        turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private List<FoundMessage> Find(MessageIdentity message, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = new List<FoundMessage>();
            var isMoving = false;
            foreach (var file in Candidates(message, cancellationToken))
            {
                switch (MessageFile.Is(tree.PathOf(file), message))
                {
                    case true:
                        found.Add(new FoundMessage(tree.PlaceOf(file.Folder), file.Folder, $"{file.Sub}/{file.Name}", file.HasFlag('S'), file.HasFlag('R')));
                        break;
                    case null:
                        isMoving = true;
                        break;
                }
            }

            // Somebody else may rename a file while the directories are listed: what is not found, or moved under our hands, is looked for once more.
            if (attempt == 3 || (!isMoving && (found.Count > 0 || attempt == 2)))
            {
                return found;
            }
        }
    }

    private List<MaildirFile> Candidates(MessageIdentity message, CancellationToken cancellationToken)
    {
        var messageId = message.InternetMessageId.Length > 0 ? MessageFile.HashOf(message.InternetMessageId) : 0;
        var before = index.Of(tree.Root);
        var seen = new Dictionary<string, IdentityHint>(before.Count, StringComparer.Ordinal);
        var candidates = new Dictionary<(string Folder, string Unique), MaildirFile>();
        foreach (var file in tree.Files())
        {
            var unique = file.Unique;
            if (!before.TryGetValue(unique, out var hint) && !seen.TryGetValue(unique, out hint))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (MessageFile.Peek(tree.PathOf(file)) is not { } peeked)
                {
                    continue;
                }

                hint = peeked;
            }

            seen[unique] = hint;
            if (hint.Id == message.Id.Value || (hint.Id == Guid.Empty && messageId != 0 && hint.MessageIdHash == messageId))
            {
                candidates[(file.Folder, unique)] = file;
            }
        }

        index.Keep(tree.Root, seen);
        return [.. candidates.Values];
    }

    /// <summary>The file of a copy now: its flags, and with them its name, may have changed since it was found.</summary>
    private MaildirFile? Locate(FoundMessage copy)
    {
        var slash = copy.Key.IndexOf('/', StringComparison.Ordinal);
        var known = new MaildirFile(copy.Folder, copy.Key[..slash], copy.Key[(slash + 1)..]);
        if (File.Exists(tree.PathOf(known)))
        {
            return known;
        }

        foreach (var file in tree.Files())
        {
            if (file.Folder == known.Folder && file.Unique == known.Unique)
            {
                return file;
            }
        }

        return null;
    }

    private string FreePath(MaildirFile target)
    {
        var path = tree.PathOf(target);
        return File.Exists(path)
            ? tree.PathOf(target with { Name = names.Next(new FileInfo(path).Length) + target.Name[target.Unique.Length..] })
            : path;
    }

    private void Append(MessageToStore content, string folder)
    {
        var bytes = WithLineFeeds(content.Raw.Span);
        var name = names.Next(bytes.Length);
        var directory = tree.DirectoryOf(folder);
        var temporary = Path.Combine(directory, "tmp", name);
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, creation))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        // The internal date of a Maildir message is the time of its file.
        File.SetLastWriteTimeUtc(temporary, content.ReceivedAt.UtcDateTime);
        FileOwner.GiveTo(temporary, tree.Root);
        var flags = (content.IsAnswered ? "R" : "") + (content.IsRead ? "S" : "");
        var sub = flags.Length == 0 ? "new" : "cur";
        File.Move(temporary, Path.Combine(directory, sub, flags.Length == 0 ? name : $"{name}:2,{flags}"));
        DirectoryFlush.Flush(Path.Combine(directory, sub));
    }

    /// <summary>Mail servers keep Maildir files with bare line feeds and add the carriage returns when they send.</summary>
    private static byte[] WithLineFeeds(ReadOnlySpan<byte> raw)
    {
        var result = new byte[raw.Length];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\r' || i + 1 >= raw.Length || raw[i + 1] != '\n')
            {
                result[length++] = raw[i];
            }
        }

        return result[..length];
    }

    private static async ValueTask<T> OnDiskAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MailboxException(problem.Message, problem);
        }
    }

    private static async ValueTask OnDiskAsync(Action work, CancellationToken cancellationToken) =>
        await OnDiskAsync(
            () =>
            {
                work();
                return true;
            },
            cancellationToken);
}

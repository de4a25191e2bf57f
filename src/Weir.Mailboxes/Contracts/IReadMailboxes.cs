namespace Weir.Mailboxes.Contracts;

/// <summary>Whole mailboxes that are read and never changed: no flag, no file, no folder. Made by <see cref="MailboxReading"/>.</summary>
public interface IReadMailboxes : IAsyncDisposable
{
    /// <summary>What is read, for people: the folder, or server and login.</summary>
    string Source { get; }

    /// <summary>The mailboxes, in a stable order.</summary>
    /// <exception cref="MailboxException">There are none, or they cannot be listed.</exception>
    ValueTask<IReadOnlyList<MailboxToRead>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The folders of a mailbox, in a stable order.</summary>
    /// <exception cref="MailboxException">The mailbox cannot be opened.</exception>
    ValueTask<IReadOnlyList<FolderToRead>> FoldersAsync(MailboxToRead mailbox, CancellationToken cancellationToken);

    /// <summary>The messages of a folder that came since then; one or a few at a time are in memory.</summary>
    /// <param name="headersOnly"><see cref="StoredMessage.Raw"/> holds the header, or the fields of it that tell who wrote to whom.</param>
    /// <exception cref="MailboxException">The folder cannot be read.</exception>
    IAsyncEnumerable<StoredMessage> ReadAsync(MailboxToRead mailbox, FolderToRead folder, DateTimeOffset since, bool headersOnly, CancellationToken cancellationToken);
}

/// <summary>A mailbox.</summary>
/// <param name="Name">Unique within the source: the address, or the path below the folder that was named.</param>
/// <param name="Address">Whose it is; empty when the names do not tell.</param>
/// <param name="Place">Where it is; opaque.</param>
public sealed record MailboxToRead(string Name, string Address, string Place);

/// <summary>A folder of a mailbox.</summary>
/// <param name="Name">As people know it; levels are separated by a slash.</param>
/// <param name="Place">Where it is; opaque.</param>
public sealed record FolderToRead(string Name, FolderUse Use, string Place);

/// <summary>What a folder is for.</summary>
public enum FolderUse
{
    Inbox,
    Junk,
    Deleted,
    Sent,

    /// <summary>Never sent: not read.</summary>
    Drafts,

    /// <summary>A folder of the person's own.</summary>
    Own,
}

/// <summary>A message as it lies in a mailbox.</summary>
public sealed record StoredMessage
{
    /// <summary>Leads back to it: the path of the file, or UIDVALIDITY:UID.</summary>
    public required string Key { get; init; }

    /// <summary>The bytes; empty when <see cref="NotRead"/> says why.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>When it came into the mailbox, as the store says.</summary>
    public required DateTimeOffset At { get; init; }

    public bool IsRead { get; init; }
    public bool IsAnswered { get; init; }
    public bool IsForwarded { get; init; }
    public bool IsFlagged { get; init; }

    /// <summary>Why there are no bytes; the same text for the same cause. Empty when it was read.</summary>
    public string NotRead { get; init; } = "";
}

using Weir.Kernel;

namespace Weir.Mailboxes.Contracts;

/// <summary>One kind of mail store. Implementations are tested by one shared contract test.</summary>
public interface IMailboxConnector
{
    /// <summary>Name in the configuration: <c>maildir</c>, <c>imap</c>.</summary>
    string Name { get; }

    /// <summary>Every copy of the message in the mailbox, proven by its content.</summary>
    /// <exception cref="MailboxException">The mailbox cannot be read.</exception>
    ValueTask<IReadOnlyList<FoundMessage>> FindAsync(string mailbox, MessageIdentity message, CancellationToken cancellationToken);

    /// <summary>Moves every copy of the message to the place and proves it. <see cref="MailboxPlace.HardDeleted"/> removes it for good.</summary>
    ValueTask<MailboxResult> MoveAsync(string mailbox, MessageIdentity message, MailboxDestination to, CancellationToken cancellationToken);

    /// <summary>Puts a message back that is no longer in the mailbox, from its bytes and stamped with Weir's id; copies that are still there are moved instead.</summary>
    ValueTask<MailboxResult> RestoreAsync(string mailbox, MessageIdentity message, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken);

    /// <summary>Adds a message as a delivery agent does: on disk when it returns. The mailbox is made when the store makes mailboxes on delivery.</summary>
    /// <exception cref="MailboxException">The mailbox refuses.</exception>
    ValueTask AppendAsync(string mailbox, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken);

    /// <summary>Can it be reached and used? Nothing when fine, else what to do about it.</summary>
    ValueTask<string?> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>How a message is recognised in a mailbox: by Weir's id and by content; never by Message-ID alone.</summary>
/// <remarks>A copy without any <c>X-Weir-Id</c> (imported mail) is the message when Message-ID and body hash both agree.</remarks>
public sealed record MessageIdentity(NetworkMessageId Id, string BodySha256, string InternetMessageId, DateTimeOffset ReceivedAt);

/// <summary>The places a message can be in, as people know them.</summary>
public enum MailboxPlace
{
    Inbox,
    Junk,
    DeletedItems,

    /// <summary>Recoverable Items\Deletions: out of the person's sight, can be restored.</summary>
    SoftDeleted,

    /// <summary>Gone for good.</summary>
    HardDeleted,

    /// <summary>A folder of the person's own.</summary>
    OtherFolder,
}

/// <summary>Where to put a message.</summary>
/// <param name="Folder">The folder as <see cref="FoundMessage.Folder"/> names it; used with <see cref="MailboxPlace.OtherFolder"/> only.</param>
public sealed record MailboxDestination(MailboxPlace Place, string Folder = "")
{
    public static implicit operator MailboxDestination(MailboxPlace place) => new(place);

    /// <summary>Is the found copy there already?</summary>
    public bool Holds(FoundMessage found) => found.Place == Place && (Place != MailboxPlace.OtherFolder || found.Folder == Folder);
}

/// <summary>What came of one attempt on one message in one mailbox.</summary>
public enum MailboxOutcome { Success, AlreadyInDestination, NotFound, Failure }

/// <summary>The result, proven by reading the mailbox again.</summary>
public sealed record MailboxResult(MailboxOutcome Outcome, MailboxPlace? From, MailboxPlace? Now, string? Reason = null)
{
    /// <summary>The copies as they were before.</summary>
    public IReadOnlyList<FoundMessage> Before { get; init; } = [];

    /// <summary>As shown and recorded: <c>Success</c>, <c>Already in destination</c>, <c>Not found</c>, <c>Failure: reason</c>.</summary>
    public string Text => Outcome switch
    {
        MailboxOutcome.Success => "Success",
        MailboxOutcome.AlreadyInDestination => "Already in destination",
        MailboxOutcome.NotFound => "Not found",
        _ => $"Failure: {Reason}",
    };

    /// <summary>It was tried and did not work; the reason is for people.</summary>
    public static MailboxResult Failed(string reason) => new(MailboxOutcome.Failure, From: null, Now: null, reason);
}

/// <summary>Where a message was found.</summary>
/// <param name="Folder">The folder's name as the store spells it; empty for the inbox.</param>
/// <param name="Key">Names the copy within the mailbox; opaque.</param>
public sealed record FoundMessage(MailboxPlace Place, string Folder, string Key, bool IsRead, bool IsAnswered);

/// <summary>A message to put into a mailbox.</summary>
/// <param name="Raw">The bytes; line endings are written as the store wants them.</param>
/// <param name="ReceivedAt">Becomes the internal date.</param>
public sealed record MessageToStore(ReadOnlyMemory<byte> Raw, DateTimeOffset ReceivedAt)
{
    public bool IsRead { get; init; }
    public bool IsAnswered { get; init; }
}

/// <summary>The mailbox cannot be reached or refuses; the message says why, for people.</summary>
public sealed class MailboxException(string message, Exception? inner = null) : Exception(message, inner);

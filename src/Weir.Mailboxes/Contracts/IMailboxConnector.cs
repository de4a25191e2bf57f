using Weir.Kernel;

namespace Weir.Mailboxes.Contracts;

/// <summary>How a message is recognised in a mailbox: by Weir's id and by content; never by Message-ID alone.</summary>
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

/// <summary>What came of one attempt on one message in one mailbox.</summary>
public enum MailboxOutcome { Success, AlreadyInDestination, NotFound, Failure }

/// <summary>The result, proven by reading the mailbox again.</summary>
public sealed record MailboxResult(MailboxOutcome Outcome, MailboxPlace? From, MailboxPlace? Now, string? Reason = null)
{
    /// <summary>As shown and recorded: <c>Success</c>, <c>Already in destination</c>, <c>Not found</c>, <c>Failure: reason</c>.</summary>
    public string Text => Outcome switch
    {
        MailboxOutcome.Success => "Success",
        MailboxOutcome.AlreadyInDestination => "Already in destination",
        MailboxOutcome.NotFound => "Not found",
        _ => $"Failure: {Reason}",
    };
}

/// <summary>Where a message was found.</summary>
public sealed record FoundMessage(MailboxPlace Place, string Folder, string Key, bool IsRead, bool IsAnswered);

/// <summary>One kind of mail store. Implementations are tested by one shared contract test.</summary>
public interface IMailboxConnector
{
    /// <summary>Name in the configuration: <c>maildir</c>, <c>imap</c>.</summary>
    string Name { get; }

    /// <summary>Every copy of the message in the mailbox.</summary>
    ValueTask<IReadOnlyList<FoundMessage>> FindAsync(string mailbox, MessageIdentity message, CancellationToken cancellationToken);

    /// <summary>Moves every copy of the message to the place and proves it. <see cref="MailboxPlace.HardDeleted"/> removes it for good.</summary>
    ValueTask<MailboxResult> MoveAsync(string mailbox, MessageIdentity message, MailboxPlace to, CancellationToken cancellationToken);

    /// <summary>Puts a message back that is no longer in the mailbox, from its bytes.</summary>
    ValueTask<MailboxResult> RestoreAsync(string mailbox, MessageIdentity message, ReadOnlyMemory<byte> raw, MailboxPlace to, CancellationToken cancellationToken);

    /// <summary>Can it be reached and used? Nothing when fine, else what to do about it.</summary>
    ValueTask<string?> CheckAsync(CancellationToken cancellationToken);
}

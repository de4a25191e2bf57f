using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Actions;

/// <summary>One mailbox, opened by one connector for one action; nobody else of Weir works in it meanwhile. Every method throws <see cref="MailboxException"/> when the store refuses.</summary>
internal interface IMailboxSession : IAsyncDisposable
{
    /// <summary>Every copy of the message as the store has it now, proven by content.</summary>
    ValueTask<IReadOnlyList<FoundMessage>> FindAsync(MessageIdentity message, CancellationToken cancellationToken);

    /// <summary>Moves copies that all lie in one folder.</summary>
    ValueTask MoveAsync(IReadOnlyList<FoundMessage> copies, MailboxDestination to, CancellationToken cancellationToken);

    /// <summary>Removes copies that all lie in one folder, for good.</summary>
    ValueTask DeleteAsync(IReadOnlyList<FoundMessage> copies, CancellationToken cancellationToken);

    /// <summary>Adds a message; it is durable when this returns.</summary>
    ValueTask AppendAsync(MessageToStore content, MailboxDestination to, CancellationToken cancellationToken);
}

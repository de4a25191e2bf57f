using Weir.Access.Contracts;

namespace Weir.Mailboxes.Contracts;

/// <summary>The one door to people's mailboxes: knows which connector serves which address, and checks the caller's rights.</summary>
public interface IMailboxes
{
    /// <summary>Is there a connector for this address?</summary>
    bool Serves(string mailbox);

    /// <summary>Every copy of the message. Requires <see cref="Permission.EmailAdvancedActionsManage"/>.</summary>
    /// <exception cref="MailboxException">No connector serves it, or it cannot be read.</exception>
    ValueTask<IReadOnlyList<FoundMessage>> FindAsync(Caller caller, string mailbox, MessageIdentity message, CancellationToken cancellationToken);

    /// <summary>Requires <see cref="Permission.EmailAdvancedActionsManage"/>, and <see cref="Permission.EmailPurge"/> to hard-delete.</summary>
    ValueTask<MailboxResult> MoveAsync(Caller caller, string mailbox, MessageIdentity message, MailboxDestination to, CancellationToken cancellationToken);

    /// <summary>Requires <see cref="Permission.EmailAdvancedActionsManage"/> or, to release, <see cref="Permission.QuarantineManage"/>.</summary>
    ValueTask<MailboxResult> RestoreAsync(Caller caller, string mailbox, MessageIdentity message, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken);

    /// <summary>Delivers a message. Requires <see cref="Permission.MailImport"/>.</summary>
    /// <exception cref="MailboxException">No connector serves it, or the mailbox refuses.</exception>
    ValueTask DeliverAsync(Caller caller, string mailbox, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken);

    /// <summary>What is wrong with each connector, in the order of the configuration; nothing means fine. Requires <see cref="Permission.SecuritySettingsRead"/>.</summary>
    ValueTask<IReadOnlyList<MailboxCheck>> CheckAsync(Caller caller, CancellationToken cancellationToken);
}

/// <summary>The state of one configured connector.</summary>
/// <param name="Problem">Nothing when it works, else what to do about it.</param>
public sealed record MailboxCheck(string Connector, IReadOnlyList<string> Domains, string? Problem);

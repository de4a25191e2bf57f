namespace Weir.Directory.Contracts;

/// <summary>What a mailbox is for.</summary>
public enum MailboxKind
{
    User,
    Shared,
    Service,
    Leaver,
}

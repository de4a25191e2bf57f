using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Response.Tests.Support;

/// <summary>The real mailboxes; every call is a step before and after.</summary>
internal sealed class StepMailboxes(IMailboxes inner, Steps steps) : IMailboxes
{
    /// <summary>Set: every move fails with this reason.</summary>
    public string? Broken { get; set; }

    /// <summary>Set: no mailbox can be read, for this reason.</summary>
    public string? Down { get; set; }

    /// <summary>The only mailbox of which that is so; nothing: it is so of all.</summary>
    public string? DownMailbox { get; set; }

    public bool Serves(string mailbox) => inner.Serves(mailbox);

    public async ValueTask<IReadOnlyList<FoundMessage>> FindAsync(Caller caller, string mailbox, MessageIdentity message, CancellationToken cancellationToken)
    {
        steps.Next();
        if (Down is not null && (DownMailbox ?? mailbox) == mailbox)
        {
            throw new MailboxException(Down);
        }

        return await inner.FindAsync(caller, mailbox, message, cancellationToken);
    }

    public async ValueTask<MailboxResult> MoveAsync(Caller caller, string mailbox, MessageIdentity message, MailboxDestination to, CancellationToken cancellationToken)
    {
        steps.Next();
        if (Broken is not null)
        {
            return MailboxResult.Failed(Broken);
        }

        var result = await inner.MoveAsync(caller, mailbox, message, to, cancellationToken);
        steps.Next();
        return result;
    }

    public async ValueTask<MailboxResult> RestoreAsync(Caller caller, string mailbox, MessageIdentity message, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken)
    {
        steps.Next();
        var result = await inner.RestoreAsync(caller, mailbox, message, content, to, cancellationToken);
        steps.Next();
        return result;
    }

    public ValueTask DeliverAsync(Caller caller, string mailbox, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken) =>
        inner.DeliverAsync(caller, mailbox, content, to, cancellationToken);

    public ValueTask<IReadOnlyList<MailboxCheck>> CheckAsync(Caller caller, CancellationToken cancellationToken) => inner.CheckAsync(caller, cancellationToken);
}

using System.Globalization;
using Weir.Access.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.Remediations;

namespace Weir.Response.Quarantine;

/// <summary>
/// Gives a message out through the organisation's mail server, byte for byte as it came. The mark on it lets it pass Weir's own milter once: an attempt of
/// which nobody knows whether it arrived can be made again. Where Weir can look into the mailbox, it looks before and after, and puts it into the inbox.
/// </summary>
internal sealed class ReleaseByServer(IHandOver server, IMailboxes mailboxes, IOwnMail own, HeldMail held, TimeProvider time)
{
    /// <summary>How the reason begins that no further try will mend.</summary>
    public const string Refused = "the mail server refused it";

    private const int Looks = 40;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MarkIsValid = TimeSpan.FromDays(30);

    public bool IsUsed => server.IsConfigured;

    public async ValueTask<MailboxResult> ReleaseAsync(Caller caller, EntryRow entry, MessageIdentity identity, byte[] raw, CancellationToken cancellationToken)
    {
        var isServed = mailboxes.Serves(entry.Recipient);
        if (isServed && await InInboxAsync(caller, entry, identity, cancellationToken) is { } there)
        {
            return there.Outcome == MailboxOutcome.AlreadyInDestination ? there : there with { From = null };
        }

        var holding = (await held.HoldingOfAsync(entry.MessageId, entry.Recipient, cancellationToken))?.Holding ?? 0;
        var marked = own.Sign(raw, entry.Recipient, OwnMailKind.Release, string.Create(CultureInfo.InvariantCulture, $"{entry.MessageId}/{holding}"), time.GetUtcNow() + MarkIsValid);
        var answer = await server.HandOverAsync(caller, new MailToSend(marked, MailFrom: "", entry.Recipient), cancellationToken);
        switch (answer.Outcome)
        {
            case HandOverOutcome.Taken:
                return isServed ? await ProvenAsync(caller, entry, identity, cancellationToken) : new MailboxResult(MailboxOutcome.Success, From: null, MailboxPlace.Inbox);
            case HandOverOutcome.Refused:
                return MailboxResult.Failed($"{Refused}: {answer.Reply}");
            default:
                return MailboxResult.Failed(answer.Reply);
        }
    }

    /// <summary>The server delivers in its own time; a rule that files by what other filters wrote does not move what was released.</summary>
    private async ValueTask<MailboxResult> ProvenAsync(Caller caller, EntryRow entry, MessageIdentity identity, CancellationToken cancellationToken)
    {
        for (var look = 0; look < Looks; look++)
        {
            if (await InInboxAsync(caller, entry, identity, cancellationToken) is { } there)
            {
                return there.Outcome == MailboxOutcome.Failure ? there : new MailboxResult(MailboxOutcome.Success, From: null, MailboxPlace.Inbox);
            }

            await Task.Delay(LookEvery, time, cancellationToken);
        }

        // It is the server's, who keeps it: a mailbox that forwards or files away does not show it.
        return new MailboxResult(MailboxOutcome.Success, From: null, MailboxPlace.Inbox);
    }

    /// <summary>Nothing when the mailbox does not have it, or cannot be read.</summary>
    private async ValueTask<MailboxResult?> InInboxAsync(Caller caller, EntryRow entry, MessageIdentity identity, CancellationToken cancellationToken)
    {
        var moved = await mailboxes.MoveAsync(caller, entry.Recipient, identity, MailboxPlace.Inbox, cancellationToken);
        return moved.Outcome is MailboxOutcome.NotFound or MailboxOutcome.Failure ? null : moved;
    }
}

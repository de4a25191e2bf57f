using Weir.Mail.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Actions;

/// <summary>Find, act, read again: the same rule for every connector, so that a result means the same everywhere.</summary>
internal static class ProvenAction
{
    /// <summary>The field that marks a message as Weir's.</summary>
    public const string IdHeader = "X-Weir-Id";

    public static async ValueTask<MailboxResult> MoveAsync(
        IMailboxSession session, MessageIdentity message, MailboxDestination to, CancellationToken cancellationToken)
    {
        var before = await session.FindAsync(message, cancellationToken);
        if (before.Count == 0)
        {
            return new MailboxResult(MailboxOutcome.NotFound, From: null, Now: null);
        }

        var elsewhere = before.Where(copy => !to.Holds(copy)).ToList();
        if (elsewhere.Count == 0)
        {
            return new MailboxResult(MailboxOutcome.AlreadyInDestination, to.Place, to.Place) { Before = before };
        }

        foreach (var folder in elsewhere.GroupBy(copy => copy.Folder, StringComparer.Ordinal))
        {
            await (to.Place == MailboxPlace.HardDeleted
                ? session.DeleteAsync([.. folder], cancellationToken)
                : session.MoveAsync([.. folder], to, cancellationToken));
        }

        return Judge(before, elsewhere[0].Place, await session.FindAsync(message, cancellationToken), to);
    }

    public static async ValueTask<MailboxResult> RestoreAsync(
        IMailboxSession session, MessageIdentity message, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken)
    {
        if (to.Place == MailboxPlace.HardDeleted)
        {
            return MailboxResult.Failed("a message cannot be restored to nowhere");
        }

        var moved = await MoveAsync(session, message, to, cancellationToken);
        if (moved.Outcome != MailboxOutcome.NotFound)
        {
            return moved;
        }

        // The id goes in as the delivery wrote it; one that the message brought along is not ours.
        var bare = MailContent.RemoveHeaders(content.Raw, [IdHeader]);
        var stamped = MailContent.WithHeader(bare, IdHeader, message.Id.ToString());
        await session.AppendAsync(content with { Raw = stamped }, to, cancellationToken);
        var after = await session.FindAsync(message, cancellationToken);
        return after.Any(to.Holds)
            ? new MailboxResult(MailboxOutcome.Success, From: null, to.Place)
            : MailboxResult.Failed("the message was added but could not be found again");
    }

    private static MailboxResult Judge(IReadOnlyList<FoundMessage> before, MailboxPlace from, IReadOnlyList<FoundMessage> after, MailboxDestination to)
    {
        var left = after.FirstOrDefault(copy => !to.Holds(copy));
        if (left is not null)
        {
            return new MailboxResult(MailboxOutcome.Failure, from, left.Place, $"a copy is still in {PlaceNames.Of(left)}") { Before = before };
        }

        if (after.Count == 0 && to.Place != MailboxPlace.HardDeleted)
        {
            return new MailboxResult(MailboxOutcome.Failure, from, Now: null, "it left the mailbox while it was being moved") { Before = before };
        }

        return new MailboxResult(MailboxOutcome.Success, from, to.Place) { Before = before };
    }
}

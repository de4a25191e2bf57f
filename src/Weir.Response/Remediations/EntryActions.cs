using System.Globalization;
using Weir.Access.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Response.Quarantine;
using Weir.Response.Record;
using Weir.Storage.Contracts;

namespace Weir.Response.Remediations;

/// <summary>
/// Does one entry in two steps: first look where the message is (written down by the caller), then act. After a crash between the two,
/// acting again finds the message where it should be, and the intent says that this was our doing.
/// </summary>
internal sealed class EntryActions(IMailboxes mailboxes, ReleaseByServer server, IBlobs blobs, TimeProvider time)
{
    private const string NoContent = "Weir no longer has its content";

    // The person's rights were checked when the action was submitted; the job acts on the approval.
    private static readonly Caller Approved = Caller.System("remediation", Permission.EmailAdvancedActionsManage, Permission.EmailPurge, Permission.QuarantineManage);

    /// <summary>Trying again would not help.</summary>
    public static bool IsLasting(EntryRow entry) => entry.Result is { } result && (result.Contains(NoContent, StringComparison.Ordinal) || result.Contains(ReleaseByServer.Refused, StringComparison.Ordinal));

    /// <summary>Forgets a failed try, but for what it met with.</summary>
    public static void Postpone(EntryRow entry)
    {
        entry.Result = entry.Outcome == MailboxOutcome.NotFound ? "Waiting: it is not in the mailbox yet" : $"Waiting: {entry.Result?[(entry.Result.IndexOf(' ', StringComparison.Ordinal) + 1)..]}";
        (entry.Outcome, entry.At, entry.Now, entry.State) = (null, null, null, EntryState.Waiting);
    }

    /// <summary>Fills in where the message is now. A mailbox that cannot be read ends the entry.</summary>
    public async ValueTask LookAsync(EntryRow entry, CancellationToken cancellationToken)
    {
        if (entry.State != EntryState.Waiting)
        {
            return;
        }

        if (entry.Kind == EntryKind.Release && !mailboxes.Serves(entry.Recipient))
        {
            // Nobody can look into that mailbox; the mail server takes mail for it all the same.
            entry.State = EntryState.Intended;
            return;
        }

        try
        {
            var found = await mailboxes.FindAsync(Approved, entry.Recipient, IdentityOf(entry), cancellationToken);
            var destination = new MailboxDestination(entry.To, entry.ToFolder);
            var copy = found.FirstOrDefault(copy => !destination.Holds(copy)) ?? (found.Count > 0 ? found[0] : null);
            entry.FromPlace = copy?.Place;
            entry.FromFolder = copy?.Folder ?? "";
            entry.FromRead = copy?.IsRead ?? false;
            entry.FromAnswered = copy?.IsAnswered ?? false;
            entry.State = EntryState.Intended;
        }
        catch (MailboxException problem)
        {
            End(entry, MailboxResult.Failed(problem.Message));
        }
    }

    /// <summary>Acts on an entry whose intent is written down.</summary>
    public async ValueTask ActAsync(EntryRow entry, CancellationToken cancellationToken)
    {
        if (entry.State != EntryState.Intended)
        {
            return;
        }

        End(entry, Explain(entry, await TryAsync(entry, cancellationToken)));
    }

    private async ValueTask<MailboxResult> TryAsync(EntryRow entry, CancellationToken cancellationToken)
    {
        var destination = new MailboxDestination(entry.To, entry.ToFolder);
        switch (entry.Kind)
        {
            case EntryKind.Move:
                return await mailboxes.MoveAsync(Approved, entry.Recipient, IdentityOf(entry), destination, cancellationToken);
            case EntryKind.Requarantine:
                // Only what Weir can give back may leave the mailbox.
                return await blobs.ReadAsync(new BlobId(entry.BlobId), cancellationToken) is null
                    ? MailboxResult.Failed($"{NoContent}, so it stays in the mailbox")
                    : await mailboxes.MoveAsync(Approved, entry.Recipient, IdentityOf(entry), MailboxPlace.HardDeleted, cancellationToken);
            case EntryKind.Release when server.IsUsed:
                return await blobs.ReadAsync(new BlobId(entry.BlobId), cancellationToken) is { } content
                    ? await server.ReleaseAsync(Approved, entry, IdentityOf(entry), content, cancellationToken)
                    : MailboxResult.Failed(NoContent);
            default:
                return await blobs.ReadAsync(new BlobId(entry.BlobId), cancellationToken) is { } raw
                    ? await mailboxes.RestoreAsync(
                        Approved,
                        entry.Recipient,
                        IdentityOf(entry),
                        new MessageToStore(raw, entry.Timestamp) { IsRead = entry.ToRead, IsAnswered = entry.ToAnswered },
                        destination,
                        cancellationToken)
                    : MailboxResult.Failed(NoContent);
        }
    }

    /// <summary>A second try after a crash sees only the effect of the first; the intent says what the first one saw.</summary>
    private static MailboxResult Explain(EntryRow entry, MailboxResult result)
    {
        var wasElsewhere = entry.FromPlace is { } place && !new MailboxDestination(entry.To, entry.ToFolder).Holds(new FoundMessage(place, entry.FromFolder, "", IsRead: false, IsAnswered: false));
        return (entry.Kind, result.Outcome) switch
        {
            (EntryKind.Move, MailboxOutcome.AlreadyInDestination) when wasElsewhere => result with { Outcome = MailboxOutcome.Success },
            (EntryKind.Move, MailboxOutcome.NotFound) when entry.To == MailboxPlace.HardDeleted && entry.FromPlace is not null => Succeeded(entry.To),
            (EntryKind.Requarantine, MailboxOutcome.NotFound) when entry.FromPlace is not null => Succeeded(entry.To),
            (EntryKind.Release or EntryKind.Restore, MailboxOutcome.AlreadyInDestination) when entry.FromPlace is null => Succeeded(entry.To),
            _ => result,
        };
    }

    private static MailboxResult Succeeded(MailboxPlace now) => new(MailboxOutcome.Success, From: null, now);

    private void End(EntryRow entry, MailboxResult result)
    {
        entry.Outcome = result.Outcome;
        entry.Result = result.Text.Length <= 500 ? result.Text : result.Text[..500];
        entry.From = entry.Kind == EntryKind.Release ? Places.Quarantine : entry.FromPlace is { } from ? Places.Location(from) : null;
        entry.Now = result.Outcome switch
        {
            MailboxOutcome.Success when entry.Kind == EntryKind.Requarantine => Places.Quarantine,
            MailboxOutcome.Success or MailboxOutcome.AlreadyInDestination => Places.Location(entry.To),
            MailboxOutcome.Failure => result.Now is { } now ? Places.Location(now) : entry.From,
            _ => null,
        };
        entry.At = time.GetUtcNow();
        entry.State = EntryState.Acted;
    }

    private static MessageIdentity IdentityOf(EntryRow entry) =>
        new(NetworkMessageId.Parse(entry.MessageId, CultureInfo.InvariantCulture), entry.BodySha256, entry.InternetMessageId, entry.Timestamp);
}

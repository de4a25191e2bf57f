using Microsoft.EntityFrameworkCore;
using Weir.Detection.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.Remediations;
using Weir.Storage.Contracts;

namespace Weir.Response.AfterDelivery;

/// <summary>
/// What a person gave back stays where it is, by an undo, a release or a move to the inbox: that it is spam or phish was known to them, or is their judgement
/// against Weir's. Weir takes it again only when it turned into malware since.
/// </summary>
internal sealed class GivenBack(IDbContextFactory<WeirDbContext> databases)
{
    private static readonly string Malware = Names.Of(Verdict.Malware);

    /// <summary>What is known by now was not when the person gave it back.</summary>
    public static bool MayBeTaken(RejudgedMessage message) => message.Verdict == Malware && message.Before != Malware;

    /// <summary>The copies that a person gave back, or is giving back, and to which nothing was done since; recipients in lower case.</summary>
    public async Task<HashSet<(string MessageId, string Recipient)>> FindAsync(IReadOnlyCollection<string> messages, CancellationToken cancellationToken)
    {
        var last = new Dictionary<(string, string), (DateTimeOffset At, bool IsGivenBack)>();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var some in messages.Chunk(500))
        {
            var done = await database.Set<EntryRow>().AsNoTracking()
                .Where(entry => some.Contains(entry.MessageId))
                .Join(database.Set<RemediationRow>(), entry => entry.ApprovalId, action => action.ApprovalId, (entry, action) => new { Entry = entry, action.ActionSource, action.CreatedAt })
                .ToListAsync(cancellationToken);
            foreach (var one in done)
            {
                var byPerson = one.ActionSource != RemediationRow.AutomatedSource;
                if (!(byPerson ? IsMeant(one.Entry) : one.Entry.Outcome == MailboxOutcome.Success))
                {
                    continue;
                }

                var (copy, at) = ((one.Entry.MessageId, one.Entry.Recipient.ToLowerInvariant()), one.Entry.At ?? one.CreatedAt);
                if (!last.TryGetValue(copy, out var known) || known.At <= at)
                {
                    last[copy] = (at, byPerson && Gives(one.Entry));
                }
            }
        }

        return [.. last.Where(copy => copy.Value.IsGivenBack).Select(copy => copy.Key)];
    }

    /// <summary>Done, there already, or under way.</summary>
    private static bool IsMeant(EntryRow entry) =>
        entry.Outcome is MailboxOutcome.Success or MailboxOutcome.AlreadyInDestination || (entry.Outcome is null && entry.State != EntryState.Done);

    private static bool Gives(EntryRow entry) =>
        entry.Kind == EntryKind.Release || (entry.Kind != EntryKind.Requarantine && entry.To is MailboxPlace.Inbox or MailboxPlace.OtherFolder);
}

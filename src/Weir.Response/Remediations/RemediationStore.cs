using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Response.Remediations;

/// <summary>Actions and their entries in the operational database.</summary>
internal sealed class RemediationStore(IDbContextFactory<WeirDbContext> databases, TimeProvider time)
{
    /// <summary>Stores an action with all its entries; an undo marks what it undoes in the same transaction.</summary>
    /// <returns>False when the action to undo was undone by somebody else meanwhile.</returns>
    public async Task<bool> AddAsync(RemediationRow remediation, IReadOnlyList<EntryRow> entries, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (remediation.UndoOf is { } undone)
        {
            var marked = await database.Set<RemediationRow>()
                .Where(row => row.ApprovalId == undone && row.UndoneBy == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UndoneBy, remediation.ApprovalId), cancellationToken);
            if (marked == 0)
            {
                return false;
            }
        }

        database.Add(remediation);
        database.AddRange(entries);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async Task<RemediationRow?> FindAsync(string approvalId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<RemediationRow>().AsNoTracking().FirstOrDefaultAsync(row => row.ApprovalId == approvalId, cancellationToken);
    }

    public async Task<IReadOnlyList<EntryRow>> EntriesAsync(string approvalId, int from, int count, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<EntryRow>().AsNoTracking()
            .Where(row => row.ApprovalId == approvalId && row.Ordinal >= from && row.Ordinal < (long)from + count)
            .OrderBy(row => row.Ordinal)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Entries as a person reads them: failures first.</summary>
    public async Task<IReadOnlyList<EntryRow>> FirstAsync(string approvalId, int most, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await First(database, approvalId, most).ToListAsync(cancellationToken);
    }

    /// <summary>By where it was: how many messages changed.</summary>
    public async Task<IReadOnlyList<(string? From, MailboxPlace? Place, int Count)>> ChangedAsync(string approvalId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var groups = await database.Set<EntryRow>()
            .Where(row => row.ApprovalId == approvalId && row.Outcome == MailboxOutcome.Success)
            .GroupBy(row => new { row.From, row.FromPlace })
            .Select(group => new { group.Key.From, group.Key.FromPlace, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return [.. groups.Select(group => (group.From, group.FromPlace, group.Count))];
    }

    /// <summary>What other actions did to the copies of the entries that <see cref="FirstAsync"/> gives.</summary>
    public async Task<IReadOnlyList<EntryRow>> DoneByOthersAsync(string approvalId, int most, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = database.Set<EntryRow>().AsNoTracking();
        return await First(database, approvalId, most)
            .Join(
                rows.Where(other => other.ApprovalId != approvalId && (other.Outcome == MailboxOutcome.Success || other.Outcome == MailboxOutcome.AlreadyInDestination)),
                row => new { row.MessageId, row.Recipient }, other => new { other.MessageId, other.Recipient }, (_, other) => other)
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<EntryRow> First(WeirDbContext database, string approvalId, int most) => database.Set<EntryRow>().AsNoTracking()
        .Where(row => row.ApprovalId == approvalId)
        .OrderByDescending(row => row.Outcome == MailboxOutcome.Failure)
        .ThenBy(row => row.Ordinal)
        .Take(most);

    /// <summary>
    /// Saves the state of entries in one transaction. What was acted upon already stays as it was written down then, since an undo goes by it: of such an
    /// entry, nothing is left to be done here.
    /// </summary>
    public async Task SaveAsync(IReadOnlyCollection<EntryRow> entries, CancellationToken cancellationToken) =>
        await SaveAsync(
            entries,
            (stored, outcome, next) => stored switch
            {
                // Rejected, or judged again, after it was begun: what was done all the same must be known.
                EntryState.Done => outcome is null && next.Outcome is not null,
                EntryState.Acted => next.State == EntryState.Done,
                _ => true,
            },
            cancellationToken);

    /// <summary>Saves what is about to be done, and tells the entries that were taken back meanwhile, or that somebody else does: nothing is to be done about those.</summary>
    public async Task IntendAsync(IReadOnlyCollection<EntryRow> entries, CancellationToken cancellationToken) =>
        await SaveAsync(entries, (stored, _, _) => stored == EntryState.Waiting, cancellationToken);

    private async Task SaveAsync(IReadOnlyCollection<EntryRow> entries, Func<EntryState, MailboxOutcome?, EntryRow, bool> maySave, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var (approvalId, ordinals) = (entries.First().ApprovalId, entries.Select(entry => entry.Ordinal).ToList());
        var stored = await database.Set<EntryRow>().AsNoTracking()
            .Where(row => row.ApprovalId == approvalId && ordinals.Contains(row.Ordinal))
            .Select(row => new { row.Ordinal, row.State, row.Outcome })
            .ToDictionaryAsync(row => row.Ordinal, cancellationToken);
        foreach (var entry in entries)
        {
            if (stored[entry.Ordinal] is var known && maySave(known.State, known.Outcome, entry))
            {
                database.Update(entry);
            }
            else
            {
                entry.State = EntryState.Done;
            }
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What Weir wanted to do with messages that it thinks otherwise of by now, and did not begin, is not done any more, approved or not.</summary>
    /// <param name="messages">Judged again since.</param>
    /// <returns>The actions that were not at their end.</returns>
    public async Task<IReadOnlyList<string>> TakeBackAsync(IReadOnlyCollection<string> messages, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var open = await database.Set<RemediationRow>()
            .Where(row => row.CompletedAt == null && row.ActionSource == RemediationRow.AutomatedSource)
            .Select(row => row.ApprovalId)
            .ToListAsync(cancellationToken);
        if (open.Count == 0)
        {
            return [];
        }

        foreach (var some in messages.Chunk(500))
        {
            await database.Set<EntryRow>()
                .Where(row => open.Contains(row.ApprovalId) && some.Contains(row.MessageId) && row.State == EntryState.Waiting)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, EntryState.Done).SetProperty(row => row.Result, EntryRow.JudgedAgain), cancellationToken);
        }

        foreach (var approvalId in open)
        {
            await CompleteIfDoneAsync(approvalId, cancellationToken);
        }

        return open;
    }

    /// <summary>Moves a status forward; one that is further already stays.</summary>
    public async Task AdvanceAsync(string approvalId, RemediationStatus to, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        RemediationStatus[] before = to == RemediationStatus.Queued ? [RemediationStatus.Started] : [RemediationStatus.Started, RemediationStatus.Queued];
        await database.Set<RemediationRow>()
            .Where(row => row.ApprovalId == approvalId && before.Contains(row.Status))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, to), cancellationToken);
    }

    /// <summary>A person's decision on an action that waits for one.</summary>
    /// <param name="to"><see cref="RemediationStatus.Started"/> or <see cref="RemediationStatus.Rejected"/>.</param>
    /// <returns>False when it does not wait any more.</returns>
    public async Task<bool> DecideAsync(string approvalId, RemediationStatus to, Caller caller, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        DateTimeOffset? ended = to == RemediationStatus.Rejected ? time.GetUtcNow() : null;
        var decided = await database.Set<RemediationRow>()
            .Where(row => row.ApprovalId == approvalId && row.Status == RemediationStatus.Pending)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Status, to).SetProperty(row => row.DecidedById, caller.Id).SetProperty(row => row.DecidedBy, caller.Name).SetProperty(row => row.CompletedAt, ended),
                cancellationToken);
        if (decided == 1 && to == RemediationStatus.Rejected)
        {
            await database.Set<EntryRow>()
                .Where(row => row.ApprovalId == approvalId && row.State != EntryState.Done)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, EntryState.Done).SetProperty(row => row.Result, "Rejected"), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return decided == 1;
    }

    /// <summary>Stops an action that nobody decided: what is not done yet waits for a person.</summary>
    public async Task HoldAsync(string approvalId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Set<RemediationRow>()
            .Where(row => row.ApprovalId == approvalId && row.CompletedAt == null && row.DecidedById == RemediationRow.Automatic)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, RemediationStatus.Pending), cancellationToken);
    }

    /// <summary>Every entry is done.</summary>
    public async Task<bool> IsDoneAsync(string approvalId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return !await database.Set<EntryRow>().AnyAsync(row => row.ApprovalId == approvalId && row.State != EntryState.Done, cancellationToken);
    }

    /// <summary>Ends the action when every entry is done: failed when nothing could be done at all.</summary>
    public async Task CompleteIfDoneAsync(string approvalId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var entries = database.Set<EntryRow>().Where(row => row.ApprovalId == approvalId);
        if (await entries.AnyAsync(row => row.State != EntryState.Done, cancellationToken))
        {
            return;
        }

        var status = await entries.AnyAsync(row => row.Outcome != MailboxOutcome.Failure, cancellationToken) ? RemediationStatus.Completed : RemediationStatus.Failed;
        var now = time.GetUtcNow();
        await database.Set<RemediationRow>()
            .Where(row => row.ApprovalId == approvalId && row.CompletedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, status).SetProperty(row => row.CompletedAt, now), cancellationToken);
    }

    public async Task<IReadOnlyList<string>> UnfinishedAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<RemediationRow>().Where(row => row.CompletedAt == null && row.Status != RemediationStatus.Pending).OrderBy(row => row.CreatedAt).Select(row => row.ApprovalId).ToListAsync(cancellationToken);
    }

    public async Task<int> CountAsync(string approvalId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<EntryRow>().CountAsync(row => row.ApprovalId == approvalId, cancellationToken);
    }

    /// <summary>Entries of the actions since an instant that nobody decided and that do not wait for a person.</summary>
    public async Task<int> CountUndecidedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var chosen = database.Set<RemediationRow>().Where(row => row.CreatedAt >= since && row.DecidedById == RemediationRow.Automatic && row.Status != RemediationStatus.Pending);
        return await database.Set<EntryRow>().CountAsync(entry => chosen.Any(row => row.ApprovalId == entry.ApprovalId), cancellationToken);
    }

    /// <summary>Actions since an instant (or one by id), newest first, with their counts.</summary>
    public async Task<IReadOnlyList<Remediation>> ListAsync(DateTimeOffset since, string? approvalId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var chosen = database.Set<RemediationRow>().AsNoTracking().Where(row => row.CreatedAt >= since && (approvalId == null || row.ApprovalId == approvalId));
        var rows = await chosen.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.ApprovalId).ToListAsync(cancellationToken);
        var counts = await database.Set<EntryRow>()
            .Where(entry => chosen.Any(row => row.ApprovalId == entry.ApprovalId))
            .GroupBy(entry => new { entry.ApprovalId, entry.Outcome, entry.Kind })
            .Select(group => new { group.Key.ApprovalId, group.Key.Outcome, group.Key.Kind, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var byId = counts.ToLookup(count => count.ApprovalId, count => (count.Outcome, count.Kind, count.Count), StringComparer.Ordinal);
        return [.. rows.Select(row => Shown(row, [.. byId[row.ApprovalId]]))];
    }

    private static Remediation Shown(RemediationRow row, IReadOnlyList<(MailboxOutcome? Outcome, EntryKind Kind, int Count)> counts)
    {
        int Of(MailboxOutcome outcome) => counts.Where(count => count.Outcome == outcome).Sum(count => count.Count);
        return new Remediation
        {
            ApprovalId = row.ApprovalId,
            Name = row.Name,
            Description = row.Description,
            Destination = row.Destination,
            Status = row.Status,
            ActionSource = row.ActionSource,
            DecidedBy = row.DecidedBy,
            CreatedAt = row.CreatedAt,
            CompletedAt = row.CompletedAt,
            Submitted = counts.Sum(count => count.Count),
            Succeeded = Of(MailboxOutcome.Success),
            AlreadyThere = Of(MailboxOutcome.AlreadyInDestination),
            NotFound = Of(MailboxOutcome.NotFound),
            Failed = Of(MailboxOutcome.Failure),
            UndoOf = row.UndoOf,
            UndoneBy = row.UndoneBy,
            CanUndo = row.CompletedAt is not null && row.UndoneBy is null && row.UndoOf is null && Of(MailboxOutcome.Success) > 0,
            UndoNeeds = [.. counts.Where(count => count.Outcome is null or MailboxOutcome.Success).Select(count => EntryRow.NeededToUndo(count.Kind)).Distinct().Order()],
            Query = row.Query,
        };
    }
}

using Microsoft.EntityFrameworkCore;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Remediations;
using Weir.Storage.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>Held mail in the operational database.</summary>
internal sealed class HeldMail(IDbContextFactory<WeirDbContext> databases, TimeProvider time)
{
    /// <summary>Keys of one question to the database.</summary>
    private const int AtOnce = 500;

    public async Task<IReadOnlyList<HeldRow>> FindAsync(string messageId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<HeldRow>().AsNoTracking().Where(row => row.MessageId == messageId).OrderBy(row => row.Recipient).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<HeldRow>> FindAsync(IReadOnlyCollection<HeldKey> keys, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(database, keys, cancellationToken);
    }

    /// <summary>What is held from a recipient, or was released to them lately, the newest first.</summary>
    public async Task<IReadOnlyList<HeldRow>> OfRecipientAsync(string recipient, int most, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<HeldRow>().AsNoTracking()
            .Where(row => row.Recipient == recipient && (row.State == HeldState.Held || row.State == HeldState.Releasing || (row.State == HeldState.Released && row.ExpiresAt > now)))
            .OrderByDescending(row => row.HeldAt)
            .Take(most)
            .ToListAsync(cancellationToken);
    }

    /// <summary>One page of rows and how many there are.</summary>
    public async Task<(IReadOnlyList<HeldRow> Rows, int Total)> PageAsync(QuarantineQuery query, IReadOnlyCollection<string>? only, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var chosen = HeldFilter.Of(database.Set<HeldRow>().AsNoTracking(), query, only, time.GetUtcNow());
        var total = await chosen.CountAsync(cancellationToken);
        var rows = await HeldFilter.Sorted(chosen, query).Skip(query.Skip).Take(query.Take).ToListAsync(cancellationToken);
        return (rows, total);
    }

    public async Task<IReadOnlyList<HeldKey>> KeysAsync(QuarantineQuery query, IReadOnlyCollection<string>? only, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await HeldFilter.Sorted(HeldFilter.Of(database.Set<HeldRow>().AsNoTracking(), query, only, time.GetUtcNow()), query).Select(row => new { row.MessageId, row.Recipient }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new HeldKey(Kernel.NetworkMessageId.Parse(row.MessageId, System.Globalization.CultureInfo.InvariantCulture), row.Recipient))];
    }

    /// <summary>What keeps releases from being done: the last that an attempt met with.</summary>
    public async Task<IReadOnlyDictionary<(string MessageId, string Recipient), string>> ProblemsAsync(IReadOnlyList<HeldRow> rows, CancellationToken cancellationToken)
    {
        var approvals = rows.Where(row => row.State == HeldState.Releasing).Select(row => row.ApprovalId).Distinct(StringComparer.Ordinal).ToList();
        if (approvals.Count == 0)
        {
            return new Dictionary<(string, string), string>();
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var entries = await database.Set<EntryRow>().AsNoTracking()
            .Where(entry => approvals.Contains(entry.ApprovalId) && entry.State != EntryState.Done && entry.Result != null)
            .Select(entry => new { entry.MessageId, entry.Recipient, entry.Result })
            .ToListAsync(cancellationToken);
        return entries.DistinctBy(entry => (entry.MessageId, entry.Recipient)).ToDictionary(entry => (entry.MessageId, entry.Recipient), entry => entry.Result ?? "");
    }

    /// <summary>Changes rows that still are what they are thought to be, in one transaction with whatever else has to be written.</summary>
    /// <returns>The rows that were changed.</returns>
    public async Task<IReadOnlyList<HeldRow>> ChangeAsync(
        IReadOnlyCollection<HeldKey> keys, Func<HeldRow, bool> isStill, Action<HeldRow> change, Action<WeirDbContext, IReadOnlyList<HeldRow>>? also, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // Immediate (SQLite): two who release the same message at once take turns, and the second one sees what the first one did.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var rows = (await FindAsync(database, keys, cancellationToken, isTracking: true)).Where(isStill).ToList();
        rows.ForEach(change);
        also?.Invoke(database, rows);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    /// <summary>What a release of this message is known by: the same for every attempt until it is held anew.</summary>
    public async Task<HeldRow?> HoldingOfAsync(string messageId, string recipient, CancellationToken cancellationToken)
    {
        var rows = await FindAsync(messageId, cancellationToken);
        return rows.FirstOrDefault(row => row.Recipient.Equals(recipient, StringComparison.OrdinalIgnoreCase)) ?? rows.MaxBy(row => row.Holding);
    }

    private static async Task<IReadOnlyList<HeldRow>> FindAsync(WeirDbContext database, IReadOnlyCollection<HeldKey> keys, CancellationToken cancellationToken, bool isTracking = false)
    {
        var wanted = keys.Select(key => (Id: key.Id.ToString(), Recipient: key.Recipient.ToLowerInvariant())).ToHashSet();
        var found = new List<HeldRow>();
        foreach (var ids in wanted.Select(key => key.Id).Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var rows = database.Set<HeldRow>().Where(row => ids.Contains(row.MessageId));
            found.AddRange((await (isTracking ? rows : rows.AsNoTracking()).ToListAsync(cancellationToken)).Where(row => wanted.Contains((row.MessageId, row.Recipient))));
        }

        return found;
    }

    public static EntryRow EntryOf(RemediationRow action, int ordinal, HeldRow row, string recipient) => new()
    {
        ApprovalId = action.ApprovalId,
        Ordinal = ordinal,
        MessageId = row.MessageId,
        Recipient = recipient,
        Timestamp = row.ReceivedAt,
        InternetMessageId = row.InternetMessageId,
        BodySha256 = row.BodySha256,
        BlobId = row.BlobId,
        Subject = row.Subject,
        Kind = EntryKind.Release,
        To = MailboxPlace.Inbox,
        State = EntryState.Waiting,
    };
}

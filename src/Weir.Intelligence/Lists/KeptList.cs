using Microsoft.EntityFrameworkCore;
using Weir.Intelligence.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>The list: kept in the operational database, judged by from a snapshot in memory that is exchanged as a whole with every change.</summary>
/// <param name="takeover">What was a file before Weir kept the list itself.</param>
internal sealed class KeptList(IDbContextFactory<WeirDbContext> databases, ListTakeover takeover, TimeProvider time) : IAllowBlockList, IDisposable
{
    /// <summary>So long, what was taken out can be put back.</summary>
    public static readonly TimeSpan RemovedKept = TimeSpan.FromDays(90);

    private readonly Lock _loading = new();
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private volatile ListSnapshot? _now;
    private volatile InForce? _current;

    /// <summary>Read from the database when it is first asked for.</summary>
    public ListSnapshot Now => _now ?? Load();

    public long Version => Now.Version;

    public IReadOnlyList<AllowBlockEntry> Current(DateTimeOffset at)
    {
        var now = Now;
        var (count, sum) = (0, 0L);
        foreach (var entry in now.Entries)
        {
            if (entry.IsInForce(at))
            {
                count++;
                sum += entry.Row.Id;
            }
        }

        if (_current is not { } last || last.List != now || last.Count != count || last.Sum != sum)
        {
            _current = last = new InForce(now, count, sum, [.. now.Entries.Where(entry => entry.IsInForce(at)).Select(entry => entry.Entry with { Expires = entry.Expires })]);
        }

        return last.Entries;
    }

    public IReadOnlyList<AllowBlockEntry> Find(MailTraits message, DateTimeOffset at) =>
        Now is var now && now.Index.Find(message) is { Count: > 0 } found ? [.. found.Where(entry => now.ById[entry.Id].IsInForce(at))] : [];

    public string ContentAt(DateTimeOffset at) => Now.ContentAt(at);

    public ListChanges ChangesSince(long version) => Now.ChangesSince(version);

    /// <summary>Changes entries, one change at a time. In force when this returns.</summary>
    /// <param name="change">Which rows are new or other than before; it gets the list as it is then.</param>
    public async Task<ListSnapshot> ChangeAsync(Func<ListSnapshot, IReadOnlyList<ListRow>> change, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var before = Now;
            var rows = change(before);
            if (rows.Count == 0)
            {
                return before;
            }

            var version = before.Version;
            foreach (var row in rows)
            {
                row.Change = IsNews(row, before) ? ++version : row.Change;
            }

            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            Put(database, rows, before);
            await database.SaveChangesAsync(cancellationToken);
            return _now = After(before, rows);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Keeps when entries were last used, and how far the log was read for it, together.</summary>
    public async Task KeepUsesAsync(IReadOnlyCollection<long> ids, long cursor, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var reader = await database.Set<ListReaderRow>().SingleOrDefaultAsync(cancellationToken);
            if (reader is null)
            {
                database.Add(reader = new ListReaderRow { Id = 1 });
            }

            reader.Cursor = cursor;
            foreach (var some in ids.Chunk(500))
            {
                foreach (var row in await database.Set<ListRow>().Where(row => some.Contains(row.Id)).ToListAsync(cancellationToken))
                {
                    row.LastUsed = Now.ById.GetValueOrDefault(row.Id)?.LastUsed ?? row.LastUsed;
                }
            }

            await database.SaveChangesAsync(cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>How far the log was read for uses.</summary>
    public async Task<long> CursorAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return (await database.Set<ListReaderRow>().AsNoTracking().SingleOrDefaultAsync(cancellationToken))?.Cursor ?? 0;
    }

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Another note or a later expiry says nothing new of mail, unless the entry had expired.</summary>
    private bool IsNews(ListRow row, ListSnapshot before) =>
        !before.ById.TryGetValue(row.Id, out var known)
        || (known.Row.Kind, known.Row.Value, known.Row.IsAllow, known.Row.RemovedAt is null) != (row.Kind, row.Value, row.IsAllow, row.RemovedAt is null)
        || !known.IsInForce(time.GetUtcNow());

    private static void Put(WeirDbContext database, IReadOnlyList<ListRow> rows, ListSnapshot before)
    {
        database.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var row in rows)
        {
            database.Entry(row).State = before.ById.ContainsKey(row.Id) ? EntityState.Modified : EntityState.Added;
        }
    }

    private static ListSnapshot After(ListSnapshot before, IReadOnlyList<ListRow> rows)
    {
        var all = new Dictionary<long, KeptEntry>(before.ById);
        foreach (var row in rows)
        {
            all[row.Id] = all.TryGetValue(row.Id, out var known) ? known.With(row.Copy()) : new KeptEntry(row.Copy());
        }

        return new ListSnapshot(all.Values);
    }

    private ListSnapshot Load()
    {
        lock (_loading)
        {
            if (_now is { } loaded)
            {
                return loaded;
            }

            using var database = databases.CreateDbContext();
            var now = time.GetUtcNow();
            var rows = database.Set<ListRow>().AsNoTracking().ToList();
            // The last one stays whatever its age: its number and its version are not given again, to readers either would look like the old one.
            var (id, change) = rows.Count == 0 ? (0, 0) : (rows.Max(row => row.Id), rows.Max(row => row.Change));
            if (rows.FindAll(row => row.RemovedAt < now - RemovedKept && row.Id != id && row.Change != change) is { Count: > 0 } gone)
            {
                rows.RemoveAll(gone.Contains);
                database.RemoveRange(gone);
                database.SaveChanges();
                database.ChangeTracker.Clear();
            }

            var list = new ListSnapshot(rows.Select(row => new KeptEntry(row)));
            var taken = takeover.Read(list, now);
            if (taken.Count > 0)
            {
                Put(database, taken, list);
                database.SaveChanges();
                list = After(list, taken);
            }

            takeover.Done();
            return _now = list;
        }
    }

    /// <summary>The entries in force while the list is the same and nothing expires.</summary>
    private sealed record InForce(ListSnapshot List, int Count, long Sum, IReadOnlyList<AllowBlockEntry> Entries);
}

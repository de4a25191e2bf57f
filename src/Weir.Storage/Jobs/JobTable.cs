using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Storage.Jobs;

/// <summary>The job table: adding, leasing, finishing. Every change is one statement or one transaction.</summary>
internal sealed class JobTable(IDbContextFactory<WeirDbContext> databases, TimeProvider clock) : IJobs
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    public const int MaximumAttempts = 8;

    private readonly Channel<bool> _added = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Signalled when there may be new work.</summary>
    public ChannelReader<bool> Added => _added.Reader;

    public async ValueTask AddAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var group in jobs.GroupBy(job => job.Kind, StringComparer.Ordinal))
        {
            foreach (var chunk in group.DistinctBy(job => job.Key, StringComparer.Ordinal).Chunk(500))
            {
                var keys = chunk.Select(job => job.Key).ToList();
                var known = await database.Set<JobRow>().Where(row => row.Kind == group.Key && keys.Contains(row.Key)).Select(row => row.Key).ToListAsync(cancellationToken);
                foreach (var again in chunk.Where(job => job.IsAgain && known.Contains(job.Key, StringComparer.Ordinal)))
                {
                    await BeginAnewAsync(database, again, now, cancellationToken);
                }

                database.AddRange(chunk.Where(job => !known.Contains(job.Key, StringComparer.Ordinal)).Select(job => new JobRow
                {
                    Kind = job.Kind,
                    Key = job.Key,
                    Payload = job.Payload,
                    Owner = job.Owner,
                    NotBefore = job.NotBefore ?? now,
                }));
            }
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _added.Writer.TryWrite(true);
    }

    private static Task<int> BeginAnewAsync(WeirDbContext database, NewJob job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var notBefore = job.NotBefore ?? now;
        return database.Set<JobRow>()
            .Where(row => row.Kind == job.Kind && row.Key == job.Key && (row.State == JobState.Done || row.State == JobState.Failed))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, JobState.Waiting)
                    .SetProperty(row => row.Attempts, 0)
                    .SetProperty(row => row.Payload, job.Payload)
                    .SetProperty(row => row.Owner, job.Owner)
                    .SetProperty(row => row.NotBefore, notBefore)
                    .SetProperty(row => row.Progress, 0d)
                    .SetProperty(row => row.Result, (string?)null)
                    .SetProperty(row => row.Error, (string?)null),
                cancellationToken);
    }

    public async ValueTask<JobStatus?> FindAsync(string kind, string key, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<JobRow>()
            .Where(row => row.Kind == kind && row.Key == key)
            .Select(row => new JobStatus(row.Id, row.Kind, row.Key, row.State, row.Progress, row.Result, row.Error, row.Attempts))
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async ValueTask ReportAsync(LeasedJob job, double progress, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var bounded = Math.Clamp(progress, 0, 1);
        await Held(database, job).ExecuteUpdateAsync(set => set.SetProperty(row => row.Progress, bounded), cancellationToken);
    }

    /// <summary>The handler lives still.</summary>
    public async Task RenewAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var until = clock.GetUtcNow() + Lease;
        await Held(database, job).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), cancellationToken);
    }

    /// <summary>The job's row, unless its lease ran out and somebody else has it by now.</summary>
    private static IQueryable<JobRow> Held(WeirDbContext database, LeasedJob job) =>
        database.Set<JobRow>().Where(row => row.Id == job.Id && row.State == JobState.Running && row.Attempts == job.Attempt);

    /// <summary>Due jobs of these kinds, oldest first; running ones whose lease ran out count as due.</summary>
    public async Task<IReadOnlyList<JobRow>> DueAsync(IReadOnlyCollection<string> kinds, int limit, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return await database.Set<JobRow>().AsNoTracking()
            .Where(row => kinds.Contains(row.Kind)
                && ((row.State == JobState.Waiting && row.NotBefore <= now) || (row.State == JobState.Running && row.LeaseUntil < now)))
            .OrderBy(row => row.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Takes the job unless somebody else did meanwhile.</summary>
    public async Task<LeasedJob?> TryLeaseAsync(JobRow job, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var until = clock.GetUtcNow() + Lease;
        var taken = await database.Set<JobRow>()
            .Where(row => row.Id == job.Id && row.State == job.State && row.Attempts == job.Attempts)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, JobState.Running).SetProperty(row => row.LeaseUntil, until).SetProperty(row => row.Attempts, row => row.Attempts + 1),
                cancellationToken);
        return taken == 1 ? new LeasedJob(job.Id, job.Kind, job.Key, job.Payload, job.Attempts + 1) : null;
    }

    public async Task CompleteAsync(LeasedJob job, string? result, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await Held(database, job)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, JobState.Done).SetProperty(row => row.Progress, 1d).SetProperty(row => row.Result, result).SetProperty(row => row.Error, (string?)null),
                cancellationToken);
    }

    /// <summary>Back to waiting with a growing pause, or failed for good after the last attempt.</summary>
    public async Task FailAsync(LeasedJob job, string error, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var state = job.Attempt >= MaximumAttempts ? JobState.Failed : JobState.Waiting;
        var pause = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, job.Attempt)));
        await Held(database, job)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state).SetProperty(row => row.NotBefore, pause).SetProperty(row => row.Error, error), cancellationToken);
    }
}

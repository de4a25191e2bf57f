using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.AfterDelivery;
using Weir.Storage.Contracts;

namespace Weir.Response.Campaigns;

/// <summary>
/// Follows the log and appends what the grouping decides, all that follows from one judgement in one append. At a start the last weeks are read again to remember
/// them; a judgement whose decision may be in the log already (before the stored cursor, or before the cause of the last decision) is not decided again,
/// so that a kill at any point gives the same campaigns.
/// </summary>
internal sealed partial class CampaignReader(IEventLog log, IDbContextFactory<WeirDbContext> databases, TimeProvider time, ILogger<CampaignReader> logger) : BackgroundService
{
    private const string Cursor = "campaigns";
    private const string DayMark = "campaigns@";
    private const int CursorEvery = 1_000;
    private const int LargestAppend = 500;

    /// <summary>Longer than a campaign may pause.</summary>
    private static readonly TimeSpan Memory = TieSearch.Pause + TimeSpan.FromDays(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await Perseverance.RunAsync(token => FollowAsync(log.FollowAsync, token), NotKept, time, stoppingToken);
        }
        catch (UnreadableFactException unreadable)
        {
            // The event store stops at the same record and says so to everybody who asks.
            Unreadable(unreadable);
        }
    }

    /// <summary>Remembers, then decides upon what comes, until the source ends or the token is cancelled.</summary>
    public async Task FollowAsync(Func<long, CancellationToken, IAsyncEnumerable<LoggedFact>> source, CancellationToken cancellationToken)
    {
        var grouping = new MailGrouping();
        var (start, stored) = await CursorsAsync(cancellationToken);
        var (decided, decisions) = await TailAsync(stored, cancellationToken);
        var position = start;
        await foreach (var logged in log.ReadAsync(start, cancellationToken))
        {
            if (logged.Sequence > decided)
            {
                break;
            }

            position = logged.Sequence;
            if (CauseOf(logged.Fact) is null || logged.Sequence <= stored)
            {
                grouping.Remember(logged);
            }

            foreach (var decision in decisions.GetValueOrDefault(logged.Sequence) ?? [])
            {
                grouping.Remember(new LoggedFact(logged.Sequence, decision));
            }
        }

        await DecideAsync(grouping, position, source, cancellationToken);
    }

    private async Task DecideAsync(MailGrouping grouping, long position, Func<long, CancellationToken, IAsyncEnumerable<LoggedFact>> source, CancellationToken cancellationToken)
    {
        var stored = position;
        var pending = new List<Fact>();
        try
        {
            await foreach (var logged in source(position, cancellationToken).WithCancellation(cancellationToken))
            {
                // Own facts that come by were taken in when they were decided, or when they were remembered.
                if (CauseOf(logged.Fact) is null)
                {
                    pending.AddRange(grouping.Take(logged, time.GetUtcNow()));
                }

                if (pending.Count >= LargestAppend || logged.Sequence >= log.Last)
                {
                    await AppendAsync(pending, cancellationToken);
                    if (logged.Sequence - stored >= CursorEvery)
                    {
                        await SaveAsync(logged.Sequence, cancellationToken);
                        stored = logged.Sequence;
                    }
                }
            }

            await AppendAsync(pending, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: what was not appended is decided again at the next start.
        }
    }

    private async Task AppendAsync(List<Fact> pending, CancellationToken cancellationToken)
    {
        if (pending.Count > 0)
        {
            await log.AppendAsync([.. pending], cancellationToken);
            pending.Clear();
        }
    }

    /// <summary>The sequence number up to which everything is decided, and the decisions that stand after the stored cursor, by their cause.</summary>
    private async Task<(long Decided, Dictionary<long, List<Fact>> Decisions)> TailAsync(long stored, CancellationToken cancellationToken)
    {
        var decided = stored;
        var decisions = new Dictionary<long, List<Fact>>();
        await foreach (var logged in log.ReadAsync(stored, cancellationToken))
        {
            if (CauseOf(logged.Fact) is { } cause)
            {
                decided = Math.Max(decided, cause);
                if (!decisions.TryGetValue(cause, out var facts))
                {
                    decisions[cause] = facts = [];
                }

                facts.Add(logged.Fact);
            }
        }

        return (decided, decisions);
    }

    private static long? CauseOf(Fact fact) => fact switch
    {
        CampaignJoined joined => joined.Cause,
        CampaignChanged changed => changed.Cause,
        CampaignLeft left => left.Cause,
        _ => null,
    };

    /// <summary>Where to begin to remember, and up to where everything is decided.</summary>
    private async Task<(long Start, long Stored)> CursorsAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.Set<CursorRow>().AsNoTracking().Where(row => row.Reader.StartsWith(Cursor)).ToListAsync(cancellationToken);
        var stored = rows.Find(row => row.Reader == Cursor)?.Sequence ?? 0;
        var oldest = MarkOf(time.GetUtcNow() - Memory);
        var start = rows.Where(row => row.Reader.StartsWith(DayMark, StringComparison.Ordinal) && string.CompareOrdinal(row.Reader, oldest) <= 0).Select(row => row.Sequence).DefaultIfEmpty().Max();

        // A cursor from beyond the end of the log is of another log.
        return stored > log.Last ? (0, 0) : (Math.Min(start, stored), stored);
    }

    /// <summary>Stores the cursor, and once a day where that day begins.</summary>
    private async Task SaveAsync(long sequence, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.Set<CursorRow>().Where(row => row.Reader.StartsWith(Cursor)).ToListAsync(cancellationToken);
        if (rows.Find(row => row.Reader == Cursor) is { } cursor)
        {
            cursor.Sequence = sequence;
        }
        else
        {
            database.Add(new CursorRow { Reader = Cursor, Sequence = sequence });
        }

        var now = time.GetUtcNow();
        if (!rows.Exists(row => row.Reader == MarkOf(now)))
        {
            database.Add(new CursorRow { Reader = MarkOf(now), Sequence = sequence });
            var marks = rows.Where(row => row.Reader.StartsWith(DayMark, StringComparison.Ordinal) && string.CompareOrdinal(row.Reader, MarkOf(now - Memory)) <= 0);
            database.RemoveRange(marks.OrderByDescending(row => row.Reader, StringComparer.Ordinal).Skip(1));
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    private static string MarkOf(DateTimeOffset day) => string.Create(CultureInfo.InvariantCulture, $"{DayMark}{day.UtcDateTime:yyyy-MM-dd}");

    [LoggerMessage(8030, LogLevel.Error, "Campaigns cannot be kept; it is tried again.")]
    private partial void NotKept(Exception exception);

    [LoggerMessage(8031, LogLevel.Error, "Campaigns stop: the log cannot be read on.")]
    private partial void Unreadable(Exception exception);
}

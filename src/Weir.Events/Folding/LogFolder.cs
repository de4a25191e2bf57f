using Microsoft.Extensions.Logging;
using Weir.Events.Log;
using Weir.Events.Store;

namespace Weir.Events.Folding;

/// <summary>Brings the event store forward along the log, batch by batch. One at a time.</summary>
internal sealed partial class LogFolder(EventLog log, EventStore store, ILogger<LogFolder> logger) : IDisposable
{
    // Load makes batches larger, not later. This many facts are folded within 500 ms on an idle core.
    private const int LargestBatch = 4000;

    /// <summary>A batch costs nearly the same whether it brings one fact or a hundred: under load, folding without a rest would take half of the processor.</summary>
    private const int RestPerFold = 3;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(300);

    private readonly LogReader _facts = log.OpenReader();
    private readonly LogReader _earlierFacts = log.OpenReader();
    private Fold? _fold;
    private long _dropped;

    /// <summary>Folds what is in the log now.</summary>
    /// <exception cref="Contracts.UnreadableFactException">A record cannot be read; everything before it is folded in.</exception>
    public void FoldAll(CancellationToken cancellationToken)
    {
        if (store.Rebuilding is { } reason)
        {
            LogRebuilding(reason);
        }

        if (store.Cursor > log.Last)
        {
            LogReset(store.Cursor, log.Last);
            store.Reset();
        }

        _fold ??= new Fold(store.FactsOf, Earlier);
        log.Shown.RaiseTo(store.Cursor);
        DropOld();
        while (store.Cursor < log.Last)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var facts = _facts.Next(store.Cursor, LargestBatch);
            try
            {
                store.Apply(_fold.Of(facts), facts[^1].Sequence);
            }
            catch (Exception)
            {
                _fold.Forget();
                throw;
            }

            log.Shown.RaiseTo(store.Cursor);
        }

        DropOld();
        store.Rebuilt();
    }

    private Contracts.Fact? Earlier(long sequence) =>
        _earlierFacts.Next(sequence - 1, atMost: 1) is [var earlier, ..] && earlier.Sequence == sequence ? earlier.Fact : null;

    /// <summary>Follows the log's oldest day: what it has dropped goes here too.</summary>
    private void DropOld()
    {
        if (log.Oldest is { } oldest && oldest.First > _dropped)
        {
            store.Drop(oldest.First, oldest.Day.ToDateTime(TimeOnly.MinValue));
            _dropped = oldest.First;
        }
    }

    /// <summary>Folds what is in the log and what comes, until cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var started = TimeProvider.System.GetTimestamp();
            FoldAll(cancellationToken);
            var rest = TimeProvider.System.GetElapsedTime(started) * RestPerFold;
            // By the machine's time, whatever the clock of the facts says.
            await Task.Delay(rest < LongestRest ? rest : LongestRest, TimeProvider.System, cancellationToken);
            await log.WaitForMoreAsync(store.Cursor, cancellationToken);
        }
    }

    public void Dispose()
    {
        _facts.Dispose();
        _earlierFacts.Dispose();
    }

    [LoggerMessage(6003, LogLevel.Warning, "{Reason}")]
    private partial void LogRebuilding(string reason);

    [LoggerMessage(6002, LogLevel.Warning, "The event store is at {Cursor} but the log ends at {Last}: it is rebuilt")]
    private partial void LogReset(long cursor, long last);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Events.Contracts;
using Weir.Events.Log;
using Weir.Events.Store;

namespace Weir.Events.Folding;

/// <summary>Folds the log into the event store, as it comes. Load makes its batches larger, not later.</summary>
internal sealed partial class EventStoreReader(EventLog log, EventStore store, ILogger<EventStoreReader> logger) : BackgroundService
{
    private const int LargestBatch = 2000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await FollowAsync(stoppingToken);
        }
        catch (UnreadableFactException unreadable)
        {
            LogStopped(unreadable, unreadable.File, unreadable.Sequence);
            log.Shown.Fail(unreadable);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.Shown.Fail(failure);
            throw;
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (store.Cursor > log.Last)
        {
            LogReset(store.Cursor, log.Last);
            store.Reset();
        }

        log.Shown.RaiseTo(store.Cursor);
        using var reader = log.OpenReader();
        using var lookup = log.OpenReader();
        var fold = new Fold(store.FactsOf, sequence => lookup.Next(sequence - 1, atMost: 1)[0].Fact);
        while (true)
        {
            await log.WaitForMoreAsync(store.Cursor, cancellationToken);
            var facts = reader.Next(store.Cursor, LargestBatch);
            store.Apply(fold.Of(facts), facts[^1].Sequence);
            log.Shown.RaiseTo(store.Cursor);
        }
    }

    [LoggerMessage(6001, LogLevel.Critical, "The event store stops: the log file {File} cannot be read at sequence number {Sequence}")]
    private partial void LogStopped(Exception exception, string file, long sequence);

    [LoggerMessage(6002, LogLevel.Warning, "The event store is at {Cursor} but the log ends at {Last}: it is rebuilt")]
    private partial void LogReset(long cursor, long last);
}

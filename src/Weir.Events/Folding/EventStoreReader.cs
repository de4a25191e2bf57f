using DuckDB.NET.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Events.Contracts;
using Weir.Events.Log;
using Weir.Events.Store;

namespace Weir.Events.Folding;

/// <summary>Keeps the event store at the end of the log while Weir runs.</summary>
internal sealed partial class EventStoreReader(EventLog log, EventStore store, LogFolder folder, TimeProvider time, ILogger<EventStoreReader> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(2);


    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                await FollowAsync(stoppingToken);
                await Task.Delay(BetweenAttempts, time, stoppingToken);
                await RecoverAsync(stoppingToken);
            }
        }
        catch (UnreadableFactException unreadable)
        {
            LogStopped(unreadable, unreadable.File, unreadable.Sequence);
            log.Shown.Fail(unreadable);
        }
        catch (DuckDBException damaged)
        {
            // The log goes on taking mail; what is shown stands still and says so.
            store.MarkDamaged();
            LogDamaged(damaged);
            log.Shown.Fail(new InvalidOperationException("the event store is damaged; it is made anew from the log at the next start.", damaged));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.Shown.Fail(failure);
            throw;
        }
    }

    /// <summary>Until the disk is full.</summary>
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        try
        {
            await folder.FollowAsync(stoppingToken);
        }
        catch (DuckDBException full) when (EventStore.IsForWantOfRoom(full))
        {
            if (store.Held is null)
            {
                LogFull(full.Message);
            }

            store.Hold();
        }
    }

    private async Task RecoverAsync(CancellationToken stoppingToken)
    {
        for (var isOpen = false; !isOpen;)
        {
            try
            {
                store.Recover();
                isOpen = true;
            }
            catch (DuckDBException)
            {
                // No room still, or questions of before have not ended.
                await Task.Delay(BetweenAttempts, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(6005, LogLevel.Error, "The event store cannot be written for want of room; it is tried again: {Reason}")]
    private partial void LogFull(string reason);

    [LoggerMessage(6004, LogLevel.Critical, "The event store is damaged and is made anew from the log at the next start")]
    private partial void LogDamaged(Exception exception);

    [LoggerMessage(6001, LogLevel.Critical, "The event store stops: the log file {File} cannot be read at sequence number {Sequence}")]
    private partial void LogStopped(Exception exception, string file, long sequence);
}

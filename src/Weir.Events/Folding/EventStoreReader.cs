using DuckDB.NET.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Events.Contracts;
using Weir.Events.Log;
using Weir.Events.Store;

namespace Weir.Events.Folding;

/// <summary>Keeps the event store at the end of the log while Weir runs.</summary>
internal sealed partial class EventStoreReader(EventLog log, EventStore store, LogFolder folder, ILogger<EventStoreReader> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await folder.FollowAsync(stoppingToken);
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

    [LoggerMessage(6004, LogLevel.Critical, "The event store is damaged and is made anew from the log at the next start")]
    private partial void LogDamaged(Exception exception);

    [LoggerMessage(6001, LogLevel.Critical, "The event store stops: the log file {File} cannot be read at sequence number {Sequence}")]
    private partial void LogStopped(Exception exception, string file, long sequence);
}

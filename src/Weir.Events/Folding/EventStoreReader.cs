using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Events.Contracts;
using Weir.Events.Log;

namespace Weir.Events.Folding;

/// <summary>Keeps the event store at the end of the log while Weir runs.</summary>
internal sealed partial class EventStoreReader(EventLog log, LogFolder folder, ILogger<EventStoreReader> logger) : BackgroundService
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
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.Shown.Fail(failure);
            throw;
        }
    }

    [LoggerMessage(6001, LogLevel.Critical, "The event store stops: the log file {File} cannot be read at sequence number {Sequence}")]
    private partial void LogStopped(Exception exception, string file, long sequence);
}

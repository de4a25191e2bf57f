using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Detection.Facts.History;

/// <summary>Reads the log into the history and keeps a copy with its cursor: every ten minutes while mail comes, and at the stop.</summary>
internal sealed partial class HistoryReader(SendingHistory history, IEventLog log, DataDirectory data, TimeProvider time, ILogger<HistoryReader> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenCopies = TimeSpan.FromMinutes(10);

    private readonly HistoryFile _file = new(Path.Combine(data.Path, "detection", "history"));
    private long _kept;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Keep();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await Perseverance.RunAsync(FollowAsync, NotRead, time, stoppingToken);
        }
        catch (UnreadableFactException exception)
        {
            // Judging goes on with what was read before; the event store stops at the same record and says so to everybody who asks.
            Unreadable(exception);
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        if (history.Cursor == 0)
        {
            // A copy from beyond the end of the log is of another log.
            if (_file.Read() is { } kept && kept.Cursor <= log.Last)
            {
                history.Restore(kept);
                _kept = kept.Cursor;
            }
        }

        await foreach (var logged in log.ReadAsync(history.Cursor, stoppingToken))
        {
            history.Remember(logged);
        }

        history.Complete();
        var last = time.GetTimestamp();
        await foreach (var logged in log.FollowAsync(history.Cursor, stoppingToken))
        {
            history.Remember(logged);
            if (time.GetElapsedTime(last) >= BetweenCopies)
            {
                last = time.GetTimestamp();
                Keep();
            }
        }
    }

    private void Keep()
    {
        var copy = history.Copy();
        if (copy.Cursor == _kept)
        {
            return;
        }

        try
        {
            _file.Write(copy);
            _kept = copy.Cursor;
        }
        catch (Exception exception) when (Perseverance.IsOfDisk(exception))
        {
            // The older copy stands; what came after it is read from the log again.
            NotKept(exception);
        }
    }

    [LoggerMessage(2010, LogLevel.Error, "The sending history stops: the log cannot be read on.")]
    private partial void Unreadable(Exception exception);

    [LoggerMessage(2011, LogLevel.Error, "The sending history cannot be kept; the older copy stands.")]
    private partial void NotKept(Exception exception);

    [LoggerMessage(2012, LogLevel.Error, "The sending history cannot be read; it is tried again.")]
    private partial void NotRead(Exception exception);
}

using Weir.Sample.Contracts;

namespace Weir.Server.Demo;

/// <summary>While the demo runs, life goes on: makes up for the time it was off, then feeds what happens every few seconds.</summary>
internal sealed partial class DemoDrip(ISampleOrganisation sample, IDemoFeed feed, string directory, TimeProvider time, ILogger<DemoDrip> logger)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>Longest gap that is filled; what happened before it is left out.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromDays(30);

    /// <summary>A longer gap is filled at the pace of ordinary days: nobody watched, and the drip's pace would be thousands of mails a day.</summary>
    private static readonly TimeSpan WorthSaving = TimeSpan.FromMinutes(15);

    /// <summary>Feeds everything up to now. Returns how many events that were.</summary>
    public async Task<long> CatchUpAsync(CancellationToken cancellationToken)
    {
        var state = DemoState.Read(directory) ?? throw new InvalidOperationException("The demo was not filled yet.");
        var now = time.GetUtcNow();
        var from = state.FedUntil > now - LongestGap ? state.FedUntil : now - LongestGap;
        var fed = 0L;
        await feed.FeedAsync(
            now - from > WorthSaving ? sample.Gap(from, now) : sample.Between(from, now),
            (count, until) =>
            {
                fed = count;
                (state with { FedUntil = until.AddTicks(1) }).Write(directory);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
        (state with { FedUntil = now }).Write(directory);
        return fed;
    }

    /// <summary>Goes on until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await CatchUpAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    [LoggerMessage(9101, LogLevel.Debug, "The drip of sample mail has stopped")]
    private partial void LogStopped();
}

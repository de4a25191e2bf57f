using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Intelligence.Lists;

/// <summary>
/// Reads in the log which entries spoke of which messages, so that the list knows when each was last used. In memory at once; in the database every
/// ten seconds in which there was something, however much mail there is.
/// </summary>
internal sealed partial class UseReader(KeptList list, IEventLog log, TimeProvider time, ILogger<UseReader> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenKept = TimeSpan.FromSeconds(10);

    private readonly HashSet<long> _used = [];
    private readonly Lock _gate = new();
    private long _cursor;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await KeepAsync(cancellationToken);
        }
        catch (Exception exception) when (Perseverance.IsOfDisk(exception))
        {
            // It is read from the log again.
            NotKept(exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await Task.WhenAll(Perseverance.RunAsync(FollowAsync, NotKept, time, stoppingToken), Perseverance.RunAsync(KeepOnAsync, NotKept, time, stoppingToken));
        }
        catch (UnreadableFactException exception)
        {
            Unreadable(exception);
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var cursor = await list.CursorAsync(stoppingToken);

        // A cursor from beyond the end of the log is of another log.
        await foreach (var logged in log.FollowAsync(cursor > log.Last ? 0 : cursor, stoppingToken))
        {
            Read(logged);
        }
    }

    internal void Read(LoggedFact logged)
    {
        lock (_gate)
        {
            _cursor = logged.Sequence;
            if (logged.Fact is not MessageJudged judged)
            {
                return;
            }

            foreach (var signal in judged.Signals)
            {
                if (long.TryParse(signal.ListEntry, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && list.Now.ById.TryGetValue(id, out var entry))
                {
                    // A message dated into the future must not keep an entry alive until then.
                    var now = time.GetUtcNow();
                    entry.Used(judged.ReceivedAt < now ? judged.ReceivedAt : now);
                    _used.Add(id);
                }
            }
        }
    }

    private async Task KeepOnAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(BetweenKept, time, stoppingToken);
            await KeepAsync(stoppingToken);
        }
    }

    internal async Task KeepAsync(CancellationToken cancellationToken)
    {
        long[] used;
        long cursor;
        lock (_gate)
        {
            if (_used.Count == 0)
            {
                return;
            }

            (used, cursor) = ([.. _used], _cursor);
            _used.Clear();
        }

        try
        {
            await list.KeepUsesAsync(used, cursor, cancellationToken);
        }
        catch (Exception)
        {
            lock (_gate)
            {
                _used.UnionWith(used);
            }

            throw;
        }
    }

    [LoggerMessage(2505, LogLevel.Error, "When entries of the allow/block list were last used cannot be kept; it is tried again.")]
    private partial void NotKept(Exception exception);

    [LoggerMessage(2506, LogLevel.Error, "When entries of the allow/block list were last used is not followed any more: the log cannot be read on.")]
    private partial void Unreadable(Exception exception);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Storage.Jobs;

/// <summary>Runs due jobs, four at once, taking turns between kinds and owners so that nobody's bulk work starves another's.</summary>
internal sealed partial class JobRunner(JobTable table, IEnumerable<IJobHandler> handlers, TimeProvider clock, ILogger<JobRunner> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _handlers.Count == 0 ? Task.CompletedTask : Perseverance.RunAsync(FollowAsync, LogNotRead, clock, stoppingToken);

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var running = new Dictionary<long, Task>();
        var served = new Dictionary<(string Kind, string Owner), long>();
        var turn = 0L;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                foreach (var ended in running.Where(job => job.Value.IsCompleted).Select(job => job.Key).ToList())
                {
                    running.Remove(ended);
                }

                var due = running.Count < AtOnce ? await table.DueAsync(_handlers.Keys, 200, stoppingToken) : [];
                var started = false;
                // A lease may look over although its handler runs, after the machine slept for instance.
                foreach (var job in due
                    .Where(job => !running.ContainsKey(job.Id))
                    .GroupBy(job => (job.Kind, job.Owner))
                    .OrderBy(group => served.GetValueOrDefault(group.Key))
                    .SelectMany(group => group.Select((job, place) => (job, place)))
                    .OrderBy(pair => pair.place)
                    .Select(pair => pair.job))
                {
                    if (running.Count >= AtOnce)
                    {
                        break;
                    }

                    if (await table.TryLeaseAsync(job, stoppingToken) is { } leased)
                    {
                        served[(job.Kind, job.Owner)] = ++turn;
                        running.Add(leased.Id, RunAsync(leased, stoppingToken));
                        started = true;
                    }
                }

                if (!started)
                {
                    await WaitForWorkAsync(running.Values, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: leases run out and the jobs are taken again at the next start.
        }

        finally
        {
            await Task.WhenAll(running.Values);
        }
    }

    private async Task WaitForWorkAsync(Dictionary<long, Task>.ValueCollection running, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waits = new List<Task>(running) { Task.Delay(Look, clock, either.Token) };
        if (running.Count < AtOnce)
        {
            waits.Add(table.Added.ReadAsync(either.Token).AsTask());
        }

        await Task.WhenAny(waits);
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task RunAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        using var ended = new CancellationTokenSource();
        var kept = KeepLeaseAsync(job, ended.Token);

        // The runner is the one place that must survive any handler: the error is kept with the job and shown.
        try
        {
            var result = await _handlers[job.Kind].HandleAsync(job, cancellationToken);
            await table.CompleteAsync(job, result, CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The lease runs out; the next start takes it again.
        }
        catch (Exception exception)
        {
            LogFailed(exception, job.Kind, job.Key, job.Attempt);
            await FailAsync(job, exception.Message);
        }
        finally
        {
            await ended.CancelAsync();
            await kept;
        }
    }

    /// <summary>A handler that waits long for a server lives all the same: nobody begins its job beside it.</summary>
    private async Task KeepLeaseAsync(LeasedJob job, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(JobTable.Lease / 4, clock, ended);
                await RenewAsync(job);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The handler is done.
        }
    }

    private async Task RenewAsync(LeasedJob job)
    {
        try
        {
            await table.RenewAsync(job, CancellationToken.None);
        }
        catch (Exception exception) when (Perseverance.IsOfDisk(exception))
        {
            // It is tried again long before the lease is over.
            LogNotRead(exception);
        }
    }

    private async Task FailAsync(LeasedJob job, string reason)
    {
        try
        {
            await table.FailAsync(job, reason, CancellationToken.None);
        }
        catch (Exception exception) when (Perseverance.IsOfDisk(exception))
        {
            // The lease runs out and the job is taken again.
            LogNotRead(exception);
        }
    }

    [LoggerMessage(9002, LogLevel.Error, "Jobs cannot be read or written; it is tried again")]
    private partial void LogNotRead(Exception exception);

    [LoggerMessage(9001, LogLevel.Error, "Job {Kind} {Key} failed at attempt {Attempt}")]
    private partial void LogFailed(Exception exception, string kind, string key, int attempt);
}

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
        var running = new List<Task>();
        var served = new Dictionary<(string Kind, string Owner), long>();
        var turn = 0L;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                running.RemoveAll(task => task.IsCompleted);
                var due = running.Count < AtOnce ? await table.DueAsync(_handlers.Keys, 200, stoppingToken) : [];
                var started = false;
                foreach (var job in due
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
                        running.Add(RunAsync(leased, stoppingToken));
                        started = true;
                    }
                }

                if (!started)
                {
                    await WaitForWorkAsync(running, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: leases run out and the jobs are taken again at the next start.
        }

        finally
        {
            await Task.WhenAll(running);
        }
    }

    private async Task WaitForWorkAsync(List<Task> running, CancellationToken cancellationToken)
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

using System.Collections.Concurrent;
using Weir.Mailboxes.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Response.Tests.Support;

/// <summary>A job table in memory that survives the kills of a test.</summary>
internal sealed class FakeJobs : IJobs
{
    private readonly ConcurrentDictionary<(string Kind, string Key), (NewJob Job, JobState State, int Attempts)> _jobs = new();

    public int Count => _jobs.Count;

    public ValueTask AddAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        foreach (var job in jobs)
        {
            if (!_jobs.TryAdd((job.Kind, job.Key), (job, JobState.Waiting, 0)) && job.IsAgain && _jobs[(job.Kind, job.Key)].State is JobState.Done or JobState.Failed)
            {
                _jobs[(job.Kind, job.Key)] = (job, JobState.Waiting, 0);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<JobStatus?> FindAsync(string kind, string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_jobs.TryGetValue((kind, key), out var known) ? new JobStatus(1, kind, key, known.State, 0, Result: null, Error: null, known.Attempts) : null);

    public ValueTask ReportAsync(LeasedJob job, double progress, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Does what waits. A kill leaves the job waiting; other exceptions are tried again as the runner does, at most eight times.</summary>
    public async Task RunAsync(IEnumerable<IJobHandler> handlers)
    {
        var byKind = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        foreach (var (key, (job, stored, before)) in _jobs.OrderBy(job => job.Key.Key, StringComparer.Ordinal))
        {
            var state = stored;
            for (var attempt = before + 1; state == JobState.Waiting; attempt++)
            {
                _jobs[key] = (job, JobState.Waiting, attempt);
                try
                {
                    await byKind[job.Kind].HandleAsync(new LeasedJob(1, job.Kind, job.Key, job.Payload, attempt), CancellationToken.None);
                    state = JobState.Done;
                }
                catch (Exception problem) when (problem is MailboxException or InvalidDataException)
                {
                    state = attempt == 8 ? JobState.Failed : JobState.Waiting;
                }

                _jobs[key] = (job, state, attempt);
            }
        }
    }
}

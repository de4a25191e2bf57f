namespace Weir.Storage.Contracts;

/// <summary>The job table.</summary>
public interface IJobs
{
    /// <summary>Adds jobs; keys that exist already are left as they are, but for those that ended and are wanted again (<see cref="NewJob.IsAgain"/>).</summary>
    ValueTask AddAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken);

    ValueTask<JobStatus?> FindAsync(string kind, string key, CancellationToken cancellationToken);

    /// <summary>Reports progress from 0 to 1.</summary>
    ValueTask ReportAsync(LeasedJob job, double progress, CancellationToken cancellationToken);
}

/// <summary>Does the jobs of one kind. Returns a result text; throwing means: try again later, with growing pauses, at most 8 times.</summary>
public interface IJobHandler
{
    string Kind { get; }

    ValueTask<string?> HandleAsync(LeasedJob job, CancellationToken cancellationToken);
}

/// <summary>A unit of work that survives restarts: at least once, handlers idempotent by key.</summary>
/// <param name="Kind">Which handler does it.</param>
/// <param name="Key">Unique within the kind; adding the same key again changes nothing.</param>
/// <param name="Payload">JSON for the handler.</param>
public sealed record NewJob(string Kind, string Key, string Payload)
{
    /// <summary>Work of one owner does not starve another's.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Not before this instant; now when absent.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When the job of this key ended, done or given up, it is begun anew; one that waits or runs is left to it, so that there is never a second one.</summary>
    public bool IsAgain { get; init; }
}

/// <summary>A job as leased to its handler.</summary>
public sealed record LeasedJob(long Id, string Kind, string Key, string Payload, int Attempt);

/// <summary>The state of a job.</summary>
public enum JobState
{
    Waiting,
    Running,
    Done,
    Failed,
}

/// <summary>What can be seen of a job.</summary>
public sealed record JobStatus(long Id, string Kind, string Key, JobState State, double Progress, string? Result, string? Error, int Attempts);

using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Storage.Jobs;

/// <summary>A job as stored.</summary>
internal sealed class JobRow
{
    public long Id { get; init; }
    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required string Payload { get; init; }
    public string Owner { get; init; } = "";
    public JobState State { get; set; }
    public int Attempts { get; set; }

    /// <summary>Not before this instant: the wish of who added it, or the pause after a failure.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Until when the running handler is believed to live.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public double Progress { get; set; }
    public string? Result { get; set; }
    public string? Error { get; set; }
}

/// <summary>Table <c>storage_job</c>.</summary>
internal sealed class JobModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<JobRow>(job =>
    {
        job.ToTable("storage_job");
        job.HasIndex(row => new { row.Kind, row.Key }).IsUnique();
        job.HasIndex(row => new { row.State, row.NotBefore });
    });
}

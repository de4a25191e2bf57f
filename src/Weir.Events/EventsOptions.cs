using System.ComponentModel.DataAnnotations;

namespace Weir.Events;

/// <summary>The section <c>events</c>.</summary>
internal sealed record EventsOptions
{
    /// <summary>Memory of the event store in megabytes; beyond it queries use disk.</summary>
    [Range(128, 1_048_576)]
    public int MemoryMegabytes { get; init; } = 1024;

    /// <summary>Days of the log that are kept, today included; older ones are dropped with the rows of messages that have no fact left. No upper limit.</summary>
    [Range(1, int.MaxValue)]
    public int RetentionDays { get; init; } = 90;
}

using System.ComponentModel.DataAnnotations;

namespace Weir.Events;

/// <summary>The section <c>events</c>.</summary>
internal sealed record EventsOptions
{
    /// <summary>Memory of the event store in megabytes; beyond it queries use disk.</summary>
    [Range(128, 1_048_576)]
    public int MemoryMegabytes { get; init; } = 1024;
}

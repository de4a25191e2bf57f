using System.ComponentModel.DataAnnotations;

namespace Weir.Gateway.Rejudging;

/// <summary>Section <c>rejudging</c>: what happens to stored mail when something new becomes known.</summary>
internal sealed record RejudgingOptions
{
    /// <summary>Mail of how many days is judged again by itself; raw mail is kept for 30 by default.</summary>
    [Range(1, 3650)]
    public int Days { get; init; } = 30;
}

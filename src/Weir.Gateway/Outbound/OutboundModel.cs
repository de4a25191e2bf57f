using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Outbound;

/// <summary>Tables <c>gateway_…</c>.</summary>
internal sealed class OutboundModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<RestrictionRow>(restriction =>
        {
            restriction.ToTable("gateway_restriction");
            restriction.HasKey(row => row.Account);
        });
        model.Entity<LimitsRow>(limits =>
        {
            limits.ToTable("gateway_sending_limits");
            limits.HasKey(row => row.Account);
        });
    }
}

/// <summary>An account that is, or was, over a limit.</summary>
internal sealed class RestrictionRow
{
    public required string Account { get; init; }

    /// <summary>The fact as JSON.</summary>
    public required string Cause { get; set; }

    public bool IsRestricted { get; set; }

    /// <summary>What was sent before is not counted any more.</summary>
    public DateTimeOffset ReleasedAt { get; set; }

    public string ReleasedBy { get; set; } = "";
    public string ReleaseReason { get; set; } = "";

    /// <summary>The fact of the last change is in the log.</summary>
    public bool IsSaid { get; set; }
}

/// <summary>Limits that somebody set.</summary>
internal sealed class LimitsRow
{
    /// <summary>Empty for everybody.</summary>
    public required string Account { get; init; }

    public required string Limits { get; set; }
    public required string By { get; set; }
    public DateTimeOffset At { get; set; }
}

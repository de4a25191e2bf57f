using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Detection.Policies;

/// <summary>All policies as they were saved at one time.</summary>
internal sealed class PolicySetRow
{
    public required long Version { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
}

/// <summary>Table <c>detection_policy_set</c>: the newest version is in force.</summary>
internal sealed class PolicyModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<PolicySetRow>(policies =>
    {
        policies.ToTable("detection_policy_set");
        policies.HasKey(row => row.Version);
        policies.Property(row => row.Version).ValueGeneratedNever();
    });
}

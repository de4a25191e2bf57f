using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>Tables of quarantine.</summary>
internal sealed class QuarantineModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<HeldRow>(held =>
        {
            held.ToTable("response_held");
            held.HasKey(row => new { row.MessageId, row.Recipient });
            held.HasIndex(row => row.ReceivedAt);
            held.HasIndex(row => row.Recipient);
            held.HasIndex(row => new { row.State, row.ExpiresAt });
            held.HasIndex(row => row.IsUnsaid);
            held.Property(row => row.State).HasConversion<string>();
            held.Property(row => row.Status).HasConversion<string>();
        });
        model.Entity<QuarantinePolicyRow>(policy =>
        {
            policy.ToTable("response_quarantine_policy");
            policy.HasKey(row => row.Name);
        });
        model.Entity<UsedLinkRow>(link =>
        {
            link.ToTable("response_used_link");
            link.HasKey(row => row.Link);
            link.HasIndex(row => row.Until);
        });
    }
}

/// <summary>A quarantine policy that people made.</summary>
internal sealed class QuarantinePolicyRow
{
    public required string Name { get; init; }

    /// <summary>Sum of the rights.</summary>
    public int Rights { get; set; }

    public int Days { get; set; }
    public bool Notifies { get; set; }
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>A link of one use that was used.</summary>
internal sealed class UsedLinkRow
{
    public required string Link { get; init; }
    public required DateTimeOffset Until { get; init; }
}

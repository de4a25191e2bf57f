using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Events.Saved;

/// <summary>A kept query as stored.</summary>
internal sealed class SavedQueryRow
{
    public required string Id { get; init; }

    /// <summary>Id of the caller who made it.</summary>
    public required string Owner { get; init; }

    /// <summary>Their name at that time.</summary>
    public required string Author { get; init; }

    public required string Name { get; set; }
    public required string Description { get; set; }
    public required string Kql { get; set; }

    /// <summary>The page that it opens; empty for a query of hunting.</summary>
    public required string Address { get; set; }

    public required bool IsShared { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
}

/// <summary>Table <c>events_saved_query</c>.</summary>
internal sealed class SavedQueryModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<SavedQueryRow>(query =>
    {
        query.ToTable("events_saved_query");
        query.HasKey(row => row.Id);
        query.Property(row => row.Address).HasDefaultValue("");
        query.HasIndex(row => new { row.Owner, row.Name }).IsUnique();
    });
}

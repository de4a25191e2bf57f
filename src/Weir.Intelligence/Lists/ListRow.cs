using Microsoft.EntityFrameworkCore;
using Weir.Intelligence.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>An entry as stored. What was taken out stays for a while, so that it can be put back and its readers learn of it.</summary>
internal sealed class ListRow
{
    public long Id { get; init; }
    public EntryKind Kind { get; set; }
    public required string Value { get; set; }
    public bool IsAllow { get; set; }

    /// <summary>The author's domain is one of the organisation's own; only of pairs.</summary>
    public bool IsIntraOrg { get; set; }

    public DateTimeOffset? Expires { get; set; }

    /// <summary>It expires so many days after it was last used; nothing where <see cref="Expires"/> holds.</summary>
    public int? UnusedDays { get; set; }

    public required string Note { get; set; }

    /// <summary>Where it came from: <c>Portal</c>, <c>Command line</c>, a file's name.</summary>
    public required string Source { get; set; }

    public required string CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public required string ModifiedBy { get; set; }
    public DateTimeOffset ModifiedAt { get; set; }
    public DateTimeOffset? LastUsed { get; set; }

    /// <summary>The list's version when it was changed last.</summary>
    public long Change { get; set; }

    public DateTimeOffset? RemovedAt { get; set; }

    public ListRow Copy() => (ListRow)MemberwiseClone();
}

/// <summary>How far the log was read for uses of entries: one row.</summary>
internal sealed class ListReaderRow
{
    public int Id { get; init; }
    public long Cursor { get; set; }
}

/// <summary>Tables <c>intelligence_list_entry</c> and <c>intelligence_list_reader</c>.</summary>
internal sealed class ListModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<ListRow>(entry =>
        {
            entry.ToTable("intelligence_list_entry");
            entry.HasKey(row => row.Id);
            entry.Property(row => row.Id).ValueGeneratedNever();
            entry.Property(row => row.Kind).HasConversion<string>();
            entry.HasIndex(row => new { row.Kind, row.Value, row.IsAllow }).IsUnique();
        });
        model.Entity<ListReaderRow>(reader =>
        {
            reader.ToTable("intelligence_list_reader");
            reader.HasKey(row => row.Id);
            reader.Property(row => row.Id).ValueGeneratedNever();
        });
    }
}

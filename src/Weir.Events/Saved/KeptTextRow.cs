using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Events.Saved;

/// <summary>A kept text as stored.</summary>
internal sealed class KeptTextRow
{
    public required string Id { get; init; }
    public required string Text { get; init; }

    /// <summary>When it was last kept or asked for, to the day.</summary>
    public required DateTimeOffset UsedAt { get; set; }
}

/// <summary>Table <c>events_kept_text</c>.</summary>
internal sealed class KeptTextModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<KeptTextRow>(text =>
    {
        text.ToTable("events_kept_text");
        text.HasKey(row => row.Id);
        text.HasIndex(row => row.UsedAt);
    });
}

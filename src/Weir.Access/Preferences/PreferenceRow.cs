using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Access.Preferences;

/// <summary>One choice of one account.</summary>
internal sealed class PreferenceRow
{
    /// <summary>Id of the caller.</summary>
    public required string Owner { get; init; }

    public required string Name { get; init; }
    public required string Text { get; init; }
}

/// <summary>Table <c>access_preference</c>.</summary>
internal sealed class PreferenceModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<PreferenceRow>(preference =>
    {
        preference.ToTable("access_preference");
        preference.HasKey(row => new { row.Owner, row.Name });
    });
}

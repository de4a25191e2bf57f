using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Weir.Storage.Contracts;

/// <summary>The operational database: what people edit. Its model is assembled from the modules' own parts.</summary>
public sealed class WeirDbContext(DbContextOptions<WeirDbContext> options, IEnumerable<IModelPart> parts) : DbContext(options)
{
    /// <summary>Which parts the model is made of: two hosts of one process may differ.</summary>
    internal string PartNames { get; } = string.Join(',', parts.Select(part => part.GetType().FullName).Order(StringComparer.Ordinal));

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var part in parts.OrderBy(part => part.GetType().FullName, StringComparer.Ordinal))
        {
            part.Configure(modelBuilder);
        }
    }

    /// <summary>SQLite can neither sort nor compare offsets, so instants are UTC ticks in every table.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        instant => instant.UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}

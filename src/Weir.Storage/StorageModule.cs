using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Weir.Storage.Blobs;
using Weir.Storage.Contracts;
using Weir.Storage.Jobs;

namespace Weir.Storage;

/// <summary>Registers the operational database, the blobs, the job table and its runner.</summary>
public static class StorageModule
{
    /// <summary>Registers the room.</summary>
    /// <param name="migrationsAssembly">The assembly that holds the migrations of the assembled model; without one, <see cref="CreateDatabaseAsync"/> creates the tables directly (tests of single modules).</param>
    public static IServiceCollection AddStorage(this IServiceCollection services, string? migrationsAssembly = null)
    {
        services.AddSingleton<IModelPart, JobModel>();
        services.AddDbContextFactory<WeirDbContext>((provider, options) =>
        {
            var path = provider.GetRequiredService<DataDirectory>().Database;
            options.ReplaceService<IModelCacheKeyFactory, ModelByParts>();
            options.UseSqlite($"Data Source={path};Foreign Keys=True;Default Timeout=30", sqlite =>
            {
                if (migrationsAssembly is not null)
                {
                    sqlite.MigrationsAssembly(migrationsAssembly);
                }
            });
        });
        services.AddSingleton<IDisk, RealDisk>();
        services.AddSingleton<IBlobs, BlobStore>();
        services.AddSingleton<JobTable>();
        services.AddSingleton<IJobs>(provider => provider.GetRequiredService<JobTable>());
        services.AddHostedService<JobRunner>();
        return services;
    }

    /// <summary>Brings the operational database to the newest shape.</summary>
    /// <exception cref="NewerDatabaseException">A newer version wrote it.</exception>
    /// <exception cref="DamagedDataException">The database is damaged.</exception>
    public static async Task CreateDatabaseAsync(IServiceProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            await BringUpToDateAsync(provider, cancellationToken);
        }
        catch (Exception damaged) when (DamagedDataException.IsSaidBy(damaged))
        {
            throw new DamagedDataException(provider.GetRequiredService<DataDirectory>().Database, damaged);
        }
    }

    private static async Task BringUpToDateAsync(IServiceProvider provider, CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(provider.GetRequiredService<DataDirectory>().Path);
        await using var database = await provider.GetRequiredService<IDbContextFactory<WeirDbContext>>().CreateDbContextAsync(cancellationToken);
        var known = database.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if (known.Count > 0)
        {
            if ((await database.Database.GetAppliedMigrationsAsync(cancellationToken)).FirstOrDefault(applied => !known.Contains(applied)) is { } newer)
            {
                throw new NewerDatabaseException(provider.GetRequiredService<DataDirectory>().Path, newer);
            }

            if (File.Exists(provider.GetRequiredService<DataDirectory>().Database))
            {
                // A process that was killed while it migrated leaves the migrations' lock, and everyone after it waits for ever. The directory has its own lock.
                await database.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            }

            await database.Database.MigrateAsync(cancellationToken);
        }
        else
        {
            await database.Database.EnsureCreatedAsync(cancellationToken);
        }
    }
}

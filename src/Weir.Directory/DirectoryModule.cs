using Microsoft.Extensions.DependencyInjection;
using Weir.Directory.Contracts;
using Weir.Directory.Ldap;
using Weir.Directory.Organisations;
using Weir.Directory.Tags;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Directory;

/// <summary>Registers the organisation and its store.</summary>
public static class DirectoryModule
{
    public static IServiceCollection AddDirectory(this IServiceCollection services)
    {
        services.AddSingleton<IModelPart, DirectoryModel>();
        services.AddSingleton<StoredDirectory>();
        services.AddSingleton<IDirectory>(provider => provider.GetRequiredService<StoredDirectory>());
        services.AddSingleton<IModelPart, TagModel>();
        services.AddSingleton<IUserTags, StoredTags>();
        services.AddSection<DirectoryOptions>("directory");
        services.AddSingleton<ILdapServer, LdapServer>();
        services.AddSingleton<IDirectorySync, DirectorySync>();
        services.AddHostedService<DirectorySyncService>();
        return services;
    }

    /// <summary>Reads the organisation from the database; call once at start, after the database is up to date.</summary>
    public static Task LoadAsync(IServiceProvider provider, CancellationToken cancellationToken) =>
        provider.GetRequiredService<StoredDirectory>().LoadAsync(cancellationToken);
}

using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Access.Accounts;
using Weir.Access.Audit;
using Weir.Access.Contracts;
using Weir.Access.Preferences;
using Weir.Storage.Contracts;

namespace Weir.Access;

/// <summary>Registers accounts, roles, preferences and the audit trail.</summary>
public static class AccessModule
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<IModelPart, AccountModel>();
        services.AddSingleton<IModelPart, SessionModel>();
        services.AddSingleton<IModelPart, AuditModel>();
        services.AddSingleton<IModelPart, PreferenceModel>();
        services.AddScoped(provider => provider.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<WeirDbContext>>().CreateDbContext());
        services.AddIdentityCore<AccountRow>(options =>
            {
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 5;
                options.Lockout.MaxFailedAccessAttempts = 8;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            });
        services.AddScoped<IUserStore<AccountRow>, UserOnlyStore<AccountRow, WeirDbContext>>();
        services.AddSingleton<FirstAdministratorSecret>();
        services.AddSingleton<IAuditTrail, AuditTrail>();
        services.AddSingleton<IPreferences, StoredPreferences>();
        services.AddSingleton<IAccounts, LocalAccounts>();
        return services;
    }

    /// <summary>The one-time secret for the administrator, made while there is no enabled one; nothing otherwise, and an older secret is gone then.</summary>
    public static async Task<string?> FirstAdministratorSecretAsync(IServiceProvider provider, CancellationToken cancellationToken)
    {
        var secret = provider.GetRequiredService<FirstAdministratorSecret>();
        if (await provider.GetRequiredService<IAccounts>().NeedsFirstAdministratorAsync(cancellationToken))
        {
            return secret.GetOrCreate();
        }

        secret.Destroy();
        return null;
    }
}

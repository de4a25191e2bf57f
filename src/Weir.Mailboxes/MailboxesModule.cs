using Microsoft.Extensions.DependencyInjection;
using Weir.Kernel;
using Weir.Mailboxes.Connectors;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes;

/// <summary>Registers the mailboxes and their connectors.</summary>
public static class MailboxesModule
{
    public static IServiceCollection AddMailboxes(this IServiceCollection services)
    {
        services.AddSection<MailboxesOptions>("mailboxes");
        services.AddSingleton<IMailboxes, ConfiguredMailboxes>();
        return services;
    }
}

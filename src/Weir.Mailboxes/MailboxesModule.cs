using Microsoft.Extensions.DependencyInjection;
using Weir.Kernel;
using Weir.Mailboxes.Connectors;
using Weir.Mailboxes.Contracts;
using Weir.Mailboxes.Sending;
using Weir.Storage.Contracts;

namespace Weir.Mailboxes;

/// <summary>Registers the mailboxes with their connectors, and sending.</summary>
public static class MailboxesModule
{
    public static IServiceCollection AddMailboxes(this IServiceCollection services)
    {
        services.AddSection<MailboxesOptions>("mailboxes");
        services.AddSingleton<IMailboxes, ConfiguredMailboxes>();
        services.AddSection<SendingOptions>("sending");
        services.AddSingleton<IModelPart, MailboxesModel>();
        services.AddSingleton<IHandOver, MailServer>();
        services.AddSingleton<IOutbox, Outbox>();
        services.AddSingleton<IJobHandler, SendingJob>();
        services.AddHostedService<UnsentMail>();
        return services;
    }
}

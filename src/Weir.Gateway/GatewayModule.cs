using Microsoft.Extensions.DependencyInjection;
using Weir.Detection.Contracts;
using Weir.Gateway.Checks.Postfix;
using Weir.Gateway.Contracts;
using Weir.Gateway.Delivery;
using Weir.Gateway.Import;
using Weir.Gateway.Intake;
using Weir.Gateway.Journal;
using Weir.Gateway.Milter;
using Weir.Gateway.Outbound;
using Weir.Gateway.OwnMail;
using Weir.Gateway.Rejudging;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Gateway;

/// <summary>The doors for mail, delivery reports and clicks.</summary>
public static class GatewayModule
{
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddSingleton<KnownMailSource>();
        services.AddSingleton<RoomOnDisk>();
        services.AddSingleton<MessageIntake>();
        services.AddSingleton<IIntake>(provider => provider.GetRequiredService<MessageIntake>());
        services.AddSingleton<StoredMail>();
        services.AddSingleton<IJudgeStoredMail>(provider => provider.GetRequiredService<StoredMail>());
        services.AddHostedService<UnjudgedMail>();
        services.AddSection<RejudgingOptions>("rejudging");
        services.AddSingleton<ConcernedMail>();
        services.AddSingleton<Rejudgings>();
        services.AddSingleton<IRejudging>(provider => provider.GetRequiredService<Rejudgings>());
        services.AddHostedService<KnowledgeWatch>();
        services.AddHostedService<IndicatorWatch>();
        services.AddHostedService<CampaignWatch>();
        services.AddSection<DeliveryOptions>("delivery");
        services.AddHostedService<DeliveryReader>();
        services.AddSingleton<IModelPart, OutboundModel>();
        services.AddSingleton<Restrictions>();
        services.AddSingleton<IOutboundLimits, OutboundDoor>();
        services.AddHostedService<OutboundWatch>();
        services.AddSingleton<IModelPart, OwnMailModel>();
        services.AddSingleton<OwnMailDoor>();
        services.AddSection<MilterOptions>("milter");
        services.AddSingleton<BlockedRecipients>();
        services.AddSingleton<IMilterIntake, MilterIntake>();
        services.AddHostedService<MilterServer>();
        services.AddSection<JournalOptions>("journal");
        services.AddSingleton<JournalAddresses>();
        services.AddSingleton<IJournalIntake, JournalIntake>();
        services.AddHostedService<JournalServer>();
        services.AddSection<DoctorOptions>("doctor");
        services.AddSingleton<IPostconf, Postconf>();
        services.AddSingleton<IDeliveryDoor, DeliveryDoor>();
        services.AddSingleton<IClickDoor, ClickDoor>();
        services.AddSingleton<IMailImport, MailImport>();
        return services;
    }
}

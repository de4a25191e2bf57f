using Microsoft.Extensions.DependencyInjection;
using Weir.Kernel;
using Weir.Response.AfterDelivery;
using Weir.Response.Campaigns;
using Weir.Response.Alerts;
using Weir.Response.Content;
using Weir.Response.Contracts;
using Weir.Response.OwnMail;
using Weir.Response.Quarantine;
using Weir.Response.Record;
using Weir.Response.Remediations;
using Weir.Storage.Contracts;

namespace Weir.Response;

/// <summary>Registers remediation, content of messages, and what follows a delivery.</summary>
public static class ResponseModule
{
    public static IServiceCollection AddResponse(this IServiceCollection services)
    {
        services.AddSection<ResponseOptions>("response");
        services.AddSingleton<IModelPart, ResponseModel>();
        services.AddSingleton<TargetRecords>();
        services.AddSingleton<EntryActions>();
        services.AddSingleton<RemediationStore>();
        services.AddSingleton<IRemediation, RemediationDoor>();
        services.AddSingleton<IJobHandler, RemediationBatch>();
        services.AddSingleton<UnfinishedRemediations>();
        services.AddHostedService(provider => provider.GetRequiredService<UnfinishedRemediations>());
        services.AddSingleton<LogCursor>();
        services.AddSingleton<Automation>();
        services.AddSingleton<IAutomation>(provider => provider.GetRequiredService<Automation>());
        services.AddSingleton<Brake>();
        services.AddSingleton<ZapAlerts>();
        services.AddSingleton<RunningBatches>();
        services.AddSingleton<SupersededActions>();
        services.AddSingleton<GivenBack>();
        services.AddHostedService<ZapWhenJudgedAgain>();
        services.AddHostedService<RestrictionAlerts>();
        services.AddSingleton<IModelPart, QuarantineModel>();
        services.AddSingleton<HeldMail>();
        services.AddSingleton<HeldDetails>();
        services.AddSingleton<ReleaseByServer>();
        services.AddSingleton<PoliciesOfQuarantine>();
        services.AddSingleton<IQuarantinePolicies>(provider => provider.GetRequiredService<PoliciesOfQuarantine>());
        services.AddSingleton<JudgedAgain>();
        services.AddSingleton<Deletions>();
        services.AddSingleton<WrittenMail>();
        services.AddSingleton<Answers>();
        services.AddSingleton<QuarantineDoor>();
        services.AddSingleton<IQuarantine>(provider => provider.GetRequiredService<QuarantineDoor>());
        services.AddSingleton<OwnLinks>();
        services.AddSingleton<IOwnQuarantine, OwnQuarantine>();
        services.AddHostedService<Digests>();
        services.AddHostedService<QuarantineReader>();
        services.AddHostedService<Expiry>();
        services.AddHostedService<CopiedMarks>();
        services.AddSingleton<PreviewTokens>();
        services.AddSingleton<IMessageContent, MessageContent>();
        services.AddSingleton<IJobHandler, DecidedLaterJob>();
        services.AddHostedService<ZapAfterCopy>();
        services.AddHostedService<MoveToJunkWhenDecided>();
        services.AddHostedService<CampaignReader>();
        services.AddSingleton<AlertDoor>();
        services.AddSingleton<IRaiseAlert>(provider => provider.GetRequiredService<AlertDoor>());
        services.AddHostedService<UnsaidAlerts>();
        services.AddHostedService<ListAlerts>();
        return services;
    }

    /// <summary>A grouping that remembers nothing yet, for measuring it apart from the log.</summary>
    public static IMailGrouping NewMailGrouping() => new MailGrouping();
}

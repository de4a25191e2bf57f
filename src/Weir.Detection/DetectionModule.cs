using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Detection.Alone;
using Weir.Detection.Contracts;
using Weir.Detection.Detectors;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Antimalware;
using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Knowledge;
using Weir.Detection.Facts.Knowledge.Indicators;
using Weir.Detection.Facts.Knowledge.Lists;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Facts.Knowledge.Rules;
using Weir.Detection.Facts.Places;
using Weir.Detection.Learning;
using Weir.Detection.Policies;
using Weir.Detection.Verdicts;
using Weir.Directory.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Mail;
using Weir.Mail.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Detection;

/// <summary>Registers the judge. It needs IMailAuthenticator, IDirectory, IAllowBlockList and the log.</summary>
public static class DetectionModule
{
    public static IServiceCollection AddDetection(this IServiceCollection services) => services
        .AddSingleton(_ => new SendingHistory())
        .AddSingleton<ISendingHistory>(provider => provider.GetRequiredService<SendingHistory>())
        .AddSingleton<IReputations>(provider => provider.GetRequiredService<SendingHistory>())
        .AddHostedService<HistoryReader>()
        .AddSingleton<IModelPart, PolicyModel>()
        .AddSingleton<StoredPolicies>()
        .AddSingleton<IPolicySettings>(provider => provider.GetRequiredService<StoredPolicies>())
        .AddSingleton<PoliciesInForce>()
        .AddSingleton<IKnownDomains, KnownDomains>()
        .AddSingleton<IPolicyTrial, PolicyTrial>()
        .AddJudge();

    /// <summary>The judge without a data directory: no organisation, no allow/block list, no configuration but what is given.</summary>
    /// <param name="authenticator">Nothing: SPF, DKIM and DMARC are not looked up.</param>
    public static IServiceCollection AddDetectionAlone(this IServiceCollection services, IMailAuthenticator? authenticator = null, IConfiguration? configuration = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddLogging()
            .AddSingleton(configuration ?? new ConfigurationBuilder().Build())
            .AddSingleton(authenticator ?? new NoAuthentication())
            .AddSingleton<IDirectory, NoOrganisation>()
            .AddSingleton<IAllowBlockList, NoAllowBlockList>()
            .AddSingleton<ISendingHistory, NoHistory>()
            .AddSingleton<IReputations, NoHistory>()
            .AddSingleton<IDns, NoDns>()
            .AddSingleton(TrustedRelays.None)
            .AddSingleton(provider =>
            {
                var policies = new PoliciesInForce(provider.GetRequiredService<IDirectory>());
                policies.Use(BuiltInPolicies.Of(PolicyMode.On));
                return policies;
            })
            .AddJudge();
    }

    /// <summary>Reads the policies from the database; call once at start, after the database is up to date and the organisation is read.</summary>
    public static Task LoadAsync(IServiceProvider provider, CancellationToken cancellationToken) => provider.GetRequiredService<StoredPolicies>().LoadAsync(cancellationToken);

    private static IServiceCollection AddJudge(this IServiceCollection services) => services
        .AddSection<DetectionOptions>("detection")
        .AddEvery<IDetector>(Assembly.GetExecutingAssembly())
        .AddSingleton<Weights>()
        .AddSingleton<SignalLocator>()
        .AddSingleton<IPolicies>(provider => provider.GetRequiredService<PoliciesInForce>())
        .AddSingleton<JudgingVersions>()
        .AddInspection()
        .AddEvery<IFeatures>(Assembly.GetExecutingAssembly())
        .AddSingleton<MessageExaminer>()
        .AddSingleton<FeatureReader>()
        .AddSingleton<LearntModels>()
        .AddSingleton<IVersioned>(provider => provider.GetRequiredService<LearntModels>())
        .AddSingleton<LearntJudge>()
        .AddSingleton<IModelTrainer, ModelTrainer>()
        .AddSingleton<IAntimalware, Clamd>()
        .AddSingleton<DnsLists>()
        .AddSingleton(provider => new IndicatorFiles(
            PathOf(provider, options => options.IndicatorsFolder, "indicators"), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<IndicatorFiles>>()))
        .AddSingleton(provider => new RuleFile(
            PathOf(provider, options => options.RulesFile, "rules.txt"), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RuleFile>>()))
        .AddSingleton<IVersioned>(provider => provider.GetRequiredService<IndicatorFiles>())
        .AddSingleton<IIndicators>(provider => provider.GetRequiredService<IndicatorFiles>())
        .AddSingleton<IVersioned>(provider => provider.GetRequiredService<RuleFile>())
        .AddSingleton<IKnowledge, KnowledgeGatherer>()
        .AddSingleton<FactsGatherer>()
        .AddSingleton<IMessageJudge, MessageJudge>();

    /// <summary>As configured, else in the data directory; nowhere without one.</summary>
    private static string PathOf(IServiceProvider provider, Func<DetectionOptions, string> configured, string name) =>
        configured(provider.GetRequiredService<IOptions<DetectionOptions>>().Value) is { Length: > 0 } path ? path
        : provider.GetService<DataDirectory>() is { } data ? Path.Combine(data.Path, name)
        : "";
}

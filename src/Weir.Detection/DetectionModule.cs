using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Weir.Detection.Contracts;
using Weir.Detection.Detectors;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Antimalware;
using Weir.Detection.Verdicts;
using Weir.Kernel;

namespace Weir.Detection;

/// <summary>Registers the judge. It needs IMailAuthenticator, IDirectory and IAllowBlockList.</summary>
public static class DetectionModule
{
    public static IServiceCollection AddDetection(this IServiceCollection services) => services
        .AddSection<DetectionOptions>("detection")
        .AddEvery<IDetector>(Assembly.GetExecutingAssembly())
        .AddSingleton<Weights>()
        .AddSingleton<IAntimalware, Clamd>()
        .AddSingleton<FactsGatherer>()
        .AddSingleton<IMessageJudge, MessageJudge>();
}

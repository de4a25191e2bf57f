using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Intelligence.Contracts;
using Weir.Intelligence.Lists;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Intelligence;

/// <summary>Registers what is known: the allow/block list.</summary>
public static class IntelligenceModule
{
    public static IServiceCollection AddIntelligence(this IServiceCollection services) => services
        .AddSection<IntelligenceOptions>("intelligence")
        .AddSingleton<IAllowBlockList>(provider =>
        {
            var file = provider.GetRequiredService<IOptions<IntelligenceOptions>>().Value.AllowBlockFile;
            var path = file.Length > 0 ? file : Path.Combine(provider.GetRequiredService<DataDirectory>().Path, "allow-block.txt");
            return new AllowBlockFile(path, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AllowBlockFile>>());
        });
}

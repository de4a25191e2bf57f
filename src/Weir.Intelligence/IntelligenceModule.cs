using Microsoft.Extensions.DependencyInjection;
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
        .AddSingleton<IModelPart, ListModel>()
        .AddSingleton<ListTakeover>()
        .AddSingleton<KeptList>()
        .AddSingleton<IAllowBlockList>(provider => provider.GetRequiredService<KeptList>())
        .AddSingleton<EntryRules>()
        .AddSingleton<IAllowBlockEntries, ListDoor>()
        .AddSingleton<IEntryEffects, EntryEffects>()
        .AddHostedService<UseReader>();
}

using Microsoft.Extensions.DependencyInjection;
using Weir.Intelligence.Contracts;
using Weir.Intelligence.Lists;
using Weir.Intelligence.OwnMail;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Intelligence;

/// <summary>Registers what is known: the allow/block list, and the marks of Weir's own mail.</summary>
public static class IntelligenceModule
{
    /// <summary>The mark of Weir's own mail and signed links, alone.</summary>
    public static IServiceCollection AddOwnMail(this IServiceCollection services) => services
        .AddSingleton<OwnKey>()
        .AddSingleton<IOwnMail, OwnMailMarks>()
        .AddSingleton<ISignedText, SignedText>();

    public static IServiceCollection AddIntelligence(this IServiceCollection services) => services
        .AddOwnMail()
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

using Microsoft.Extensions.DependencyInjection;
using Weir.Events.Asking;
using Weir.Events.Contracts;
using Weir.Events.Folding;
using Weir.Events.Log;
using Weir.Events.Saved;
using Weir.Events.Store;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Events;

/// <summary>Facts: the log, the event store, the door to ask, and the questions that people keep.</summary>
public static class EventsModule
{
    /// <summary>The process must hold the data directory (<see cref="DataDirectoryLock"/>).</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSection<EventsOptions>("events");
        services.AddSingleton<EventLog>();
        services.AddSingleton<IEventLog>(provider => provider.GetRequiredService<EventLog>());
        services.AddSingleton<EventStore>();
        services.AddSingleton<IQuestions, Questions>();
        services.AddSingleton<IExports, Exports>();
        services.AddSingleton<IHuntingCatalogue, HuntingCatalogue>();
        services.AddSingleton<IModelPart, SavedQueryModel>();
        services.AddSingleton<ISavedQueries, SavedQueries>();
        services.AddSingleton<IModelPart, KeptTextModel>();
        services.AddSingleton<IKeptTexts, KeptTexts>();
        services.AddSingleton<LogFolder>();
        services.AddSingleton<IStoreLoad, StoreLoad>();
        services.AddHostedService<EventStoreReader>();
        return services;
    }

    /// <summary>The empty tables in memory; needs no data directory.</summary>
    public static IServiceCollection AddScratchStore(this IServiceCollection services) =>
        services.AddSingleton<IScratchStore, ScratchStore>();

    /// <summary>Brings the event store to the end of the log where the hosted reader does not run, as in a command that only asks.</summary>
    /// <exception cref="UnreadableFactException">A record of the log cannot be read.</exception>
    public static void BringUpToDate(IServiceProvider provider, CancellationToken cancellationToken) =>
        provider.GetRequiredService<LogFolder>().FoldAll(cancellationToken);
}

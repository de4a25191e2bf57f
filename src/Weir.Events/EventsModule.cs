using Microsoft.Extensions.DependencyInjection;
using Weir.Events.Contracts;
using Weir.Events.Log;

namespace Weir.Events;

/// <summary>Facts: the log, the event store, and the door to ask.</summary>
public static class EventsModule
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<EventLog>();
        services.AddSingleton<IEventLog>(provider => provider.GetRequiredService<EventLog>());
        return services;
    }
}

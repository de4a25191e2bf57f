using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Kernel;

namespace Weir.Response.Alerts;

/// <summary>At start: alerts that were written down and perhaps not said.</summary>
internal sealed partial class UnsaidAlerts(AlertDoor door, TimeProvider time, ILogger<UnsaidAlerts> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(door.ResumeAsync, NotSaid, time, stoppingToken);

    [LoggerMessage(8020, LogLevel.Error, "Alerts that were raised cannot be recorded; it is tried again")]
    private partial void NotSaid(Exception exception);
}

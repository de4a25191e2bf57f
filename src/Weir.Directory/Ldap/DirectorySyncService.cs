using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;

namespace Weir.Directory.Ldap;

/// <summary>Reads the directory server at the start and then every few minutes; a server that is down changes nothing and is told once.</summary>
internal sealed partial class DirectorySyncService(IDirectorySync sync, IOptions<DirectoryOptions> options, TimeProvider time, ILogger<DirectorySyncService> logger) : BackgroundService
{
    private static readonly Caller Self = Caller.System("directory", Permission.SecuritySettingsManage);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Ldap is not { } settings)
        {
            return;
        }

        var last = "";
        while (true)
        {
            var problem = await TryAsync(stoppingToken);
            if (problem.Length > 0 && problem != last)
            {
                NotRead(problem);
            }

            last = problem;
            await Task.Delay(TimeSpan.FromMinutes(settings.EveryMinutes), time, stoppingToken);
        }
    }

    private async Task<string> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await sync.SyncAsync(Self, isForced: false, isTrial: false, cancellationToken)).Problem;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever an entry holds, the people of the last reading stay known.
            return exception.Message;
        }
    }

    [LoggerMessage(8101, LogLevel.Warning, "The directory server was not read; people and lists stay as they were: {Problem}")]
    private partial void NotRead(string problem);
}

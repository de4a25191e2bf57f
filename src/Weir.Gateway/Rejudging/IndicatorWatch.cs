using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>When the indicator files change, stored mail that has something they name is judged again. The version that was acted on is written down.</summary>
internal sealed partial class IndicatorWatch(
    IIndicators indicators, ConcernedMail concerned, Rejudgings rejudgings, IOptions<RejudgingOptions> options, DataDirectory data, TimeProvider time, ILogger<IndicatorWatch> logger) : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    private readonly string _path = Path.Combine(data.Path, "gateway", "indicators");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotKept, time, stoppingToken);

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (QuestionException exception)
            {
                // The event store is being rebuilt, or a question took too long: nothing is written down as acted on, so it is tried again.
                NotKept(exception);
                await Task.Delay(AfterTrouble, time, stoppingToken);
            }

            await Task.Delay(KnowledgeWatch.LookEvery, time, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var version = indicators.CurrentVersion();
        var known = File.Exists(_path) ? (await File.ReadAllTextAsync(_path, cancellationToken)).Trim() : null;
        if (version == known)
        {
            return;
        }

        if (known is not null && version.Length > 0)
        {
            var since = time.GetUtcNow() - TimeSpan.FromDays(options.Value.Days);
            await rejudgings.RunAsync(
                new NewlyKnown($"the indicator files changed (version {version})", "Other", since, token => concerned.FindAsync(new ConcernOfIndicators(indicators), since, token)), progress: null, cancellationToken);
        }

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(_path)!); // a path inside the data directory
        await File.WriteAllTextAsync(_path + ".new", version, cancellationToken);
        File.Move(_path + ".new", _path, overwrite: true);
    }

    [LoggerMessage(7029, LogLevel.Error, "New indicators cannot be acted on; it is tried again.")]
    private partial void NotKept(Exception exception);
}

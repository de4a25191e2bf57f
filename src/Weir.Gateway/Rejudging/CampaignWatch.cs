using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>When a message that was let through turns out to be like those of a campaign, it is judged again: what is known of the campaign by now counts.</summary>
internal sealed partial class CampaignWatch(
    IEventLog log, Rejudgings rejudgings, IOptions<RejudgingOptions> options, DataDirectory data, TimeProvider time, ILogger<CampaignWatch> logger) : BackgroundService
{
    /// <summary>A campaign comes in waves: what comes within this time is judged together.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    /// <summary>The last sequence number that was looked at.</summary>
    private readonly string _path = Path.Combine(data.Path, "gateway", "campaigns-seen");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotFollowed, time, stoppingToken);

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        // What was found before this part of Weir existed is history.
        var seen = File.Exists(_path) && long.TryParse(await File.ReadAllTextAsync(_path, stoppingToken), NumberStyles.None, CultureInfo.InvariantCulture, out var kept) ? kept : await KeepAsync(log.Last, stoppingToken);
        while (true)
        {
            try
            {
                seen = await LookAsync(seen, stoppingToken);
            }
            catch (QuestionException exception)
            {
                // The event store is being rebuilt: the place in the log stays, so nothing is passed over.
                NotFollowed(exception);
                await Task.Delay(AfterTrouble, time, stoppingToken);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private async Task<long> LookAsync(long seen, CancellationToken cancellationToken)
    {
        var last = seen;
        var alike = new Dictionary<string, (string Name, HashSet<string> Messages)>(StringComparer.Ordinal);
        await foreach (var logged in log.ReadAsync(seen, cancellationToken))
        {
            last = logged.Sequence;
            if (logged.Fact is CampaignJoined { IsLookalike: true } joined)
            {
                alike.TryAdd(joined.CampaignId, (joined.Name, new HashSet<string>(StringComparer.Ordinal)));
                alike[joined.CampaignId].Messages.Add(joined.Id.ToString());
            }
        }

        foreach (var (id, (name, messages)) in alike)
        {
            await rejudgings.RunAsync(
                new NewlyKnown($"it is like mail of the campaign {(name.Length > 0 ? name : id)}", "Campaign", time.GetUtcNow() - TimeSpan.FromDays(options.Value.Days), _ => ValueTask.FromResult<IReadOnlyCollection<string>>(messages)) { IsOfOtherMail = true },
                progress: null, cancellationToken);
        }

        return alike.Count > 0 || last - seen > 1_000 ? await KeepAsync(last, cancellationToken) : last;
    }

    private async Task<long> KeepAsync(long sequence, CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(_path)!); // a path inside the data directory
        await File.WriteAllTextAsync(_path, sequence.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return sequence;
    }

    [LoggerMessage(7028, LogLevel.Error, "Mail that is like a campaign cannot be judged again; it is tried again.")]
    private partial void NotFollowed(Exception exception);
}

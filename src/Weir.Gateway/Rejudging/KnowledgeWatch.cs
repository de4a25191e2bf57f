using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>
/// When the allow/block list or the indicator files change, stored mail that the change may speak of is judged again. What was acted on is written down:
/// a change that came while Weir was down is new all the same. An entry that only ran out changes nothing that was said.
/// </summary>
internal sealed partial class KnowledgeWatch(
    IAllowBlockList list,
    IIndicators indicators,
    ConcernedMail concerned,
    Rejudgings rejudgings,
    IOptions<RejudgingOptions> options,
    DataDirectory data,
    TimeProvider time,
    ILogger<KnowledgeWatch> logger) : BackgroundService
{
    /// <summary>Entries that a reason names; the rest is counted.</summary>
    private const int Named = 3;

    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    private readonly string _entriesPath = Path.Combine(data.Path, "gateway", "entries");
    private readonly string _indicatorsPath = Path.Combine(data.Path, "gateway", "indicators");
    private IReadOnlyList<AllowBlockEntry>? _seen;

    private DateTimeOffset Since => time.GetUtcNow() - TimeSpan.FromDays(options.Value.Days);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotKept, time, stoppingToken);

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        _seen = null;
        while (true)
        {
            try
            {
                await LookAtEntriesAsync(stoppingToken);
                await LookAtIndicatorsAsync(stoppingToken);
                await rejudgings.CloseAsync(stoppingToken);
            }
            catch (QuestionException exception)
            {
                // The event store is being rebuilt, or a question took too long: nothing is written down as acted on, so it is tried again.
                NotKept(exception);
                await Task.Delay(AfterTrouble, time, stoppingToken);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private async Task LookAtEntriesAsync(CancellationToken cancellationToken)
    {
        var now = list.Current(time.GetUtcNow());
        if (ReferenceEquals(now, _seen))
        {
            return;
        }

        var current = now.Select(KnownEntry.Of).ToHashSet();
        if (File.Exists(_entriesPath))
        {
            var known = (await File.ReadAllLinesAsync(_entriesPath, cancellationToken)).Select(KnownEntry.Parse).OfType<KnownEntry>().ToHashSet();
            var added = current.Except(known).ToList();
            var removed = known.Except(current).Where(entry => !(entry.Expires <= time.GetUtcNow())).ToList();
            if (added.Count + removed.Count > 0)
            {
                await JudgeAsync(added, removed, cancellationToken);
            }
        }

        await WriteAsync(_entriesPath, current.Select(entry => entry.Line), cancellationToken);
        _seen = now;
    }

    private async Task JudgeAsync(List<KnownEntry> added, List<KnownEntry> removed, CancellationToken cancellationToken)
    {
        List<KnownEntry> changed = [.. added, .. removed];
        var since = Since;
        var concern = new ConcernOfEntries(changed.Select(entry => new AllowBlockEntry(entry.Kind, entry.Value, entry.IsAllow, entry.Expires, "")));
        await rejudgings.RunAsync(new NewlyKnown(ReasonOf(added, removed), AboutOf(changed), since, token => concerned.FindAsync(concern, since, token)), progress: null, cancellationToken);
    }

    private async Task LookAtIndicatorsAsync(CancellationToken cancellationToken)
    {
        var version = indicators.CurrentVersion();
        var known = File.Exists(_indicatorsPath) ? (await File.ReadAllTextAsync(_indicatorsPath, cancellationToken)).Trim() : null;
        if (version == known)
        {
            return;
        }

        if (known is not null && version.Length > 0)
        {
            var since = Since;
            await rejudgings.RunAsync(
                new NewlyKnown($"the indicator files changed (version {version})", "Other", since, token => concerned.FindAsync(new ConcernOfIndicators(indicators), since, token)), progress: null, cancellationToken);
        }

        await WriteAsync(_indicatorsPath, [version], cancellationToken);
    }

    private static string ReasonOf(List<KnownEntry> added, List<KnownEntry> removed)
    {
        var words = added.Select(entry => $"new entry: {entry}").Concat(removed.Select(entry => $"removed entry: {entry}")).ToList();
        return string.Join("; ", words.Take(Named)) + (words.Count > Named ? $" and {words.Count - Named} more" : "");
    }

    /// <summary>The kind of thing that the entries are about; <c>Other</c> when they are about several.</summary>
    private static string AboutOf(List<KnownEntry> entries)
    {
        var about = entries.Select(entry => entry.Kind switch
        {
            EntryKind.Sender or EntryKind.SenderDomain => "Sender",
            EntryKind.Url or EntryKind.UrlDomain => "Url",
            EntryKind.FileHash => "File",
            _ => "Ip",
        }).Distinct(StringComparer.Ordinal).ToList();
        return about is [var only] ? only : "Other";
    }

    /// <summary>Whole or not at all: a file cut short would make old entries new.</summary>
    private static async Task WriteAsync(string path, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a path inside the data directory
        await File.WriteAllLinesAsync(path + ".new", lines, cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }

    [LoggerMessage(7027, LogLevel.Error, "What became known cannot be acted on; it is tried again.")]
    private partial void NotKept(Exception exception);
}

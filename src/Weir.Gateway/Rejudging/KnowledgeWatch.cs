using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>
/// When the allow/block list changes, stored mail that the change may speak of is judged again. What was acted on is written down: a change that came
/// while Weir was down is new all the same. An entry that only ran out changes nothing that was said. When the list changes again meanwhile, the rest
/// is left to the newer change, so that its last state wins and each judgement has the cause that decides.
/// </summary>
internal sealed partial class KnowledgeWatch(
    IAllowBlockList list,
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

    /// <summary>Changes that are being acted on.</summary>
    private readonly string _openPath = Path.Combine(data.Path, "gateway", "entries-open");

    private IReadOnlyList<AllowBlockEntry>? _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Perseverance.RunAsync(FollowAsync, NotKept, time, stoppingToken);
        }
        finally
        {
            rejudgings.ActedOn(null);
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        _seen = null;
        while (true)
        {
            try
            {
                while (!await LookAsync(stoppingToken))
                {
                    // The list changed meanwhile: the newer state is looked at now.
                }

                await rejudgings.CloseAsync(stoppingToken);
            }
            catch (QuestionException exception)
            {
                // The event store is being rebuilt, or a question took too long: what is open stays so, and it is tried again.
                NotKept(exception);
                await Task.Delay(AfterTrouble, time, stoppingToken);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    /// <returns>False when it was left off because the list changed meanwhile.</returns>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var now = list.Current(time.GetUtcNow());
        if (ReferenceEquals(now, _seen))
        {
            return true;
        }

        var current = now.Select(KnownEntry.Of).ToHashSet();
        var open = await ReadAsync(_openPath, EntryChange.Parse, cancellationToken);
        if (File.Exists(_entriesPath))
        {
            var known = (await ReadAsync(_entriesPath, KnownEntry.Parse, cancellationToken)).ToHashSet();
            open = EntryChange.Of(known, current, open, time.GetUtcNow());
        }

        // First what is begun, then the list that it is of: stopped in between, it is found as a change again.
        await WriteAsync(_openPath, open.Select(change => change.Line), cancellationToken);
        await WriteAsync(_entriesPath, current.Select(entry => entry.Line), cancellationToken);
        if (open.Count > 0 && !await JudgeAsync(now, open, cancellationToken))
        {
            return false;
        }

        File.Delete(_openPath);
        _seen = now;
        rejudgings.ActedOn(now);
        return true;
    }

    private async Task<bool> JudgeAsync(IReadOnlyList<AllowBlockEntry> now, List<EntryChange> changes, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - TimeSpan.FromDays(options.Value.Days);
        var concern = new ConcernOfEntries(changes.Select(change => new AllowBlockEntry(change.Entry.Kind, change.Entry.Value, change.Entry.IsAllow, change.Entry.Expires, "")));
        long[] removed = [.. changes.Where(change => change is { IsNew: false, Entry.Id: > 0 }).Select(change => change.Entry.Id)];
        var known = new NewlyKnown(
            ReasonOf(changes),
            AboutOf(changes),
            removed.Length > 0 ? DateTimeOffset.UnixEpoch : since,
            async token => removed.Length == 0
                ? await concerned.FindAsync(concern, since, token)
                : [.. (await concerned.FindAsync(concern, since, token)).Union(await concerned.NamingAsync(removed, token), StringComparer.Ordinal)]) { IsUrgent = true };
        return await rejudgings.RunAsync(known, now, cancellationToken);
    }

    private static string ReasonOf(List<EntryChange> changes) =>
        string.Join("; ", changes.Take(Named)) + (changes.Count > Named ? $" and {changes.Count - Named} more" : "");

    /// <summary>The kind of thing that the entries are about; <c>Other</c> when they are about several.</summary>
    private static string AboutOf(List<EntryChange> changes)
    {
        var about = changes.Select(change => change.Entry.Kind switch
        {
            EntryKind.Sender or EntryKind.SenderDomain => "Sender",
            EntryKind.Url or EntryKind.UrlDomain => "Url",
            EntryKind.FileHash => "File",
            _ => "Ip",
        }).Distinct(StringComparer.Ordinal).ToList();
        return about is [var only] ? only : "Other";
    }

    private static async Task<List<T>> ReadAsync<T>(string path, Func<string, T?> parse, CancellationToken cancellationToken)
        where T : class =>
        File.Exists(path) ? [.. (await File.ReadAllLinesAsync(path, cancellationToken)).Select(parse).OfType<T>()] : [];

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

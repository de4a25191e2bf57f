using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Events.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>
/// When an entry comes into the block list, mail of the last two days that it may speak of is judged again: what was clean on arrival and is known to be
/// bad now is shown so, where it lies. It stays there; taking it back is for people.
/// </summary>
internal sealed partial class RejudgedMail(
    IAllowBlockList list,
    StoredMail stored,
    KnownMailSource source,
    IEventLog log,
    DataDirectory data,
    TimeProvider time,
    ILogger<RejudgedMail> logger) : BackgroundService
{
    /// <summary>How far back mail is judged again.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    /// <summary>Entries that were acted on, one a line: an entry that came while Weir was down is new all the same.</summary>
    private readonly string _path = Path.Combine(data.Path, "gateway", "block-entries");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotKept, time, stoppingToken);

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var known = File.Exists(_path) ? [.. await File.ReadAllLinesAsync(_path, stoppingToken)] : await RememberAsync(Blocks(), stoppingToken);
        while (true)
        {
            var blocks = Blocks();
            if (blocks.Where(entry => !known.Contains(Text(entry))).ToList() is { Count: > 0 } fresh)
            {
                await JudgeAgainAsync(fresh, stoppingToken);
            }

            if (!known.SetEquals(blocks.Select(Text)))
            {
                known = await RememberAsync(blocks, stoppingToken);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private List<AllowBlockEntry> Blocks() => [.. list.Current(time.GetUtcNow()).Where(entry => !entry.IsAllow)];

    private static string Text(AllowBlockEntry entry) => $"{entry.Kind} {entry.Value}";

    private async Task<HashSet<string>> RememberAsync(List<AllowBlockEntry> blocks, CancellationToken cancellationToken)
    {
        var texts = blocks.Select(Text).ToHashSet(StringComparer.Ordinal);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(_path) ?? data.Path);
        await File.WriteAllLinesAsync(_path, texts, cancellationToken);
        return texts;
    }

    private async Task JudgeAgainAsync(List<AllowBlockEntry> fresh, CancellationToken cancellationToken)
    {
        var (received, judged) = await ConcernedAsync(fresh, cancellationToken);
        var changed = 0;
        foreach (var (id, last) in judged)
        {
            if (!received.TryGetValue(id, out var message))
            {
                continue;
            }

            try
            {
                changed += await JudgeAgainAsync(message, last, cancellationToken) ? 1 : 0;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // One message that cannot be judged must not keep the others from it.
                NotJudged(exception, id.ToString());
            }
        }

        JudgedAgain(fresh.Count, judged.Count, changed);
    }

    private async ValueTask<bool> JudgeAgainAsync(MessageReceived message, MessageJudged last, CancellationToken cancellationToken)
    {
        if (await stored.JudgeAsync(message, cancellationToken) is not { } now || (now.Verdict == last.Verdict && now.ThreatTypes == last.ThreatTypes))
        {
            return false;
        }

        // What was done with it at delivery was done: only what it is called changes.
        await log.AppendAsync([now with { Recipients = last.Recipients, EmailAction = last.EmailAction, EmailActionPolicy = last.EmailActionPolicy }], cancellationToken);
        return true;
    }

    private async Task<(Dictionary<NetworkMessageId, MessageReceived> Received, Dictionary<NetworkMessageId, MessageJudged> Judged)> ConcernedAsync(
        List<AllowBlockEntry> fresh, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - Within;
        var received = new Dictionary<NetworkMessageId, MessageReceived>();
        var judged = new Dictionary<NetworkMessageId, MessageJudged>();
        await foreach (var logged in log.ReadAsync(await source.SequenceBeforeAsync(Within, cancellationToken), cancellationToken))
        {
            if (logged.Fact is MessageReceived message && message.At >= since)
            {
                received[message.Id] = message;
            }
            else if (logged.Fact is MessageJudged judgement && judgement.ReceivedAt >= since && fresh.Exists(entry => BlockedSince.MayConcern(entry, judgement)))
            {
                judged[judgement.Id] = judgement;
            }
        }

        return (received, judged);
    }

    [LoggerMessage(7027, LogLevel.Error, "Entries of the block list cannot be acted on; it is tried again.")]
    private partial void NotKept(Exception exception);

    [LoggerMessage(7025, LogLevel.Error, "The message {Id} could not be judged again.")]
    private partial void NotJudged(Exception exception, string id);

    [LoggerMessage(7026, LogLevel.Information, "{Entries} entries came into the block list: {Messages} messages of the last two days were judged again, {Changed} with another verdict.")]
    private partial void JudgedAgain(int entries, int messages, int changed);
}

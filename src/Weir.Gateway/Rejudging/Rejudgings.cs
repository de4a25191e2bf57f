using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Intake;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>
/// Judges stored mail again, the newest mail first, and appends what changed; then that it ended, which is what others act on. One cause at a time,
/// but what entries of the allow/block list cause comes between the batches of the others. Stopped in between, it begins again under the same id, and
/// what it said already counts.
/// </summary>
internal sealed partial class Rejudgings(
    ConcernedMail concerned,
    IQuestions questions,
    StoredMail stored,
    IAllowBlockList list,
    IEventLog log,
    IAuditTrail audit,
    DataDirectory data,
    TimeProvider time,
    ILogger<Rejudgings> logger) : IRejudging, IDisposable
{
    /// <summary>Messages between two appends; a new entry waits for no more than these.</summary>
    private const int AtOnce = 250;

    /// <summary>How often a batch is judged anew because the list changed under it.</summary>
    private const int Tries = 5;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);
    private static readonly TimeSpan ForEntries = TimeSpan.FromMilliseconds(200);

    /// <summary>Held as long as a cause that is not urgent is acted on.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Held for a batch, and as long as an urgent cause is acted on.</summary>
    private readonly SemaphoreSlim _batch = new(1);

    private readonly string _path = Path.Combine(data.Path, "gateway", "rejudging.json");
    private readonly string _urgentPath = Path.Combine(data.Path, "gateway", "rejudging-entries.json");

    /// <summary>How many urgent causes were acted on, and how many of them what is not urgent has seen.</summary>
    private int _urgent;
    private int _urgentSeen;

    /// <summary>The list as far as stored mail follows it; nothing when nobody sees to that.</summary>
    private volatile IReadOnlyList<AllowBlockEntry>? _followed;

    public async ValueTask<RejudgingProgress> RunAsync(Caller caller, RejudgingRequest request, IProgress<RejudgingProgress> progress, CancellationToken cancellationToken)
    {
        caller.Require(Permission.DetectionTuningManage);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Reason);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Within, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Within, Longest);
        var since = time.GetUtcNow() - request.Within;
        var done = await RunAsync(
            new NewlyKnown(request.Reason, "Other", since, token => concerned.WhereAsync(request.Where, since, token)) { AllPlaces = request.AllPlaces }, progress, cancellationToken);
        await audit.RecordAsync(
            caller,
            new AuditEntry("MailJudgedAgain", request.Where, "Success", $"{request.Reason}: {done.Judged} messages since {since:u}, {done.Changed} with another verdict{(request.AllPlaces ? $", {done.Misplaced} not where policy wants them" : "")}"),
            cancellationToken);
        return done;
    }

    /// <summary>The same for what Weir learned by itself.</summary>
    public async Task<RejudgingProgress> RunAsync(NewlyKnown known, IProgress<RejudgingProgress>? progress, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return (await ActAsync(known, _path, entries: null, progress, cancellationToken)).Done;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends one that was stopped and that nobody goes on with, so that what it said is acted on. One that is under way is left alone.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(_path) || !await _turn.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return;
        }

        try
        {
            if (await BegunAsync(_path, cancellationToken) is { } begun)
            {
                await EndAsync(begun, judged: 0, changed: 0, cancellationToken);
            }

            System.IO.File.Delete(_path);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The same for entries of the allow/block list, between the batches of what else is under way.</summary>
    /// <param name="entries">The list by which mail is judged.</param>
    /// <returns>False when it was left off because the list changed again.</returns>
    public async Task<bool> RunAsync(NewlyKnown known, IReadOnlyList<AllowBlockEntry> entries, CancellationToken cancellationToken)
    {
        await _batch.WaitAsync(cancellationToken);
        try
        {
            return (await ActAsync(known, _urgentPath, entries, progress: null, cancellationToken)).IsWhole;
        }
        finally
        {
            Interlocked.Increment(ref _urgent);
            _batch.Release();
        }
    }

    /// <summary>Stored mail follows this state of the list; other causes wait until it follows the one in force.</summary>
    public void ActedOn(IReadOnlyList<AllowBlockEntry>? entries) => _followed = entries;

    public void Dispose()
    {
        _turn.Dispose();
        _batch.Dispose();
    }

    private async Task<(RejudgingProgress Done, bool IsWhole)> ActAsync(NewlyKnown known, string path, IReadOnlyList<AllowBlockEntry>? entries, IProgress<RejudgingProgress>? progress, CancellationToken cancellationToken)
    {
        // What was judged just before it became known must be there to be found.
        await log.WaitUntilShownAsync(log.Last, cancellationToken);
        var ids = (await known.Messages(cancellationToken)).OrderDescending(StringComparer.Ordinal).ToList();
        var (run, isResumed) = await BeginAsync(known, path, cancellationToken);
        var (done, isWhole) = await JudgeAllAsync(known, run, ids, entries, progress, cancellationToken);
        if (done.Changed + done.Misplaced > 0 || isResumed)
        {
            await EndAsync(run, done.Judged, done.Changed, cancellationToken);
        }

        System.IO.File.Delete(path);
        JudgedAgain(known.Reason, done.Judged, done.Changed);
        return (done, isWhole);
    }

    private async Task EndAsync(BegunRejudging run, long judged, long changed, CancellationToken cancellationToken) =>
        await log.AppendAsync(
            [new RejudgingEnded { At = time.GetUtcNow(), RejudgingId = run.Id, Reason = run.Reason, About = run.About, FirstSequence = run.FirstSequence, Judged = judged, Changed = changed }],
            cancellationToken);

    private async Task<(RejudgingProgress Done, bool IsWhole)> JudgeAllAsync(
        NewlyKnown known, BegunRejudging run, List<string> ids, IReadOnlyList<AllowBlockEntry>? entries, IProgress<RejudgingProgress>? progress, CancellationToken cancellationToken)
    {
        var done = new RejudgingProgress(ids.Count, 0, 0, 0);
        foreach (var some in ids.Chunk(AtOnce))
        {
            var batch = entries is null ? await BetweenEntriesAsync(known, run, some, cancellationToken) : await JudgeAsync(known, run, some, cancellationToken);
            if (entries is not null && !IsInForce(entries))
            {
                // By which list these were judged is not known: the newer change judges them.
                return (done, false);
            }

            if (batch.Facts.Count > 0)
            {
                await log.AppendAsync(batch.Facts, cancellationToken);
            }

            var misplaced = batch.Facts.Count(fact => fact.Verdict == fact.RejudgedFrom && batch.Misplaced.Contains(fact.Id));
            done = done with { Judged = done.Judged + some.Length - batch.Erased, Changed = done.Changed + batch.Facts.Count - misplaced, Erased = done.Erased + batch.Erased, Misplaced = done.Misplaced + misplaced };
            progress?.Report(done);
        }

        return (done, true);
    }

    /// <summary>A batch of a cause that is not urgent. It is judged by a list that stored mail follows already, so that no entry acts in the name of another cause.</summary>
    private async Task<JudgedBatch> BetweenEntriesAsync(NewlyKnown known, BegunRejudging run, string[] ids, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            while (_followed is { } followed && !IsInForce(followed))
            {
                await Task.Delay(ForEntries, time, cancellationToken);
            }

            await _batch.WaitAsync(cancellationToken);
            try
            {
                var before = list.Current(time.GetUtcNow());
                if (_urgentSeen != Volatile.Read(ref _urgent))
                {
                    // What entries said meanwhile must be seen, or it is said again.
                    _urgentSeen = Volatile.Read(ref _urgent);
                    await log.WaitUntilShownAsync(log.Last, cancellationToken);
                }

                var batch = await JudgeAsync(known, run, ids, cancellationToken);
                if (attempt == Tries || IsInForce(before))
                {
                    return batch;
                }
            }
            finally
            {
                _batch.Release();
            }
        }
    }

    private bool IsInForce(IReadOnlyList<AllowBlockEntry> entries) =>
        list.Current(time.GetUtcNow()) is var now && (ReferenceEquals(now, entries) || (now.Count == entries.Count && now.Select(KnownEntry.Of).ToHashSet().SetEquals(entries.Select(KnownEntry.Of))));

    private async Task<JudgedBatch> JudgeAsync(NewlyKnown known, BegunRejudging run, string[] ids, CancellationToken cancellationToken)
    {
        var messages = await StoredMessage.ReadAsync(questions, ids, known.Since, cancellationToken);
        var changed = new MessageJudged?[messages.Count];
        var misplaced = new bool[messages.Count];
        var erased = ids.Length - messages.Count;
        await Parallel.ForAsync(0, messages.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (i, token) =>
        {
            if (await JudgeAsync(messages[i], known.IsOfOtherMail, token) is not { } now)
            {
                Interlocked.Increment(ref erased);
                return;
            }

            var isOther = now.Verdict != messages[i].Verdict || now.ThreatTypes != messages[i].ThreatTypes;
            misplaced[i] = !isOther && known.AllPlaces && messages[i].IsMisplacedBy(now);
            if (isOther || misplaced[i])
            {
                changed[i] = now with { RejudgingId = run.Id, RejudgedFor = known.Reason, RejudgedFrom = messages[i].Verdict };
            }
        });
        return new JudgedBatch([.. changed.OfType<MessageJudged>()], messages.Where((_, i) => misplaced[i]).Select(message => message.Id).ToHashSet(), erased);
    }

    private async ValueTask<MessageJudged?> JudgeAsync(StoredMessage message, bool isOfOtherMail, CancellationToken cancellationToken)
    {
        try
        {
            return await stored.JudgeAgainAsync(message.Id, message.ReceivedAt, message.BlobId, message.Envelope, new FoundOnArrival(message.Authentication, message.History, isOfOtherMail), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One message that cannot be judged must not keep the others from it.
            NotJudged(exception, message.Id.ToString());
            return null;
        }
    }

    private static async Task<BegunRejudging?> BegunAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return System.IO.File.Exists(path) ? JsonSerializer.Deserialize(await System.IO.File.ReadAllTextAsync(path, cancellationToken), RejudgingJson.Default.BegunRejudging) : null;
        }
        catch (JsonException)
        {
            // Cut off while it was written: nothing was judged under that id.
            return null;
        }
    }

    private async Task<(BegunRejudging Run, bool IsResumed)> BeginAsync(NewlyKnown known, string path, CancellationToken cancellationToken)
    {
        var begun = await BegunAsync(path, cancellationToken);
        if (begun?.Reason == known.Reason)
        {
            return (begun, true);
        }

        if (begun is not null)
        {
            // Nobody goes on with it, but what it said counts: those messages are called what they are by now and will not be said again.
            await EndAsync(begun, judged: 0, changed: 0, cancellationToken);
        }

        var run = new BegunRejudging(Guid.CreateVersion7(time.GetUtcNow()).ToString("D"), known.Reason, known.About, log.Last + 1);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path) ?? data.Path);
        await System.IO.File.WriteAllTextAsync(path, JsonSerializer.Serialize(run, RejudgingJson.Default.BegunRejudging), cancellationToken);
        return (run, false);
    }

    [LoggerMessage(7025, LogLevel.Error, "The message {Id} could not be judged again.")]
    private partial void NotJudged(Exception exception, string id);

    [LoggerMessage(7026, LogLevel.Information, "{Reason}: {Messages} stored messages were judged again, {Changed} with another verdict.")]
    private partial void JudgedAgain(string reason, long messages, long changed);
}

/// <summary>What a batch came to.</summary>
/// <param name="Facts">What is to be said.</param>
/// <param name="Misplaced">Those of them that are only not where policy wants them.</param>
internal sealed record JudgedBatch(IReadOnlyList<MessageJudged> Facts, IReadOnlySet<NetworkMessageId> Misplaced, int Erased);

/// <summary>A second judgement under way, as written down.</summary>
internal sealed record BegunRejudging(string Id, string Reason, string About, long FirstSequence);

[JsonSerializable(typeof(BegunRejudging))]
internal sealed partial class RejudgingJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Intake;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>
/// Judges stored mail again, one cause at a time, the newest mail first, and appends what changed; then that it ended, which is what others act on.
/// Stopped in between, it begins again under the same id, and what it said already counts.
/// </summary>
internal sealed partial class Rejudgings(
    ConcernedMail concerned,
    IQuestions questions,
    StoredMail stored,
    IEventLog log,
    IAuditTrail audit,
    DataDirectory data,
    TimeProvider time,
    ILogger<Rejudgings> logger) : IRejudging, IDisposable
{
    /// <summary>Messages between two appends.</summary>
    private const int AtOnce = 500;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _path = Path.Combine(data.Path, "gateway", "rejudging.json");

    public async ValueTask<RejudgingProgress> RunAsync(Caller caller, RejudgingRequest request, IProgress<RejudgingProgress> progress, CancellationToken cancellationToken)
    {
        caller.Require(Permission.DetectionTuningManage);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Reason);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Within, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Within, Longest);
        var since = time.GetUtcNow() - request.Within;
        var done = await RunAsync(new NewlyKnown(request.Reason, "Other", since, token => concerned.WhereAsync(request.Where, since, token)), progress, cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry("MailJudgedAgain", request.Where, "Success", $"{request.Reason}: {done.Judged} messages since {since:u}, {done.Changed} with another verdict"), cancellationToken);
        return done;
    }

    /// <summary>The same for what Weir learned by itself.</summary>
    public async Task<RejudgingProgress> RunAsync(NewlyKnown known, IProgress<RejudgingProgress>? progress, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // What was judged just before it became known must be there to be found.
            await log.WaitUntilShownAsync(log.Last, cancellationToken);
            var ids = (await known.Messages(cancellationToken)).OrderDescending(StringComparer.Ordinal).ToList();
            var (run, isResumed) = await BeginAsync(known, cancellationToken);
            var done = await JudgeAsync(known, run, ids, progress, cancellationToken);
            if (done.Changed > 0 || isResumed)
            {
                await EndAsync(run, done.Judged, done.Changed, cancellationToken);
            }

            System.IO.File.Delete(_path);
            JudgedAgain(known.Reason, done.Judged, done.Changed);
            return done;
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
            if (await BegunAsync(cancellationToken) is { } begun)
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

    public void Dispose() => _turn.Dispose();

    private async Task EndAsync(BegunRejudging run, long judged, long changed, CancellationToken cancellationToken) =>
        await log.AppendAsync(
            [new RejudgingEnded { At = time.GetUtcNow(), RejudgingId = run.Id, Reason = run.Reason, About = run.About, FirstSequence = run.FirstSequence, Judged = judged, Changed = changed }],
            cancellationToken);

    private async Task<RejudgingProgress> JudgeAsync(NewlyKnown known, BegunRejudging run, List<string> ids, IProgress<RejudgingProgress>? progress, CancellationToken cancellationToken)
    {
        var done = new RejudgingProgress(ids.Count, 0, 0, 0);
        foreach (var some in ids.Chunk(AtOnce))
        {
            var messages = await StoredMessage.ReadAsync(questions, some, known.Since, cancellationToken);
            var changed = new MessageJudged?[messages.Count];
            var erased = some.Length - messages.Count;
            await Parallel.ForAsync(0, messages.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (i, token) =>
            {
                if (await JudgeAsync(messages[i], token) is not { } now)
                {
                    Interlocked.Increment(ref erased);
                }
                else if (now.Verdict != messages[i].Verdict || now.ThreatTypes != messages[i].ThreatTypes)
                {
                    changed[i] = now with { RejudgingId = run.Id, RejudgedFor = known.Reason, RejudgedFrom = messages[i].Verdict };
                }
            });
            var facts = changed.OfType<MessageJudged>().ToList();
            if (facts.Count > 0)
            {
                await log.AppendAsync(facts, cancellationToken);
            }

            done = done with { Judged = done.Judged + some.Length - erased, Changed = done.Changed + facts.Count, Erased = done.Erased + erased };
            progress?.Report(done);
        }

        return done;
    }

    private async ValueTask<MessageJudged?> JudgeAsync(StoredMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await stored.JudgeAgainAsync(message.Id, message.ReceivedAt, message.BlobId, message.Envelope, message.Authentication, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One message that cannot be judged must not keep the others from it.
            NotJudged(exception, message.Id.ToString());
            return null;
        }
    }

    private async Task<BegunRejudging?> BegunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return System.IO.File.Exists(_path) ? JsonSerializer.Deserialize(await System.IO.File.ReadAllTextAsync(_path, cancellationToken), RejudgingJson.Default.BegunRejudging) : null;
        }
        catch (JsonException)
        {
            // Cut off while it was written: nothing was judged under that id.
            return null;
        }
    }

    private async Task<(BegunRejudging Run, bool IsResumed)> BeginAsync(NewlyKnown known, CancellationToken cancellationToken)
    {
        var begun = await BegunAsync(cancellationToken);
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
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(_path) ?? data.Path);
        await System.IO.File.WriteAllTextAsync(_path, JsonSerializer.Serialize(run, RejudgingJson.Default.BegunRejudging), cancellationToken);
        return (run, false);
    }

    [LoggerMessage(7025, LogLevel.Error, "The message {Id} could not be judged again.")]
    private partial void NotJudged(Exception exception, string id);

    [LoggerMessage(7026, LogLevel.Information, "{Reason}: {Messages} stored messages were judged again, {Changed} with another verdict.")]
    private partial void JudgedAgain(string reason, long messages, long changed);
}

/// <summary>A second judgement under way, as written down.</summary>
internal sealed record BegunRejudging(string Id, string Reason, string About, long FirstSequence);

[JsonSerializable(typeof(BegunRejudging))]
internal sealed partial class RejudgingJson : JsonSerializerContext;

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Mail.Contracts;
using Weir.Mail.Inspection.Yara;

namespace Weir.Mail.Inspection.Children;

/// <summary>
/// A few child processes that read attachments, started when the first message needs one. One that goes over a limit is ended and replaced; the file that it
/// was at is told as not read, those before keep what was found, those behind are read by the next.
/// </summary>
internal sealed partial class InspectionPool(InspectionProgram program, IOptions<InspectionOptions> options, TimeProvider time, ILogger<InspectionPool> logger) : IInspectAttachments, IAsyncDisposable
{
    /// <summary>Messages for one child: what a reader may have kept of them goes with it.</summary>
    private const int MessagesOfOne = 1_000;

    /// <summary>Children lost over one message before the rest of its files is given up.</summary>
    private const int MostLost = 3;

    private const long MostBytes = 128L << 20;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BeforeNextStart = TimeSpan.FromSeconds(10);

    private readonly string _rules = program.Place.Length > 0 && options.Value.Yara.Length > 0 ? Path.GetFullPath(options.Value.Yara, program.Place) : "";
    private readonly int _count = Count(options.Value);
    private readonly SemaphoreSlim _places = new(Count(options.Value));
    private readonly ConcurrentStack<(Child Child, long Since, string Rules)> _waiting = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private (long At, string Reason)? _failedStart;
    private ITimer? _sweep;
    private bool _isEnding;

    /// <summary>Ids of the children that wait for a message.</summary>
    public IReadOnlyList<int> Waiting => [.. _waiting.Select(waiting => waiting.Child.Id)];

    /// <summary>What the last child said of itself at its start; nothing before.</summary>
    public InspectionHello? Hello { get; private set; }

    /// <summary>The folder of YARA rules; empty when there is none.</summary>
    public string RulesFolder => _rules;

    public async ValueTask<InspectionResult> InspectAsync(ParsedMessage message, CancellationToken cancellationToken)
    {
        // Rules that change are compiled by new children.
        var rules = Stamp();
        if (InspectionRequest.Of(message, rules.Length > 0) is not { } request)
        {
            return InspectionResult.Nothing;
        }

        if (request.Files.Sum(file => (long)file.Content.Length) > MostBytes)
        {
            return GivenUp(request.Files, $"the files are larger than {MostBytes >> 20} MiB together");
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, cancellationToken);
        await _places.WaitAsync(either.Token);
        try
        {
            return await ReadAsync(request.Files, rules, either.Token);
        }
        finally
        {
            _places.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isEnding)
            {
                return;
            }

            _isEnding = true;
        }

        await _end.CancelAsync();
        for (var place = 0; place < _count; place++)
        {
            // Those at work are ended by their own message.
            await _places.WaitAsync(CancellationToken.None);
        }

        if (_sweep is not null)
        {
            await _sweep.DisposeAsync();
        }

        while (_waiting.TryPop(out var waiting))
        {
            waiting.Child.Dispose();
        }
    }

    private static int Count(InspectionOptions options) => options.Children > 0 ? options.Children : Math.Clamp(Environment.ProcessorCount, 1, 4);

    private async Task<InspectionResult> ReadAsync(IReadOnlyList<FileToInspect> files, string rules, CancellationToken cancellationToken)
    {
        var results = new List<InspectionResult>();
        var crashedAt = -1;
        for (var lost = 0; results.Count < files.Count;)
        {
            Child? child = null;
            try
            {
                child = await TakeAsync(rules, cancellationToken);
                await child.AskAsync([.. files.Skip(results.Count)], results.Add, cancellationToken);
                Return(child, rules);
            }
            catch (ChildFailedException failure)
            {
                var file = files[results.Count];
                lost++;
                if (child is null)
                {
                    // Nothing of the message is to blame.
                    NotInspected(files.Count - results.Count, failure.Message);
                    results.AddRange(files.Skip(results.Count).Select(rest => InspectionResult.NotRead([rest], failure.Message)).ToList());
                }
                else if (lost == MostLost)
                {
                    NotInspected(files.Count - results.Count, failure.Message);
                    IReadOnlyList<FileToInspect> rest = [.. files.Skip(results.Count)];
                    results.Add(failure.IsOverLimit ? GivenUp(rest, failure.Message) : InspectionResult.NotRead(rest, failure.Message));
                    child.Dispose();
                    break;
                }
                else if (failure.IsOverLimit || crashedAt == results.Count)
                {
                    NotInspected(1, failure.Message);
                    results.Add(InspectionResult.NotRead([file], failure.Message));
                }
                else
                {
                    // It may have been ended from outside: once more.
                    crashedAt = results.Count;
                    Lost(failure.Message);
                }

                child?.Dispose();
            }
            catch
            {
                child?.Dispose();
                throw;
            }
        }

        return InspectionResult.Of(results);
    }

    /// <summary>The budget of the whole message is used up: by one who wants what stands behind unread, or by mistake; that it is, is told.</summary>
    private static InspectionResult GivenUp(IReadOnlyList<FileToInspect> files, string reason) =>
        InspectionResult.NotRead(files, reason) with { Defects = [new MailDefect(InspectionResult.Exhausted, $"The files of the message were not all read: {reason}.", -1)] };

    /// <summary>The rules as they are now: names, sizes and times; empty when there are none.</summary>
    private string Stamp()
    {
        try
        {
            return string.Join('|', YaraRules.In(_rules).Select(file => new FileInfo(file)).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private async Task<Child> TakeAsync(string rules, CancellationToken cancellationToken)
    {
        while (_waiting.TryPop(out var waiting))
        {
            if (!waiting.Child.HasEnded && waiting.Rules == rules)
            {
                return waiting.Child;
            }

            waiting.Child.Dispose();
        }

        if (_failedStart is { } failed && time.GetElapsedTime(failed.At) < BeforeNextStart)
        {
            throw new ChildFailedException(failed.Reason);
        }

        try
        {
            var child = await Child.StartAsync(program, rules.Length > 0 ? _rules : "", options.Value, time, cancellationToken);
            _failedStart = null;
            if (!(Hello?.RuleProblems ?? []).SequenceEqual(child.Hello.RuleProblems ?? [], StringComparer.Ordinal))
            {
                foreach (var problem in child.Hello.RuleProblems ?? [])
                {
                    RuleProblem(problem);
                }
            }

            Hello = child.Hello;
            return child;
        }
        catch (ChildFailedException failure)
        {
            _failedStart = (time.GetTimestamp(), failure.Message);
            throw;
        }
    }

    private void Return(Child child, string rules)
    {
        // A child that comes back while the pool ends would stay behind.
        lock (_gate)
        {
            if (!_isEnding && child.Messages < MessagesOfOne)
            {
                _sweep ??= time.CreateTimer(_ => Sweep(), null, Idle, Idle);
                _waiting.Push((child, time.GetTimestamp(), rules));
                return;
            }
        }

        child.Dispose();
    }

    /// <summary>Ends children that nothing came for.</summary>
    private void Sweep()
    {
        var all = new List<(Child Child, long Since, string Rules)>();
        while (_waiting.TryPop(out var waiting))
        {
            all.Add(waiting);
        }

        foreach (var (child, since, rules) in Enumerable.Reverse(all))
        {
            lock (_gate)
            {
                if (!_isEnding && time.GetElapsedTime(since) < Idle)
                {
                    _waiting.Push((child, since, rules));
                    continue;
                }
            }

            child.Dispose();
        }
    }

    private void NotInspected(int files, string reason)
    {
        InspectionMeter.NotInspected.Add(files);
        SaidNotInspected(files, reason);
    }

    [LoggerMessage(2101, LogLevel.Warning, "{Files} file(s) of a message were not inspected: {Reason}")]
    private partial void SaidNotInspected(int files, string reason);

    [LoggerMessage(2103, LogLevel.Warning, "YARA: {Problem}; the other rules run.")]
    private partial void RuleProblem(string problem);

    [LoggerMessage(2102, LogLevel.Warning, "A child that inspects was lost and is replaced: {Reason}")]
    private partial void Lost(string reason);
}

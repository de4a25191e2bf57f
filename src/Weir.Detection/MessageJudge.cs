using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Detection.Detectors;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;
using Weir.Detection.Policies;
using Weir.Detection.Verdicts;
using Weir.Kernel;

namespace Weir.Detection;

/// <summary>Facts, then signals, then the verdict with its reasons, then the decision for each recipient.</summary>
internal sealed partial class MessageJudge(
    FactsGatherer gatherer,
    IEnumerable<IDetector> detectors,
    Weights weights,
    SignalLocator places,
    JudgingVersions versions,
    IOptions<DetectionOptions> options,
    TimeProvider time,
    ILogger<MessageJudge> logger) : IMessageJudge
{
    private readonly IReadOnlyList<IDetector> _detectors = Running([.. detectors], options.Value.Off);

    public async ValueTask<JudgedMessage> JudgeAsync(MessageToJudge message, CancellationToken cancellationToken)
    {
        var facts = await gatherer.GatherAsync(message, cancellationToken);
        var signals = places.Locate(weights.Apply(Examine(facts)), message.Raw, facts);
        var judgement = Judgements.Of(signals, options.Value.Thresholds) with { Versions = versions.Of(facts) };
        return new JudgedMessage
        {
            Id = message.Id,
            Message = facts.Message,
            Envelope = message.Envelope,
            Authentication = facts.Authentication,
            Direction = facts.Direction,
            Judgement = judgement,
            Decisions = [.. message.Envelope.Recipients.Select(_ => DefaultPolicy.Decide(judgement, options.Value.Mode))],
            FirstContacts = facts is { Direction: Direction.Inbound, History.IsComplete: true } ? [.. facts.History.Bonds.Select(bond => bond.IsFirst)] : [],
        };
    }

    private static List<IDetector> Running(List<IDetector> all, IReadOnlyList<string> off)
    {
        var ids = all.ConvertAll(detector => detector.Id);
        return off.FirstOrDefault(id => !ids.Contains(id)) is { } unknown
            ? throw new OptionsValidationException("detection", typeof(DetectionOptions), [$"detection:off: there is no detector '{unknown}'; did you mean '{Spelling.Nearest(unknown, ids)}'?"])
            : all.FindAll(detector => !off.Contains(detector.Id, StringComparer.Ordinal));
    }

    private List<Signal> Examine(MessageFacts facts)
    {
        var signals = new List<Signal>();
        var started = time.GetTimestamp();
        var limit = TimeSpan.FromSeconds(options.Value.SecondsPerMessage);
        foreach (var detector in _detectors)
        {
            if (time.GetElapsedTime(started) > limit)
            {
                signals.Add(Say.Any("not-examined", $"{detector.Id} was not reached within {limit.TotalSeconds:0} s.").At(In.Knowledge("time limit")));
                continue;
            }

            signals.AddRange(Examine(detector, facts));
        }

        return signals;
    }

    /// <summary>The only broad catch over detectors: one broken detector says so, and the others still judge the message.</summary>
    private List<Signal> Examine(IDetector detector, MessageFacts facts)
    {
        try
        {
            return [.. detector.Examine(facts)];
        }
#pragma warning disable CA1031 // The pipeline, not the rule, catches.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Broke(exception, detector.Id);
            return [Say.Any("detector-broke", $"{detector.Id} could not examine this message: {exception.GetType().Name}.").At(In.Knowledge($"detector {detector.Id}"))];
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "The detector {DetectorId} broke on a message; the others judged it.")]
    private partial void Broke(Exception exception, string detectorId);
}

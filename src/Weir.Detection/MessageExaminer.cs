using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Detection.Detectors;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;
using Weir.Detection.Verdicts;
using Weir.Kernel;

namespace Weir.Detection;

/// <summary>Asks every detector that is switched on what it says of a message, and weighs it.</summary>
internal sealed partial class MessageExaminer(IEnumerable<IDetector> detectors, Weights weights, IOptions<DetectionOptions> options, TimeProvider time, ILogger<MessageExaminer> logger)
{
    private readonly IReadOnlyList<IDetector> _detectors = Running([.. detectors], options.Value.Off);

    public List<Signal> Examine(MessageFacts facts)
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

        return weights.Apply(signals);
    }

    private static List<IDetector> Running(List<IDetector> all, IReadOnlyList<string> off)
    {
        var ids = all.ConvertAll(detector => detector.Id);
        return off.FirstOrDefault(id => !ids.Contains(id)) is { } unknown
            ? throw new OptionsValidationException("detection", typeof(DetectionOptions), [$"detection:off: there is no detector '{unknown}'; did you mean '{Spelling.Nearest(unknown, ids)}'?"])
            : all.FindAll(detector => !off.Contains(detector.Id, StringComparer.Ordinal));
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

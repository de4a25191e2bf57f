using Weir.Detection.Contracts;
using Weir.Detection.Verdicts;
using Weir.Events.Contracts;

namespace Weir.Detection.Facts.History;

/// <summary>
/// What a recorded judgement says of the mail itself: the organisation's own blocks left out. A block is a decision, not knowledge; once it is taken
/// back, other mail must not be bad because it is like mail that was only blocked.
/// </summary>
internal static class Unblocked
{
    private const string Block = nameof(OverrideKind.OrganizationBlock);

    private static readonly Dictionary<string, DetectionTechnology> Technologies = Enum.GetValues<DetectionTechnology>().ToDictionary(Contracts.Names.Of, technology => technology, StringComparer.Ordinal);

    /// <summary>The verdict without blocks, by the sums from which the record was judged.</summary>
    public static string VerdictOf(MessageJudged judged) =>
        judged.Signals.Any(signal => signal.Override == Block)
            ? Contracts.Names.Of(VerdictRule.Judge([.. judged.Signals.Where(signal => signal.Override != Block).Select(Read)], ThresholdsOf(judged)).Verdict)
            : judged.Verdict;

    /// <summary>The file was part of what made the message malware.</summary>
    public static bool IsMalware(MessageJudged judged, RecordedAttachment file) =>
        file.ThreatTypes.Contains(nameof(ThreatType.Malware), StringComparison.Ordinal)
        && (!judged.Signals.Any(signal => signal.Override == Block) || judged.Signals.Any(signal => signal.Override is null && signal.Entity == file.Sha256 && signal.Threat == nameof(ThreatType.Malware)));

    private static Signal Read(RecordedSignal signal) => new()
    {
        Name = signal.Name,
        Technology = Technologies.GetValueOrDefault(signal.Technology, DetectionTechnology.AdvancedFilter),
        Threat = Enum.TryParse<ThreatType>(signal.Threat, out var threat) ? threat : null,
        Weight = signal.Weight,
        IsConclusive = signal.IsConclusive,
        Evidence = "",
        Entity = signal.Entity,
        Override = Enum.TryParse<OverrideKind>(signal.Override, out var kind) ? kind : OverrideKind.None,
    };

    private static Thresholds ThresholdsOf(MessageJudged judged)
    {
        var usual = new Thresholds();
        return new Thresholds
        {
            Malware = Of(Verdict.Malware, usual.Malware),
            HighConfidencePhish = Of(Verdict.HighConfidencePhish, usual.HighConfidencePhish),
            Phish = Of(Verdict.Phish, usual.Phish),
            Spam = Of(Verdict.Spam, usual.Spam),
            Bulk = Of(Verdict.Bulk, usual.Bulk),
        };

        double Of(Verdict verdict, double otherwise) => judged.Thresholds.GetValueOrDefault(Contracts.Names.Of(verdict), otherwise);
    }
}

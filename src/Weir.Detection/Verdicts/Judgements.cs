using Weir.Detection.Contracts;

namespace Weir.Detection.Verdicts;

/// <summary>Puts the verdict and its reasons together.</summary>
internal static class Judgements
{
    /// <summary>The verdict on signals, explained.</summary>
    /// <param name="signals">With their weights.</param>
    public static Judgement Of(IReadOnlyList<Signal> signals, Thresholds thresholds)
    {
        var outcome = VerdictRule.Judge(signals, thresholds);
        return new Judgement
        {
            Verdict = outcome.Verdict,
            Threats = outcome.Threats,
            Confidence = outcome.Margin >= 3 ? "High" : outcome.Margin >= 1 ? "Medium" : "Low",
            Score = Math.Round(outcome.Score, 3),
            Signals = [.. signals.OrderByDescending(signal => signal.Override != OverrideKind.None).ThenByDescending(signal => signal.IsConclusive).ThenByDescending(signal => Math.Abs(signal.Weight)).ThenBy(signal => signal.Name, StringComparer.Ordinal)],
            Because = [.. Explanation.Because(signals, thresholds).Select(signal => signal.Name)],
            WouldChange = Explanation.WouldChange(signals, thresholds),
            VerdictWithoutAllow = WithoutAllow(signals, thresholds),
            ThreatClassification = outcome.Threats.Count > 0 ? Classification.Of(signals) : "",
            Thresholds = thresholds.ByName,
            BulkComplaintLevel = (int)Math.Clamp(Math.Round(signals.Where(signal => signal.Technology == DetectionTechnology.Bulk).Sum(signal => signal.Weight)), 0, 9),
        };
    }

    /// <summary>What it would be called had the organisation allowed nothing; nothing where it did not.</summary>
    private static Verdict? WithoutAllow(IReadOnlyList<Signal> signals, Thresholds thresholds) =>
        signals.Any(signal => signal.Override == OverrideKind.OrganizationAllow)
            ? VerdictRule.Judge([.. signals.Where(signal => signal.Override != OverrideKind.OrganizationAllow)], thresholds).Verdict
            : null;
}

using System.Globalization;

namespace Weir.Portal.Emails;

/// <summary>What the weights of a message add up to beside the thresholds that were in force, as <c>docs/detectors.md</c> writes the rule.</summary>
internal static class VerdictSums
{
    /// <summary>Sums that are not 0; empty when the record has no thresholds or something decides alone.</summary>
    public static IReadOnlyList<VerdictSum> Of(EmailEvidence evidence)
    {
        if (evidence.Thresholds.Count == 0 || Decides(evidence).Count > 0)
        {
            return [];
        }

        var signals = Counted(evidence);
        return
        [
            .. new[]
            {
                new VerdictSum("Malware", Sum(signals, "Malware"), From(evidence, "Malware")),
                new VerdictSum("Phish", Sum(signals, "Phish"), From(evidence, "Phish")),
                new VerdictSum("Unwanted of any kind", Sum(signals, null), From(evidence, "Spam")),
                new VerdictSum("Bulk complaint level", signals.Where(IsBulk).Sum(signal => signal.Weight), From(evidence, "Bulk")),
            }.Where(sum => Math.Round(sum.Sum, 1) != 0 && double.IsFinite(sum.Threshold)),
        ];
    }

    /// <summary>Signals that decide without a sum: blocks, what is conclusive, an allowed sender (which malware passes by).</summary>
    public static IReadOnlyList<EvidenceSignal> Decides(EmailEvidence evidence) =>
        [.. evidence.Signals.Where(signal => signal.Override == "OrganizationBlock" || (signal.Override.Length == 0 && signal.IsConclusive) || (signal.Override == "OrganizationAllow" && signal.Entity.Length == 0 && evidence.Verdict != "Malware"))];

    /// <summary>What the named signals add up to for the verdict, in words; empty when something decides alone or nothing is named.</summary>
    public static string Together(EmailEvidence evidence)
    {
        var reasons = evidence.Reasons.ToList();
        if (reasons.Count == 0 || Decides(evidence).Count > 0 || !evidence.Thresholds.TryGetValue(evidence.Verdict, out var threshold))
        {
            return "";
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(reasons.Count == 1 ? "Alone" : "Together")} {Weight(reasons.Sum(signal => signal.Weight))}; {evidence.Verdict} begins at {threshold:0.0}.");
    }

    public static string Weight(double weight) => weight.ToString("+0.0;−0.0;0", CultureInfo.InvariantCulture);

    private static List<EvidenceSignal> Counted(EmailEvidence evidence)
    {
        var allowed = evidence.Signals.Where(signal => signal.Override == "OrganizationAllow" && signal.Entity.Length > 0).Select(signal => signal.Entity).ToHashSet(StringComparer.Ordinal);
        return [.. evidence.Signals.Where(signal => signal.Override.Length > 0 || !allowed.Contains(signal.Entity))];
    }

    private static double Sum(List<EvidenceSignal> signals, string? threat) =>
        signals.Where(signal => !IsBulk(signal) && (threat is null || signal.Threat.Length == 0 || signal.Threat == threat)).Sum(signal => signal.Weight);

    private static bool IsBulk(EvidenceSignal signal) => signal.Technology == "Bulk";

    private static double From(EmailEvidence evidence, string verdict) => evidence.Thresholds.TryGetValue(verdict, out var threshold) ? threshold : double.NaN;
}

/// <summary>A sum of weights and where its verdict begins.</summary>
internal sealed record VerdictSum(string Name, double Sum, double Threshold)
{
    public bool IsReached => Math.Round(Sum, 9) >= Threshold;
}

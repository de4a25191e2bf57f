using Weir.Events.Contracts;

namespace Weir.Detection.Tests.Record;

/// <summary>
/// The verdict rule as <c>docs/detectors.md</c> writes it, over what the record keeps and nothing else: no code of Weir takes part.
/// Written to be compared with the page, not to be fast.
/// </summary>
internal sealed class WrittenRule(IReadOnlyDictionary<string, double> thresholds)
{
    public const int Exhaustive = 12;

    public string Verdict(IReadOnlyCollection<RecordedSignal> signals)
    {
        var blocks = signals.Where(signal => signal.Override == "OrganizationBlock").ToList();
        if (blocks.Count > 0)
        {
            return Decided(blocks);
        }

        var allowed = signals.Where(signal => signal.Override == "OrganizationAllow").Select(signal => signal.Entity).ToList();
        var left = signals.Where(signal => signal.Override is not null || signal.Entity is null || !allowed.Contains(signal.Entity)).ToList();
        var conclusive = left.Where(signal => signal.IsConclusive && signal.Override is null).ToList();
        return conclusive.Count > 0 ? Decided(conclusive)
            : allowed.Contains(null) ? Sums(left) == "Malware" ? "Malware" : "Clean"
            : Sums(left);
    }

    /// <summary>The signals that can move the rule, in the order of the page.</summary>
    public static IReadOnlyList<RecordedSignal> Moving(IEnumerable<RecordedSignal> signals) =>
    [
        .. signals.Where(signal => signal.Weight != 0 || signal.IsConclusive || signal.Override is not null)
            .OrderBy(signal => signal.Override is not null ? 0 : signal.IsConclusive ? 1 : 2)
            .ThenByDescending(signal => signal.IsConclusive)
            .ThenByDescending(signal => Math.Abs(signal.Weight))
            .ThenBy(signal => signal.Name, StringComparer.Ordinal),
    ];

    /// <summary>Of all sets that satisfy, the first of the smallest; nothing when none does. Looks at every set.</summary>
    public static IReadOnlyList<RecordedSignal>? FirstSmallest(IReadOnlyList<RecordedSignal> moving, Func<IReadOnlyList<RecordedSignal>, bool> satisfies)
    {
        var sets = Enumerable.Range(0, 1 << moving.Count)
            .Select(bits => (Places: Enumerable.Range(0, moving.Count).Where(at => (bits >> at & 1) == 1).ToArray(), Bits: bits))
            .OrderBy(set => set.Places.Length)
            .ThenBy(set => set.Places, Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        foreach (var (places, _) in sets)
        {
            var chosen = places.Select(place => moving[place]).ToList();
            if (satisfies(chosen))
            {
                return chosen;
            }
        }

        return null;
    }

    private string Sums(List<RecordedSignal> signals)
    {
        var others = signals.Where(signal => signal.Technology != "Bulk").ToList();
        double Sum(string threat) => Math.Round(others.Where(signal => signal.Threat.Length == 0 || signal.Threat == threat).Sum(signal => signal.Weight), 9);
        bool IsNamed(string threat) => others.Exists(signal => signal.Threat == threat && signal.Weight > 0);

        return IsNamed("Malware") && Sum("Malware") >= thresholds["Malware"] ? "Malware"
            : IsNamed("Phish") && Sum("Phish") >= thresholds["Phish"] ? Sum("Phish") >= thresholds["High confidence phish"] ? "High confidence phish" : "Phish"
            : Math.Round(others.Sum(signal => signal.Weight), 9) >= thresholds["Spam"] ? "Spam"
            : Math.Round(signals.Where(signal => signal.Technology == "Bulk").Sum(signal => signal.Weight), 9) >= thresholds["Bulk"] ? "Bulk"
            : "Clean";
    }

    private static string Decided(List<RecordedSignal> signals) =>
        signals.Exists(signal => signal.Threat == "Malware") ? "Malware"
        : signals.Exists(signal => signal.Threat == "Phish") ? "High confidence phish"
        : "Spam";
}

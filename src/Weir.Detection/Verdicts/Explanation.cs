using Weir.Detection.Contracts;

namespace Weir.Detection.Verdicts;

/// <summary>Why a verdict, and what would change it. Both are answers of <see cref="VerdictRule"/> on subsets of the signals.</summary>
internal static class Explanation
{
    /// <summary>How often the rule is asked at most for one answer: every set of twelve signals. Beyond it the set is irreducible, though perhaps not the smallest.</summary>
    private const int Budget = 1 << 12;

    /// <summary>A smallest set of signals from which the rule alone gives the verdict of all.</summary>
    public static IReadOnlyList<Signal> Because(IReadOnlyList<Signal> signals, Thresholds thresholds)
    {
        var verdict = VerdictRule.Judge(signals, thresholds).Verdict;
        var relevant = Relevant(signals);
        return Smallest(relevant, chosen => VerdictRule.Judge(chosen, thresholds).Verdict == verdict)
            ?? Irreducible(relevant, chosen => VerdictRule.Judge(chosen, thresholds).Verdict == verdict);
    }

    /// <summary>A smallest set of signals whose removal changes the verdict, and to what; nothing when no removal does.</summary>
    public static Counterfactual? WouldChange(IReadOnlyList<Signal> signals, Thresholds thresholds)
    {
        var verdict = VerdictRule.Judge(signals, thresholds).Verdict;
        var relevant = Relevant(signals);
        bool Changes(IReadOnlyList<Signal> removed) => VerdictRule.Judge([.. signals.Except(removed, ReferenceEqualityComparer.Instance).Cast<Signal>()], thresholds).Verdict != verdict;

        // Without every sign for it no threat is left; without every sign against it no more threat can appear.
        IReadOnlyList<Signal> most = verdict == Verdict.Clean ? [.. relevant.Where(IsForgiving)] : relevant;
        var doesMost = Changes(most);
        if (!doesMost && !relevant.Exists(IsBoth))
        {
            return null;
        }

        if ((Smallest(relevant, Changes) ?? (doesMost ? Irreducible(most, Changes) : null)) is not { } removed)
        {
            return null;
        }

        return new Counterfactual(
            [.. removed.Select(signal => signal.Name)],
            VerdictRule.Judge([.. signals.Except(removed, ReferenceEqualityComparer.Instance).Cast<Signal>()], thresholds).Verdict);
    }

    /// <summary>The signals that can move the rule, the strongest first.</summary>
    private static List<Signal> Relevant(IReadOnlyList<Signal> signals) =>
        [.. signals
            .Where(signal => signal.Weight != 0 || signal.IsConclusive || signal.Override != OverrideKind.None)
            .OrderByDescending(signal => signal.Override != OverrideKind.None)
            .ThenByDescending(signal => signal.IsConclusive)
            .ThenByDescending(signal => Math.Abs(signal.Weight))
            .ThenBy(signal => signal.Name, StringComparer.Ordinal)];

    private static bool IsForgiving(Signal signal) => signal.Weight < 0 || signal.Override == OverrideKind.OrganizationAllow;

    /// <summary>An allowed URL or file that is a sign of a threat itself: to remove it may bring a threat or take one away, so that nothing is known beforehand.</summary>
    private static bool IsBoth(Signal signal) => signal is { Override: OverrideKind.OrganizationAllow, Weight: > 0 };

    /// <summary>The first set that satisfies, smaller sets before larger ones, stronger signals before weaker ones; nothing when the budget ends first.</summary>
    private static List<Signal>? Smallest(List<Signal> candidates, Func<IReadOnlyList<Signal>, bool> satisfies)
    {
        var asked = 0;
        for (var size = 0; size <= candidates.Count; size++)
        {
            foreach (var chosen in Combinations(candidates, size))
            {
                if (++asked > Budget)
                {
                    return null;
                }

                if (satisfies(chosen))
                {
                    return [.. chosen];
                }
            }
        }

        return null;
    }

    /// <summary>Leaves out, weakest first, whatever is not needed. Each signal that stays is needed.</summary>
    private static List<Signal> Irreducible(IReadOnlyList<Signal> start, Func<IReadOnlyList<Signal>, bool> satisfies)
    {
        List<Signal> kept = [.. start];
        bool left;
        do
        {
            left = false;
            for (var i = kept.Count - 1; i >= 0; i--)
            {
                var signal = kept[i];
                kept.RemoveAt(i);
                if (satisfies(kept))
                {
                    left = true;
                }
                else
                {
                    kept.Insert(i, signal);
                }
            }
        }
        while (left);

        return kept;
    }

    /// <summary>All choices of <paramref name="size"/> candidates in lexicographic order. The list is re-used between steps.</summary>
    private static IEnumerable<IReadOnlyList<Signal>> Combinations(List<Signal> candidates, int size)
    {
        var places = Enumerable.Range(0, size).ToArray();
        var chosen = new List<Signal>(size);
        while (true)
        {
            chosen.Clear();
            chosen.AddRange(places.Select(place => candidates[place]));
            yield return chosen;

            var i = size - 1;
            while (i >= 0 && places[i] == candidates.Count - size + i)
            {
                i--;
            }

            if (i < 0)
            {
                yield break;
            }

            places[i]++;
            for (var j = i + 1; j < size; j++)
            {
                places[j] = places[j - 1] + 1;
            }
        }
    }
}

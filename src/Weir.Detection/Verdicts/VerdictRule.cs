using Weir.Detection.Contracts;

namespace Weir.Detection.Verdicts;

/// <summary>
/// The verdict rule, a pure function of signals:
/// (1) the organisation's block, then its allow within its scope;
/// (2) conclusive signals;
/// (3) else per threat the sum of weights in log-odds against <see cref="Thresholds"/>: malware, high-confidence phish, phish, spam, bulk, clean.
/// A signal that names no threat counts for every threat. Signals of phish and malware also speak for "unwanted", so they count in the sum of spam.
/// Signs of a good sender have negative weights, which subtract only within (3). The scope of an allowed sender is (3), and there everything but
/// malware: what is weighed as malware stays malware. The scope of an allowed URL or file is what other signals say of that URL or file; that of an allowed pair of author and sending machine what signals of spoofing say.
/// </summary>
internal static class VerdictRule
{
    /// <summary>The score of what the organisation or a conclusive signal decides; a sum of weights stays below it.</summary>
    public const double DecidedAlone = 100;

    public static Outcome Judge(IReadOnlyCollection<Signal> signals, Thresholds thresholds)
    {
        if (Highest(signals, signal => signal.Override == OverrideKind.OrganizationBlock) is { } blocked)
        {
            return Decided(blocked);
        }

        var allowed = signals.Where(signal => signal is { Override: OverrideKind.OrganizationAllow, Entity: not null }).Select(signal => signal.Entity).ToHashSet(StringComparer.Ordinal);
        if (allowed.Count > 0)
        {
            signals = [.. signals.Where(signal => signal.Entity is null || signal.Override != OverrideKind.None || !allowed.Contains(signal.Entity))];
        }

        if (signals.Any(IsAllowedSpoof))
        {
            signals = [.. signals.Where(signal => signal.Override != OverrideKind.None || !IsSpoof(signal))];
        }

        if (Highest(signals, signal => signal is { IsConclusive: true, Override: OverrideKind.None }) is { } conclusive)
        {
            return Decided(conclusive);
        }

        var weighed = Weigh(signals, thresholds);
        return weighed.Verdict != Verdict.Malware && signals.Any(signal => signal is { Override: OverrideKind.OrganizationAllow, Entity: null } && !IsSpoof(signal))
            ? new Outcome(Verdict.Clean, [], -DecidedAlone, double.PositiveInfinity)
            : weighed;
    }

    private static bool IsAllowedSpoof(Signal signal) => signal.Override == OverrideKind.OrganizationAllow && IsSpoof(signal);

    private static bool IsSpoof(Signal signal) =>
        signal.Technology is DetectionTechnology.SpoofDmarc or DetectionTechnology.SpoofExternalDomain or DetectionTechnology.SpoofIntraOrg;

    private static Outcome Weigh(IReadOnlyCollection<Signal> signals, Thresholds thresholds)
    {
        double malware = 0, phish = 0, spam = 0, bulk = 0;
        foreach (var signal in signals)
        {
            if (signal.Technology == DetectionTechnology.Bulk)
            {
                bulk += signal.Weight;
                continue;
            }

            spam += signal.Weight;
            malware += signal.Threat is null or ThreatType.Malware ? signal.Weight : 0;
            phish += signal.Threat is null or ThreatType.Phish ? signal.Weight : 0;
        }

        // The order in which signals come must not matter where a sum is just at a threshold.
        (malware, phish, spam, bulk) = (Rounded(malware), Rounded(phish), Rounded(spam), Rounded(bulk));
        var threats = new List<ThreatType>(3);
        if (signals.Any(signal => signal is { Threat: ThreatType.Malware, Weight: > 0 }) && malware >= thresholds.Malware)
        {
            threats.Add(ThreatType.Malware);
        }

        // Signals that name no threat may help a threat over its threshold, but cannot name it.
        if (signals.Any(signal => signal is { Threat: ThreatType.Phish, Weight: > 0 }) && phish >= thresholds.Phish)
        {
            threats.Add(ThreatType.Phish);
        }

        if (spam >= thresholds.Spam)
        {
            threats.Add(ThreatType.Spam);
        }

        var score = Math.Clamp(Math.Max(spam, Math.Max(phish, malware)), 1 - DecidedAlone, DecidedAlone - 1);
        return threats is [var first, ..]
            ? first switch
            {
                ThreatType.Malware => new Outcome(Verdict.Malware, threats, score, malware - thresholds.Malware),
                ThreatType.Phish when phish >= thresholds.HighConfidencePhish => new Outcome(Verdict.HighConfidencePhish, threats, score, phish - thresholds.Phish),
                ThreatType.Phish => new Outcome(Verdict.Phish, threats, score, phish - thresholds.Phish),
                _ => new Outcome(Verdict.Spam, threats, score, spam - thresholds.Spam),
            }
            : bulk >= thresholds.Bulk
                ? new Outcome(Verdict.Bulk, [], score, bulk - thresholds.Bulk)
                : new Outcome(Verdict.Clean, [], score, thresholds.Spam - score);
    }

    /// <summary>The sum that stands against the threshold of spam: everything but points of bulk mail.</summary>
    public static double Unwanted(IEnumerable<Signal> signals) => signals.Where(signal => signal.Technology != DetectionTechnology.Bulk).Sum(signal => signal.Weight);

    private static double Rounded(double sum) => Math.Round(sum, 9);

    private static ThreatType? Highest(IReadOnlyCollection<Signal> signals, Func<Signal, bool> which)
    {
        ThreatType? highest = null;
        foreach (var signal in signals)
        {
            if (which(signal) && (highest is null || signal.Threat > highest))
            {
                highest = signal.Threat ?? ThreatType.Spam;
            }
        }

        return highest;
    }

    private static Outcome Decided(ThreatType threat) => threat switch
    {
        ThreatType.Malware => new Outcome(Verdict.Malware, [threat], DecidedAlone + 2, double.PositiveInfinity),
        ThreatType.Phish => new Outcome(Verdict.HighConfidencePhish, [threat], DecidedAlone + 1, double.PositiveInfinity),
        _ => new Outcome(Verdict.Spam, [threat], DecidedAlone, double.PositiveInfinity),
    };
}

/// <summary>Log-odds (natural logarithm) from which a sum of weights gives a verdict.</summary>
internal sealed record Thresholds
{
    /// <summary>Malware: a kind of file that mail has no business to carry reaches it alone.</summary>
    public double Malware { get; init; } = 5;

    /// <summary>Phish for certain: about 400 to 1.</summary>
    public double HighConfidencePhish { get; init; } = 6;

    /// <summary>Phish: about 20 to 1.</summary>
    public double Phish { get; init; } = 3;

    /// <summary>Spam, unwanted of any kind: about 20 to 1.</summary>
    public double Spam { get; init; } = 3;

    /// <summary>Bulk: the complaint level (0 to 9) from which bulk mail is called so.</summary>
    public double Bulk { get; init; } = 7;

    /// <summary>By verdict, as the record spells it.</summary>
    public IReadOnlyDictionary<string, double> ByName => new Dictionary<string, double>(StringComparer.Ordinal)
    {
        [Names.Of(Verdict.Malware)] = Malware,
        [Names.Of(Verdict.HighConfidencePhish)] = HighConfidencePhish,
        [Names.Of(Verdict.Phish)] = Phish,
        [Names.Of(Verdict.Spam)] = Spam,
        [Names.Of(Verdict.Bulk)] = Bulk,
    };
}

/// <summary>What the rule found on the way to its verdict.</summary>
/// <param name="Threats">Every threat that reached its threshold, the highest first.</param>
/// <param name="Score">Finite, higher is worse: the highest sum, or ±100 where something decides alone.</param>
/// <param name="Margin">How far the deciding sum is beyond its threshold; infinite where something decides alone.</param>
internal readonly record struct Outcome(Verdict Verdict, IReadOnlyList<ThreatType> Threats, double Score, double Margin);

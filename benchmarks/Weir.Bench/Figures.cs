using System.Globalization;

namespace Weir.Bench;

/// <summary>How a figure beside a peer is told: what is aimed at, what was measured, round by round.</summary>
internal static class Figures
{
    public static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The ratio of two paces, each pair measured by turns in the same round.</summary>
    public static double Ratio(IReadOnlyList<double> weir, IReadOnlyList<double> peer) => Median([.. weir.Zip(peer, (one, other) => one / other)]);

    /// <summary>A line such as <c>weir / rspamd: aim at least 1.0, measured 1.3 (rounds 1.2 to 1.4)</c>.</summary>
    public static string AtLeast(string what, double aim, IReadOnlyList<double> weir, IReadOnlyList<double> peer)
    {
        var ratios = weir.Zip(peer, (one, other) => one / other).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{what}: aim at least {aim:0.0}, measured {Median(ratios):0.00} (rounds {ratios.Min():0.00} to {ratios.Max():0.00}): {Word(Median(ratios) >= aim)}");
    }

    public static string Below(string what, double aim, double measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}: aim below {aim:0} ms, measured {measured:0.0} ms: {Word(measured < aim)}");

    private static string Word(bool isReached) => isReached ? "reached" : "MISSED";
}

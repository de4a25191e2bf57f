namespace Weir.Bench.Campaigns;

/// <summary>
/// How well clusters agree with classes (Rosenberg and Hirschberg 2007): homogeneity is 1 when each cluster holds one class only, completeness when each class lies in one
/// cluster; V is their harmonic mean.
/// </summary>
internal sealed record VMeasure(double Homogeneity, double Completeness)
{
    public double V => Homogeneity + Completeness == 0 ? 0 : 2 * Homogeneity * Completeness / (Homogeneity + Completeness);

    /// <param name="items">Class and cluster of each item.</param>
    public static VMeasure Of(IReadOnlyCollection<(string Class, string Cluster)> items)
    {
        var (classes, clusters) = (Entropy(items, item => item.Class), Entropy(items, item => item.Cluster));
        var both = Entropy(items, item => $"{item.Class}\n{item.Cluster}");
        // H(class | cluster) = H(both) - H(cluster), and the other way round.
        return new VMeasure(classes == 0 ? 1 : 1 - ((both - clusters) / classes), clusters == 0 ? 1 : 1 - ((both - classes) / clusters));
    }

    private static double Entropy(IReadOnlyCollection<(string Class, string Cluster)> items, Func<(string Class, string Cluster), string> key) =>
        items.GroupBy(key, StringComparer.Ordinal).Select(group => group.Count() / (double)items.Count).Sum(share => -share * Math.Log(share));
}

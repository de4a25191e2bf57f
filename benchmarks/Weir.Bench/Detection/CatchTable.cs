using System.Globalization;
using Weir.Detection.Contracts;

namespace Weir.Bench.Detection;

/// <summary>How much is caught where a share of ordinary mail of the same time may be marked, with 95 % intervals (Wilson 1927).</summary>
internal static class CatchTable
{
    private static readonly (MailLabel Label, string Era)[] Rows = [(MailLabel.Phish, "modern"), (MailLabel.Spam, "modern"), (MailLabel.Spam, "old")];

    public static void Head(TextWriter output)
    {
        output.Write($"{"",-44}");
        foreach (var (label, era) in Rows)
        {
            output.Write($"{$"{era} {label} at 1 %",28}{"at 0.5 %",20}");
        }

        output.WriteLine($"{"default: phish / spam / ham %",32}");
    }

    public static void Line(TextWriter output, string name, IReadOnlyCollection<Scored> scores)
    {
        output.Write($"{name,-44}");
        foreach (var (label, era) in Rows)
        {
            output.Write($"{Caught(scores, label, era, 0.01),28}{Caught(scores, label, era, 0.005),20}");
        }

        output.WriteLine($"{Marked(scores, MailLabel.Phish) + " / " + Marked(scores, MailLabel.Spam) + " / " + Marked(scores, MailLabel.Ham),32}");
    }

    /// <summary>Each source for itself, against ordinary mail of its era.</summary>
    public static void Sources(TextWriter output, IReadOnlyCollection<Scored> scores)
    {
        output.WriteLine($"  {"source",-28}{"era",-8}{"mails",6}{"marked %",10}{"at 1 %",20}{"at 0.5 %",20}");
        foreach (var group in scores.GroupBy(score => (score.Mail.Label, score.Mail.Source, score.Mail.Era)).OrderBy(group => group.Key))
        {
            var (label, source, era) = group.Key;
            var isHam = label == MailLabel.Ham;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {source,-28}{era,-8}{group.Count(),6}{100.0 * group.Count(score => score.IsMarked) / group.Count(),10:0.0}{(isHam ? "" : Caught(scores, label, era, 0.01, source)),20}{(isHam ? "" : Caught(scores, label, era, 0.005, source)),20}"));
        }
    }

    private static string Marked(IEnumerable<Scored> scores, MailLabel label)
    {
        var list = scores.Where(score => score.Mail.Label == label).ToList();
        return list.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * list.Count(score => score.IsMarked) / list.Count:0.0}");
    }

    private static string Caught(IReadOnlyCollection<Scored> scores, MailLabel label, string era, double share, string? source = null)
    {
        var ham = scores.Where(score => score.Mail.Label == MailLabel.Ham && score.Mail.Era == era).Select(score => score.Score).OrderDescending().ToList();
        var bad = scores.Where(score => score.Mail.Label == label && score.Mail.Era == era && (source is null || score.Mail.Source == source)).ToList();
        if (ham.Count == 0 || bad.Count == 0)
        {
            return "–";
        }

        var threshold = ham[Math.Min(ham.Count - 1, (int)(ham.Count * share))];
        var (caught, all) = (bad.Count(score => score.Score > threshold), bad.Count);
        var (low, high) = Wilson(caught, all);
        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * caught / all:0.0} ({100 * low:0.0}–{100 * high:0.0})");
    }

    private static (double Low, double High) Wilson(int caught, int all)
    {
        const double z = 1.96;
        var share = (double)caught / all;
        var middle = share + (z * z / (2 * all));
        var width = z * Math.Sqrt((share * (1 - share) / all) + (z * z / (4.0 * all * all)));
        var scale = 1 + (z * z / all);
        return (Math.Max(0, (middle - width) / scale), Math.Min(1, (middle + width) / scale));
    }
}

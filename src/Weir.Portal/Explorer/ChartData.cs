using System.Globalization;
using Weir.Events.Contracts;

namespace Weir.Portal.Explorer;

/// <summary>The histogram as drawn: a label and a title per step, and series from bottom to top.</summary>
public sealed record ChartData(IReadOnlyList<string> Labels, IReadOnlyList<string> Titles, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>When each bar begins, and last the end of the last one; the ends are those of the window.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<DateTimeOffset> Edges { get; init; } = [];

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    /// <summary>For those who hear the chart.</summary>
    public string InWords => Series.Count == 0
        ? "Nothing."
        : $"{Labels.Count} bars over time: " + string.Join(", ", Series.Select(series => $"{series.Name} {series.Values.Sum().ToString("N0", CultureInfo.InvariantCulture)}")) + ".";

    /// <summary>Every step of the window has a bar, also without messages.</summary>
    internal static ChartData Of(Answer answer, TimeWindow window, TimeSpan step, Pivot pivot, TimeZoneInfo zone)
    {
        var starts = new List<DateTime>();
        for (var ticks = window.StartOfStep(window.From, step).UtcTicks; ticks < window.To.UtcTicks && starts.Count < 1_000; ticks += step.Ticks)
        {
            starts.Add(new DateTime(ticks, DateTimeKind.Utc));
        }

        var index = starts.Select((start, at) => (start, at)).ToDictionary(pair => pair.start, pair => pair.at);
        var (startColumn, seriesColumn, countColumn) = (answer.IndexOf("Start"), answer.IndexOf("Series"), answer.IndexOf("Count"));
        var series = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (var row in answer.Rows)
        {
            if (index.TryGetValue(DateTime.SpecifyKind((DateTime)row[startColumn]!, DateTimeKind.Utc), out var at))
            {
                var name = row[seriesColumn] as string ?? "";
                series.TryAdd(name, new long[starts.Count]);
                series[name][at] += Convert.ToInt64(row[countColumn], CultureInfo.InvariantCulture);
            }
        }

        var days = window.To - window.From > TimeSpan.FromDays(1);
        return new ChartData(
            [.. starts.Select(start => step >= OneDay ? Day(start, zone).ToString("MM-dd", CultureInfo.InvariantCulture) : Local(start, zone).ToString(days ? "MM-dd HH:mm" : "HH:mm", CultureInfo.InvariantCulture))],
            [.. starts.Select(start => Title(start, step, zone))],
            [.. Ordered(series, pivot)])
        {
            Edges = [.. starts.Select((start, at) => at == 0 ? window.From : new DateTimeOffset(start, TimeSpan.Zero)), window.To],
        };
    }

    private static string Title(DateTime start, TimeSpan step, TimeZoneInfo zone) =>
        step > OneDay ? string.Create(CultureInfo.InvariantCulture, $"{Day(start, zone):yyyy-MM-dd} – {Day(start + step - OneDay, zone):yyyy-MM-dd}")
        : step == OneDay ? Day(start, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Local(start, zone):yyyy-MM-dd HH:mm} – {Local(start + step, zone):HH:mm}");

    /// <summary>The day that most of a day's step lies in: where clocks were changed since, steps begin an hour beside midnight.</summary>
    private static DateTime Day(DateTime start, TimeZoneInfo zone) => Local(start + (OneDay / 2), zone);

    private static DateTime Local(DateTime start, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeFromUtc(start, zone);

    private static IEnumerable<ChartSeries> Ordered(Dictionary<string, long[]> series, Pivot pivot)
    {
        if (pivot.Id == "threat")
        {
            return Pivot.ThreatOrder.Where(known => series.ContainsKey(known.Series)).Select(known => new ChartSeries(known.Series, known.Swatch, series[known.Series]));
        }

        // The most frequent at the bottom; "Other" always grey.
        return series.OrderBy(pair => pair.Key == Pivot.Other).ThenByDescending(pair => pair.Value.Sum()).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select((pair, at) => new ChartSeries(pivot.Show(pair.Key), pair.Key == Pivot.Other ? "s6" : $"s{at % 6}", pair.Value));
    }
}

/// <summary>One series of the chart with a number per step.</summary>
public sealed record ChartSeries(string Name, string Swatch, IReadOnlyList<long> Values);

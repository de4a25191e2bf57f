using System.Globalization;
using Weir.Events.Contracts;
using Weir.Portal.Explorer;

namespace Weir.Portal.Hunting;

/// <summary>An answer as its <c>render</c> asks for it: points along one axis, and series with a value at each of them.</summary>
/// <param name="Kind"><c>line</c>, <c>area</c>, <c>column</c>, <c>bar</c> or <c>pie</c>.</param>
/// <param name="Axis"><c>time</c> (points are milliseconds since 1970, UTC), <c>number</c> or <c>text</c>.</param>
/// <param name="Problem">Why nothing is drawn; empty when something is.</param>
/// <param name="Note">What is left out of the drawing; the rows below it have all.</param>
public sealed record AnswerChart(string Kind, string Axis, IReadOnlyList<object> Points, IReadOnlyList<AnswerSeries> Series, string Problem, string Note)
{
    /// <summary>More lines or colours than this nobody tells apart.</summary>
    public const int MostSeries = 12;

    /// <summary>Bars and slices that have room for their names.</summary>
    public const int MostBars = 50;

    public const int MostSlices = 12;

    /// <summary>Points of a line; more than there are pixels.</summary>
    public const int MostPoints = 5_000;

    private static readonly string[] Numbers = ["int", "long", "real", "decimal"];

    /// <summary>For those who hear the chart.</summary>
    public string InWords => $"{Kind} chart of {Points.Count.ToString("N0", CultureInfo.InvariantCulture)} points: {string.Join(", ", Series.Select(series => series.Name))}. The rows follow.";

    /// <summary>Nothing when the query asks for no chart.</summary>
    internal static AnswerChart? Of(Answer answer)
    {
        if (answer.Render is not { Length: > 0 } render || render == "table" || answer.Rows.Count == 0)
        {
            return null;
        }

        if (KindOf(render) is not { } kind)
        {
            return Failed($"“{render}” is not drawn here; these are its rows. Drawn are timechart, linechart, areachart, columnchart, barchart and piechart.");
        }

        var x = kind == "line" || kind == "area" ? FirstTime(answer) : 0;
        var values = Enumerable.Range(0, answer.Columns.Count).Where(at => at != x && Numbers.Contains(answer.Columns[at].Type, StringComparer.Ordinal)).ToList();
        if (values.Count == 0)
        {
            return Failed("There is no column of numbers to draw; add one, such as “summarize count() by …”.");
        }

        var names = Enumerable.Range(0, answer.Columns.Count).Where(at => at != x && answer.Columns[at].Type is "string" or "bool" or "guid").Where(at => at != x).ToList();
        return Draw(answer, kind, x, names, values);
    }

    private static AnswerChart Draw(Answer answer, string kind, int x, List<int> names, List<int> values)
    {
        var axis = kind is "line" or "area"
            ? answer.Columns[x].Type switch { "datetime" => "time", var type when Numbers.Contains(type, StringComparer.Ordinal) => "number", _ => "text" }
            : "text";
        var points = new Dictionary<object, int>();
        var series = new Dictionary<string, Dictionary<int, double>>(StringComparer.Ordinal);
        foreach (var row in answer.Rows)
        {
            if (PointOf(row[x], axis) is not { } point)
            {
                continue;
            }

            var at = points.TryGetValue(point, out var known) ? known : points[point] = points.Count;
            foreach (var value in values)
            {
                if (NumberOf(row[value]) is { } number)
                {
                    var name = NameOf(answer, row, names, values.Count > 1 || names.Count == 0 ? value : -1);
                    var mine = series.TryGetValue(name, out var found) ? found : series[name] = [];
                    mine[at] = mine.GetValueOrDefault(at) + number;
                }
            }
        }

        return kind == "pie" ? Pie(points, series, values.Count > 1) : Along(kind, axis, points, series);
    }

    private static AnswerChart Along(string kind, string axis, Dictionary<object, int> points, Dictionary<string, Dictionary<int, double>> series)
    {
        var order = axis == "text" ? [.. points] : points.OrderBy(pair => Convert.ToDouble(pair.Key, CultureInfo.InvariantCulture)).ToList();
        var most = kind is "bar" or "column" ? MostBars : MostPoints;
        var shown = order.Take(most).ToList();
        var largest = series.OrderByDescending(pair => pair.Value.Values.Sum(Math.Abs)).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostSeries).ToList();
        var note = string.Join(" ", new[]
        {
            order.Count > most ? $"The first {most:N0} of {order.Count:N0} points are drawn." : "",
            series.Count > MostSeries ? $"The largest {MostSeries} of {series.Count:N0} series are drawn." : "",
        }.Where(part => part.Length > 0));
        return new AnswerChart(kind, axis, [.. shown.Select(pair => pair.Key)],
            [.. largest.Select((pair, at) => new AnswerSeries(pair.Key, Swatch(at), [.. shown.Select(point => pair.Value.TryGetValue(point.Value, out var value) ? value : (double?)null)]))], "", note);
    }

    /// <summary>One ring: what has no slice of its own is in "Other".</summary>
    private static AnswerChart Pie(Dictionary<object, int> points, Dictionary<string, Dictionary<int, double>> series, bool hasSeveral)
    {
        var slices = points.Select(pair => (Name: (string)pair.Key, Value: series.Values.Sum(values => values.GetValueOrDefault(pair.Value)))).Where(slice => slice.Value > 0)
            .OrderByDescending(slice => slice.Value).ToList();
        if (slices.Count > MostSlices)
        {
            slices = [.. slices.Take(MostSlices - 1), (Pivot.Other, slices.Skip(MostSlices - 1).Sum(slice => slice.Value))];
        }

        return slices.Count == 0
            ? Failed("There is no number above zero to draw.")
            : new AnswerChart("pie", "text", [.. slices.Select(slice => (object)slice.Name)], [.. slices.Select((slice, at) => new AnswerSeries(slice.Name, slice.Name == Pivot.Other ? "s6" : Swatch(at), [slice.Value]))], "",
                hasSeveral ? "The columns of numbers are added up." : "");
    }

    private static AnswerChart Failed(string problem) => new("", "", [], [], problem, "");

    private static string? KindOf(string render) => render switch
    {
        "timechart" or "linechart" => "line",
        "areachart" or "stackedareachart" => "area",
        "columnchart" => "column",
        "barchart" => "bar",
        "piechart" => "pie",
        _ => null,
    };

    private static int FirstTime(Answer answer)
    {
        for (var at = 0; at < answer.Columns.Count; at++)
        {
            if (answer.Columns[at].Type == "datetime")
            {
                return at;
            }
        }

        return 0;
    }

    private static object? PointOf(object? cell, string axis) => axis switch
    {
        "time" => cell is DateTime time ? (double)new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeMilliseconds() : null,
        "number" => NumberOf(cell),
        _ => AnswerText.Short(cell) is { Length: > 0 } text ? text : "(empty)",
    };

    private static double? NumberOf(object? cell) =>
        cell is IConvertible and not (string or DateTime or bool) && Convert.ToDouble(cell, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;

    private static string NameOf(Answer answer, object?[] row, List<int> names, int value)
    {
        var parts = names.Select(at => AnswerText.Short(row[at]) is { Length: > 0 } text ? text : "(empty)");
        return string.Join(" · ", value >= 0 ? parts.Append(answer.Columns[value].Name) : parts);
    }

    // Six is the grey of "Other".
    private static string Swatch(int at) => at < 6 ? $"s{at}" : $"s{at + 1}";
}

/// <summary>One line, or one colour of bars; nothing where it has no value.</summary>
public sealed record AnswerSeries(string Name, string Swatch, IReadOnlyList<double?> Values);

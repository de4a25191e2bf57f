using Weir.Events.Contracts;
using Weir.Portal.Hunting;

namespace Weir.Portal.Tests.Hunting;

public sealed class AnswerChartTests
{
    private static readonly DateTime Noon = new(2026, 11, 2, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_time_chart_has_a_line_for_each_name_over_times_in_order()
    {
        var chart = AnswerChart.Of(Answer("timechart", ["ThreatTypes:string", "Timestamp:datetime", "count_:long"],
            ["Phish", Noon.AddHours(1), 5L], ["Phish", Noon, 3L], ["", Noon, 9L]))!;

        Assert.Equal(("line", "time", ""), (chart.Kind, chart.Axis, chart.Problem));
        Assert.Equal([Milliseconds(Noon), Milliseconds(Noon.AddHours(1))], chart.Points);
        Assert.Equal(["(empty)", "Phish"], chart.Series.Select(series => series.Name));
        Assert.Equal([9d, null], chart.Series[0].Values);
        Assert.Equal([3d, 5d], chart.Series[1].Values);
    }

    [Fact]
    public void Bars_keep_the_order_of_the_rows_and_several_numbers_are_several_colours()
    {
        var chart = AnswerChart.Of(Answer("barchart", ["Domain:string", "Messages:long", "Size:real"], ["b.example", 2L, 1.5], ["a.example", 7L, 0.5]))!;

        Assert.Equal(("bar", "text"), (chart.Kind, chart.Axis));
        Assert.Equal(["b.example", "a.example"], chart.Points);
        Assert.Equal(["Messages", "Size"], chart.Series.Select(series => series.Name));
    }

    [Fact]
    public void A_column_of_numbers_may_be_the_axis_of_a_line()
    {
        var chart = AnswerChart.Of(Answer("linechart", ["Step:long", "Value:real"], [3L, 1.0], [1L, 2.0], [2L, double.NaN]))!;

        Assert.Equal("number", chart.Axis);
        Assert.Equal([1d, 3d], chart.Points.Zip(chart.Series[0].Values).Where(pair => pair.Second is not null).Select(pair => pair.First));
    }

    [Fact]
    public void Slices_too_small_to_tell_apart_are_one()
    {
        var chart = AnswerChart.Of(Answer("piechart", ["Domain:string", "count_:long"], [.. Enumerable.Range(1, 30).Select(number => new object?[] { $"d{number}", (long)number })]))!;

        Assert.Equal("pie", chart.Kind);
        Assert.Equal(AnswerChart.MostSlices, chart.Series.Count);
        Assert.Equal(("d30", "Other"), (chart.Series[0].Name, chart.Series[^1].Name));
        Assert.Equal(465d, chart.Series.Sum(slice => slice.Values[0]));
    }

    [Fact]
    public void What_is_left_out_is_said()
    {
        var chart = AnswerChart.Of(Answer("columnchart", ["Name:string", "Kind:string", "count_:long"],
            [.. Enumerable.Range(0, 60).SelectMany(name => Enumerable.Range(0, 20).Select(kind => new object?[] { $"n{name}", $"k{kind}", 1L }))]))!;

        Assert.Equal((AnswerChart.MostBars, AnswerChart.MostSeries), (chart.Points.Count, chart.Series.Count));
        Assert.Equal("The first 50 of 60 points are drawn. The largest 12 of 20 series are drawn.", chart.Note);
    }

    [Theory]
    [InlineData("anomalychart", "count_:long", "“anomalychart” is not drawn here")]
    [InlineData("timechart", "Subject:string", "There is no column of numbers to draw")]
    public void What_cannot_be_drawn_says_why(string render, string second, string why) =>
        Assert.StartsWith(why, AnswerChart.Of(Answer(render, ["Timestamp:datetime", second], [Noon, second.StartsWith('c') ? 1L : "x"]))!.Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("table")]
    public void Without_a_wish_nothing_is_drawn(string? render) => Assert.Null(AnswerChart.Of(Answer(render, ["A:string", "B:long"], ["a", 1L])));

    private static double Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();

    private static Answer Answer(string? render, string[] columns, params object?[][] rows) =>
        new([.. columns.Select(column => new AnswerColumn(column.Split(':')[0], column.Split(':')[1]))], rows) { At = default, Render = render };
}

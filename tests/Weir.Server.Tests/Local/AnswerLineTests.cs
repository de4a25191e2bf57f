using System.Text;
using Weir.Events.Contracts;
using Weir.Server.Local;

namespace Weir.Server.Tests.Local;

public sealed class AnswerLineTests
{
    [Fact]
    public void Every_type_of_cell_comes_back_as_it_was()
    {
        var columns = new[] { "string", "int", "long", "real", "bool", "datetime", "timespan", "dynamic", "guid", "decimal", "real", "long" };
        object?[] row = ["a\"\u0001\u2028é", 1, long.MaxValue, double.NaN, true, new DateTime(2026, 11, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(7), TimeSpan.FromTicks(-9), """{"a":[1]}""", Guid.Empty, 1.5m, 0.1, null];
        var part = new Answer([.. columns.Select((type, i) => new AnswerColumn($"c{i}", type))], [row]) { At = DateTimeOffset.UnixEpoch, Render = "piechart", Warnings = ["old name"] };

        var read = AnswerLine.Read(Encoding.UTF8.GetString(AnswerLine.Write(part).Span));

        Assert.Equal(part.Columns, read.Columns);
        Assert.Equal(row, Assert.Single(read.Rows));
        Assert.Equal((part.At, "piechart", "old name"), (read.At, read.Render, Assert.Single(read.Warnings)));
    }

    [Fact]
    public void A_value_that_is_nested_deeply_comes_back_as_it_was()
    {
        var deep = new string('[', 5_000) + new string(']', 5_000);

        var read = AnswerLine.Read(Encoding.UTF8.GetString(AnswerLine.Write(new Answer([new AnswerColumn("c", "dynamic")], [[deep]]) { At = DateTimeOffset.UnixEpoch }).Span));

        Assert.Equal(deep, Assert.Single(read.Rows)[0]);
    }
}

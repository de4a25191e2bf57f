using Weir.Events.Contracts;
using Weir.Portal.Hunting;

namespace Weir.Portal.Tests.Hunting;

public sealed class AnswerTextTests
{
    private static readonly Answer Answer = new(
        [new("Name", "string"), new("Size", "long"), new("At", "datetime")],
        [["b", 10L, new DateTime(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc)], ["A", 9L, null], ["c", null, new DateTime(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc)]])
    {
        At = default,
    };

    [Theory]
    [InlineData(-1, false, new[] { 0, 1, 2 })]
    [InlineData(0, false, new[] { 1, 0, 2 })]
    [InlineData(1, false, new[] { 1, 0, 2 })]
    [InlineData(1, true, new[] { 0, 1, 2 })]
    [InlineData(2, false, new[] { 2, 0, 1 })]
    public void Numbers_sort_as_numbers_text_without_case_and_nothing_stands_last(int column, bool isDescending, int[] order) =>
        Assert.Equal(order, AnswerText.Order(Answer, column, isDescending));

    [Fact]
    public void A_time_is_shown_with_milliseconds() =>
        Assert.Equal("2026-11-24 10:00:00.123", AnswerText.Short(new DateTime(2026, 11, 24, 10, 0, 0, 123, DateTimeKind.Utc)));

    [Fact]
    public void A_long_text_is_cut_in_the_grid_and_its_column_has_a_bound()
    {
        var wide = Answer with { Rows = [[new string('x', 100_000), 1L, null]] };

        Assert.Equal(AnswerText.Longest + 1, AnswerText.Short(wide.Rows[0][0]).Length);
        Assert.Equal(380, AnswerText.Width(wide, 0));
    }
}

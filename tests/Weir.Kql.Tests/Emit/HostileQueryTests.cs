using Weir.Events.Contracts;
using Weir.Kql.Tests.Support;

namespace Weir.Kql.Tests.Emit;

/// <summary>Queries that try to break out or to use up the machine.</summary>
public sealed class HostileQueryTests
{
    [Theory]
    [InlineData("print x = \"'; DROP TABLE \\\"EmailEvents\\\"; --\"", "'; DROP TABLE \"EmailEvents\"; --")]
    [InlineData("print x = 'a\\0b'", "a\ufffdb")]
    [InlineData("print x = @'\\'", "\\")]
    [InlineData("print x = strcat('$p0', '?', '\\u0027')", "$p0?'")]
    public async Task Text_stays_text(string kql, string expected)
    {
        using var scratch = new Scratch();

        var answer = await scratch.AskAsync(kql, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.Rows[0][0]);
    }

    [Theory]
    [InlineData("print x = strrep('abc', 1000000000)")]
    [InlineData("print a = strrep('abcdefgh', 1000) | extend b = replace_string(a, 'a', a) | extend c = replace_string(b, 'b', b) | extend d = replace_string(c, 'c', c)")]
    [InlineData("range x from 1 to 1000000000000 step 1 | count")]
    [InlineData("print x = range(1, 1000000000000)")]
    [InlineData("print x = repeat(1, 1000000000000)")]
    public async Task What_would_fill_the_memory_is_refused(string kql)
    {
        using var scratch = new Scratch();

        await Assert.ThrowsAsync<QuestionException>(() => scratch.AskAsync(kql, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_string_cannot_double_for_ever()
    {
        using var scratch = new Scratch();
        var kql = "print a0 = strrep('x', 1000)" + string.Concat(Enumerable.Range(1, 40).Select(i => $" | extend a{i} = strcat(a{i - 1}, a{i - 1})")) + " | project strlen(a40)";

        await Assert.ThrowsAsync<QuestionException>(() => scratch.AskAsync(kql, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nested_calls_do_not_multiply_the_statement()
    {
        using var scratch = new Scratch();
        var kql = "print x = " + string.Concat(Enumerable.Repeat("tostring(parse_json(", 25)) + "'5'" + string.Concat(Enumerable.Repeat("))", 25));

        var answer = await scratch.AskAsync(kql, TestContext.Current.CancellationToken);

        Assert.Equal("5", answer.Rows[0][0]);
    }

    [Fact]
    public async Task A_query_stops_when_it_is_cancelled()
    {
        using var scratch = new Scratch();
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scratch.AskAsync(
            "range a from 1 to 100000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 100000 step 1 | extend k = 1) on k | summarize sum(a * b % 7)", limit.Token));
    }
}

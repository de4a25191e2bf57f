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
    [InlineData("print x = repeat(1, 1000000000)")]
    [InlineData("print x = strrep('a', 1000000000, ',')")]
    [InlineData("print x = set_difference(range(1, 1000000), range(2, 1000001))")]
    [InlineData("print x = set_intersect(range(1, 1000000), range(2, 1000001))")]
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
    public async Task Padding_is_bounded()
    {
        using var scratch = new Scratch();

        var answer = await scratch.AskAsync("print x = strlen(tohex(1, 1000000000))", TestContext.Current.CancellationToken);

        Assert.Equal(1024L, answer.Rows[0][0]);
    }

    [Fact]
    public async Task A_large_set_is_not_compared_with_itself_while_the_query_is_planned()
    {
        using var scratch = new Scratch();

        var answer = await scratch.AskAsync("print x = array_length(set_union(range(1, 200000), range(1, 200000)))", TestContext.Current.CancellationToken);

        Assert.Equal(200_000L, answer.Rows[0][0]);
    }

    [Fact]
    public async Task Columns_cannot_double_for_ever()
    {
        using var scratch = new Scratch();
        var kql = "let t0 = print x = 1;" + string.Concat(Enumerable.Range(1, 25).Select(i => $"let t{i} = t{i - 1} | join t{i - 1} on x;")) + "t25 | count";

        var refusal = await Assert.ThrowsAsync<QuestionException>(() => scratch.AskAsync(kql, TestContext.Current.CancellationToken));

        Assert.Equal("The query makes too many columns.", refusal.Message);
    }

    [Fact]
    public async Task A_pattern_has_a_bounded_number_of_columns()
    {
        using var scratch = new Scratch();
        var kql = "print x = 'a' | parse x with " + string.Join(' ', Enumerable.Range(0, 3_000).Select(i => $"'a' b{i}"));

        await Assert.ThrowsAsync<QuestionException>(() => scratch.AskAsync(kql, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_query_stops_when_it_is_cancelled()
    {
        using var scratch = new Scratch();
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scratch.AskAsync(
            "range a from 1 to 100000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 100000 step 1 | extend k = 1) on k | summarize sum(a * b % 7)", limit.Token));
    }

    [Fact]
    public async Task A_bag_of_many_rows_is_made_in_one_pass()
    {
        using var scratch = new Scratch();

        var answer = await scratch.AskAsync("range x from 1 to 20000 step 1 | summarize b = make_bag(bag_pack(tostring(x), x)) | project array_length(bag_keys(b))", TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(20_000L, answer.Rows[0][0]);
    }

    [Fact]
    public async Task A_bag_beyond_all_use_is_refused()
    {
        using var scratch = new Scratch();

        var refusal = await Assert.ThrowsAsync<QuestionException>(() => scratch.AskAsync("range x from 1 to 100000 step 1 | summarize make_bag(bag_pack(tostring(x), x))", TestContext.Current.CancellationToken));

        Assert.Contains("A bag has more than 20,000 keys.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("countof(a, 'aba')", 499_999L)]
    [InlineData("indexof(a, 'aba', 0, -1, 400000)", 799_998L)]
    public async Task A_search_in_a_long_text_does_not_take_its_square(string call, long expected)
    {
        using var scratch = new Scratch();

        var answer = await scratch.AskAsync($"print a = strrep(strrep('ab', 1000), 500) | project {call}", TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.Rows[0][0]);
    }
}

using System.Globalization;
using Weir.Events.Contracts;
using Weir.Server.Commands;

namespace Weir.Server.Tests.Commands;

public sealed class AnswerOutputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_quotes_what_needs_it()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);

        await AnswerOutput.CsvAsync(Parts(), output, Token);

        Assert.Equal("Subject,Count,When\r\n\"a, \"\"b\"\"\",1,2026-11-02T00:00:00Z\r\n\"two\nlines\",,2026-11-02T00:00:00Z\r\n", output.ToString());
    }

    [Fact]
    public async Task Json_is_one_array_over_all_parts()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);

        await AnswerOutput.JsonAsync(Parts(), output, Token);

        using var document = System.Text.Json.JsonDocument.Parse(output.ToString());
        Assert.Equal(["a, \"b\"", "two\nlines"], document.RootElement.EnumerateArray().Select(row => row.GetProperty("Subject").GetString()));
    }

    [Fact]
    public async Task A_table_says_what_it_leaves_out_and_lets_no_control_character_through()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);

        await AnswerOutput.TableAsync(Parts(Row("evil\u001b[2J")), output, 2, Token);

        Assert.Contains("2 of 3 rows; --csv or --json gives all, counted at 1970-01-01 00:00:00Z", output.ToString(), StringComparison.Ordinal);
        using var all = new StringWriter(CultureInfo.InvariantCulture);
        await AnswerOutput.TableAsync(Parts(Row("evil\u001b[2J")), all, 10, Token);
        Assert.Contains("evil\u00b7[2J", all.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', all.ToString());
    }

    private static object?[] Row(string subject) => [subject, null, new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc)];

    private static IAsyncEnumerable<Answer> Parts(params object?[][] further)
    {
        AnswerColumn[] columns = [new("Subject", "string"), new("Count", "long"), new("When", "datetime")];
        object?[] first = ["a, \"b\"", 1L, new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc)];
        return new[] { new Answer(columns, [first]) { At = DateTimeOffset.UnixEpoch }, new Answer(columns, [Row("two\nlines"), .. further]) { At = DateTimeOffset.UnixEpoch } }.ToAsyncEnumerable();
    }
}

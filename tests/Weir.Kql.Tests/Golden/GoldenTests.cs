using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Weir.Events.Contracts;
using Weir.Kql.Tests.Support;

namespace Weir.Kql.Tests.Golden;

/// <summary>
/// Golden files: cases between blank-ruled lines, each a query, a line of dashes and its answer or error. WEIR_ACCEPT=1 rewrites the answers.
/// </summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder(), "*.golden").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Answers_are_as_written(string topic)
    {
        using var scratch = new Scratch();
        var path = Path.Combine(Folder(), topic + ".golden");
        var written = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var actual = new StringBuilder();
        foreach (var test in written.Split("\n====\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var query = test.Split("\n----")[0].Trim('\n');
            actual.Append(query).Append("\n----\n").Append(await AnswerAsync(scratch, query)).Append("====\n");
        }

        if (Environment.GetEnvironmentVariable("WEIR_ACCEPT") == "1")
        {
            await File.WriteAllTextAsync(path, actual.ToString(), TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(written, actual.ToString());
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Directory.Exists(Path.GetDirectoryName(path)!) ? Path.GetDirectoryName(path)! : Path.Combine(AppContext.BaseDirectory, "Golden");

    private static async Task<string> AnswerAsync(Scratch scratch, string query)
    {
        try
        {
            var answer = await scratch.AskAsync(query, TestContext.Current.CancellationToken);
            var text = new StringBuilder(string.Join(" | ", answer.Columns.Select(column => $"{column.Name}:{column.Type}"))).Append('\n');
            foreach (var row in answer.Rows)
            {
                text.Append(string.Join(" | ", row.Select((cell, i) => Cell(cell, answer.Columns[i].Type)))).Append('\n');
            }

            return text.ToString();
        }
        catch (QuestionException error)
        {
            return $"{error.Line}:{error.Column} {error.Message}\n";
        }
    }

    private static string Cell(object? cell, string type) => cell switch
    {
        null => "null",
        string text when type == "string" => $"'{text}'",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };
}

using System.Text.Json;
using Weir.Events.Contracts;
using Weir.Kql.Tests.Support;

namespace Weir.Kql.Tests.Conformance;

/// <summary>Published hunting queries must bind to the columns that the original analyser finds, and run.</summary>
public sealed class PublishedQueryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_fair_query_binds_and_runs_or_is_listed()
    {
        SharedData.Require();
        using var scratch = new Scratch();
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(SharedData.Kql!, "manifest.json"), TestContext.Current.CancellationToken));
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(SharedData.Kql!, "result-columns.json"), TestContext.Current.CancellationToken));
        var known = KnownFailures.Read();
        var surprises = new List<string>();
        var (right, all) = (0, 0);
        foreach (var query in manifest.RootElement.EnumerateArray().Where(query => query.GetProperty("schema_ok").GetBoolean() && query.GetProperty("needs").GetArrayLength() == 0))
        {
            var id = query.GetProperty("id").GetString()!;
            var text = await File.ReadAllTextAsync(Path.Combine(SharedData.Kql!, "queries", query.GetProperty("file").GetString()!), TestContext.Current.CancellationToken);
            var wrong = await JudgeAsync(scratch, text, expected.RootElement.GetProperty(id));
            all++;
            right += wrong is null ? 1 : 0;
            if (wrong is null == known.Contains("query-" + id))
            {
                surprises.Add(wrong is null ? $"query-{id} passes but is listed" : $"query-{id}: {wrong}");
            }
        }

        output.WriteLine($"published queries: {right} of {all}");
        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
    }

    private static async Task<string?> JudgeAsync(Scratch scratch, string text, JsonElement expected)
    {
        try
        {
            var bound = scratch.Store.Columns(text, Scratch.Now);
            await scratch.AskAsync(text, TestContext.Current.CancellationToken);
            var columns = expected.GetProperty("columns").EnumerateArray().Select(column => (Name: column[0].GetString()!, Type: column[1].GetString()!)).ToList();

            // A whole table in the result: the original schema has columns of its log service that the hunting schema has not.
            if (columns.Exists(column => column.Name == "_BilledSize") || expected.GetProperty("open").GetBoolean())
            {
                return null;
            }

            return columns.Select(column => column.Name).SequenceEqual(bound.Select(column => column.Name), StringComparer.Ordinal)
                ? columns.Zip(bound).Where(pair => !TypeFits(pair.First.Type, pair.Second.Type)).Select(pair => $"{pair.First.Name} is {pair.Second.Type}, not {pair.First.Type}").FirstOrDefault()
                : $"columns {string.Join(", ", columns.Select(column => column.Name))} expected, not {string.Join(", ", bound.Select(column => column.Name))}";
        }
        catch (QuestionException error)
        {
            return $"{error.Line}:{error.Column} {error.Message}";
        }
    }

    private static bool TypeFits(string expected, string actual) =>
        expected == actual || expected == "unknown" || actual == "unknown" || (expected is "int" or "long" && actual is "int" or "long");
}

using System.Text.Json;
using Weir.Events.Contracts;
using Weir.Kql.Tests.Support;

namespace Weir.Kql.Tests.Conformance;

/// <summary>Recorded results of other engines. What is known to differ is listed in known-failures.txt, each with its reason.</summary>
public sealed class SuiteTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("engine")]
    [InlineData("docs")]
    [InlineData("babykusto")]
    public async Task Every_case_is_answered_as_recorded_or_listed(string suite)
    {
        SharedData.Require();
        using var scratch = new Scratch();
        var known = KnownFailures.Read();
        var counts = new SortedDictionary<string, (int Right, int All)>(StringComparer.Ordinal);
        var surprises = new List<string>();
        await foreach (var line in File.ReadLinesAsync(Path.Combine(SharedData.Kql!, "conformance", suite + ".jsonl"), TestContext.Current.CancellationToken))
        {
            using var json = JsonDocument.Parse(line);
            var test = new Case(json.RootElement);
            if (test.Grade == "C")
            {
                continue;
            }

            var wrong = await JudgeAsync(scratch, test);
            var (right, all) = counts.GetValueOrDefault(test.Relevance);
            counts[test.Relevance] = (right + (wrong is null ? 1 : 0), all + 1);
            if (wrong is null == known.Contains(test.Id))
            {
                surprises.Add(wrong is null ? $"{test.Id} passes but is listed" : $"{test.Id} {test.Relevance}: {wrong}");
            }
        }

        foreach (var (relevance, (right, all)) in counts)
        {
            output.WriteLine($"{suite} {relevance}: {right} of {all}");
        }

        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
    }

    private static async Task<string?> JudgeAsync(Scratch scratch, Case test)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        try
        {
            return test.Judge(await scratch.AskAsync(test.Query, limit.Token), null);
        }
        catch (QuestionException error)
        {
            return test.Judge(null, error.Message);
        }
    }
}

using System.Text.Json;

namespace Weir.Mail.Tests.Support;

/// <summary>The public test suites beside the repository (<c>../shared/data/suites</c>, or the folder in WEIR_DATA). They are not part of it.</summary>
internal static class Suites
{
    /// <summary>The path of a suite's file; the test is skipped when the suites are not there.</summary>
    public static string Path(string relative)
    {
        var path = SharedData.Root is { } root ? System.IO.Path.Combine(root, "suites", relative) : "";
        Assert.SkipWhen(path.Length == 0 || !(File.Exists(path) || Directory.Exists(path)), $"the suite {relative} is not there");
        return path;
    }

    public static IEnumerable<JsonElement> Cases(string relative)
    {
        foreach (var line in File.ReadLines(Path(relative)).Where(line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    /// <summary>Compares what failed with the committed list of known failures: a new one and one that is known but passes both fail the test.</summary>
    /// <param name="atLeast">Cases that pass in the usual data; other data (WEIR_DATA) has other counts.</param>
    public static void AssertKnown(string suite, IReadOnlyCollection<string> passed, IReadOnlyCollection<string> failed, int atLeast)
    {
        var known = File.ReadLines(System.IO.Path.Combine(AppContext.BaseDirectory, "Conformance", "known-failures.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2)[0])
            .ToHashSet(StringComparer.Ordinal);

        var unknown = failed.Where(failure => !known.Contains(failure.Split(' ', 2)[0])).ToList();
        Assert.True(unknown.Count == 0, $"{suite}: {passed.Count} passed, these fail:\n{string.Join('\n', unknown)}");
        Assert.DoesNotContain(passed, known.Contains);
        Assert.True(passed.Count >= (SharedData.IsOther ? 1 : atLeast), $"{suite}: only {passed.Count} passed, expected at least {atLeast}");
    }
}

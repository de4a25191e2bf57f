using System.Text.Json;

namespace Weir.Mail.Tests.Support;

/// <summary>The public test suites beside the repository (<c>../shared/data/suites</c>, or the folder in WEIR_DATA). They are not part of it.</summary>
internal static class Suites
{
    private static readonly string? Root = Find();

    /// <summary>The path of a suite's file; the test is skipped when the suites are not there.</summary>
    public static string Path(string relative)
    {
        var path = Root is null ? "" : System.IO.Path.Combine(Root, "suites", relative);
        Assert.SkipWhen(Root is null || !(File.Exists(path) || Directory.Exists(path)), $"the suite {relative} is not there");
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
    public static void AssertKnown(string suite, IReadOnlyCollection<string> passed, IReadOnlyCollection<string> failed, int atLeast)
    {
        var known = File.ReadLines(System.IO.Path.Combine(AppContext.BaseDirectory, "Conformance", "known-failures.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2)[0])
            .ToHashSet(StringComparer.Ordinal);

        var unknown = failed.Where(failure => !known.Contains(failure.Split(' ', 2)[0])).ToList();
        Assert.True(unknown.Count == 0, $"{suite}: {passed.Count} passed, these fail:\n{string.Join('\n', unknown)}");
        Assert.DoesNotContain(passed, known.Contains);
        Assert.True(passed.Count >= atLeast, $"{suite}: only {passed.Count} passed, expected at least {atLeast}");
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("WEIR_DATA") is { Length: > 0 } given)
        {
            return given;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = System.IO.Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}

namespace Weir.Kql.Tests.Conformance;

/// <summary>Ids, one a line, each under a line with the reason.</summary>
internal static class KnownFailures
{
    public static HashSet<string> Read() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Conformance", "known-failures.txt"))
            .Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
}

using System.Collections.Frozen;

namespace Weir.Detection.Facts;

/// <summary>Reads the lists of facts beside the code: one value a line, <c>#</c> begins a comment.</summary>
internal static class FactLists
{
    private const string Folder = "Weir.Detection.Facts.Lists.";

    /// <summary>Of all lists.</summary>
    public static IEnumerable<string> Names =>
        typeof(FactLists).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..]).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(FactLists).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"The list {name} is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var text = line.AsSpan();
            if (text.IndexOf('#') is >= 0 and var comment)
            {
                text = text[..comment];
            }

            text = text.Trim();
            if (text.Length > 0)
            {
                yield return text.ToString();
            }
        }
    }

    public static FrozenSet<string> Set(string name) => Lines(name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}

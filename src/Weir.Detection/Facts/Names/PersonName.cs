using Weir.Detection.Facts.Text;

namespace Weir.Detection.Facts.Names;

/// <summary>Names of people as a reader takes them.</summary>
internal static class PersonName
{
    /// <summary>Name words without titles, look-alike letters replaced, in one order: "Doe, Jane (CFO)" is "Jane Doe".</summary>
    public static string[] Words(string name)
    {
        var bracket = name.IndexOfAny(['(', '[', '|', '<']);
        return [.. Confusables.Latin(bracket > 0 ? name[..bracket] : name)
            .Split([' ', ',', '.', '"', '\'', '\u00A0', '\t', '_'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word is not ("mr" or "mrs" or "ms" or "dr" or "prof" or "herr" or "frau" or "mme" or "ceo" or "cfo"))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The same for all spellings of a name of at least two words and not too long; empty for everything else, which names nobody.</summary>
    public static string Key(string name) => name.Length <= 100 && Words(name) is { Length: >= 2 and <= 5 } words ? string.Join(' ', words) : "";
}

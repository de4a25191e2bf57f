namespace Weir.Mail.Urls;

/// <summary>The top-level domains there are (IANA), to tell <c>example.com</c> from <c>example.doc</c>.</summary>
internal static class TopLevelDomains
{
    private static readonly HashSet<string> All = Load();

    /// <summary>Endings that are more often a file or a word than a site when nothing follows them.</summary>
    private static readonly HashSet<string> Words = new(
        ["zip", "mov", "app", "dev", "bat", "cab", "car", "cat", "java", "call", "how", "here", "now", "new", "day", "page", "link", "click", "data", "map", "post", "prof", "pro", "name", "one", "top", "win",
        "gdn", "ing", "foo", "bar", "fit", "fun", "run", "talk", "team", "tips", "today", "total", "watch", "zero", "you", "open", "like", "live", "life", "next", "play", "read", "rest", "room", "safe", "save", "show", "site", "sale"],
        StringComparer.Ordinal);

    public static bool Contains(ReadOnlySpan<char> label) => Find(label) is not null;

    /// <summary>A bare domain of this ending is taken for a site although no path follows: generic endings and countries used like them, unless they are words or file types.</summary>
    public static bool StandsAlone(ReadOnlySpan<char> label) => Find(label) is { } known && (known.Length > 2 || known is "co" or "io" or "tv" or "ly") && !Words.Contains(known);

    private static string? Find(ReadOnlySpan<char> label)
    {
        if (label.Length is < 2 or > 63)
        {
            return null;
        }

        if (!System.Text.Ascii.IsValid(label))
        {
            return Idna.ToAscii(label.ToString()) is { } ascii && All.Contains(ascii) ? ascii : null;
        }

        Span<char> lower = stackalloc char[label.Length];
        label.ToLowerInvariant(lower);
        return All.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(lower, out var known) ? known : null;
    }

    private static HashSet<string> Load()
    {
        using var stream = typeof(TopLevelDomains).Assembly.GetManifestResourceStream("Weir.Mail.Urls.tlds.txt")
            ?? throw new InvalidOperationException("The list of top-level domains is not in the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }
}

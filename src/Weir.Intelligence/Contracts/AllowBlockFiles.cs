namespace Weir.Intelligence.Contracts;

/// <summary>Reads an allow/block list from a file, for work without a data directory.</summary>
public static class AllowBlockFiles
{
    /// <summary>The entries that could be read, and what is wrong in the other lines, each with its number.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (IReadOnlyList<AllowBlockEntry> Entries, IReadOnlyList<string> Problems) Read(string path)
    {
        var lines = EntryLines.Read(File.ReadAllText(path), new EntryDefaults(IsAllow: false)).ToList();
        return (
            [.. lines.Select(line => line.Draft).OfType<EntryDraft>().Select(draft => new AllowBlockEntry(draft.Kind, draft.Value, draft.IsAllow, draft.Expiry?.At, draft.Note))],
            [.. lines.Where(line => line.Problem is not null).Select(line => $"line {line.Number}: {line.Problem}")]);
    }
}

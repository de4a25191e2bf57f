using Weir.Intelligence.Lists;

namespace Weir.Intelligence.Contracts;

/// <summary>Reads an allow/block list from a file, for work without a data directory.</summary>
public static class AllowBlockFiles
{
    /// <summary>The entries that could be read, and what is wrong in the other lines, each with its number.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (IReadOnlyList<AllowBlockEntry> Entries, IReadOnlyList<string> Problems) Read(string path)
    {
        var (entries, errors) = AllowBlockText.Parse(File.ReadAllText(path));
        return (entries, [.. errors.Select(error => $"line {error.Line}: {error.Message}")]);
    }
}

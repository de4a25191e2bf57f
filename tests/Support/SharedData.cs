namespace Weir.Tests.Support;

/// <summary>Test data outside the repository: <c>../shared/data</c> next to it, or the folder that WEIR_DATA names.</summary>
internal static class SharedData
{
    private static readonly string? Named = Environment.GetEnvironmentVariable("WEIR_DATA") is { Length: > 0 } named ? named : null;

    /// <summary>Nothing when the data is absent.</summary>
    public static string? Root { get; } = Named ?? Find();

    /// <summary>The data is not the usual one: its counts are unknown.</summary>
    public static bool IsOther => Named is not null;

    /// <summary>Skips the test by name where the data is absent.</summary>
    public static string Folder(string path)
    {
        var folder = Root is null ? null : Path.Combine(Root, path);
        Assert.SkipWhen(folder is null || !System.IO.Directory.Exists(folder), $"{path} is not here");
        return folder!;
    }

    public static IEnumerable<string> Files(string path, params string[] extensions) =>
        System.IO.Directory.EnumerateFiles(Folder(path), "*", SearchOption.AllDirectories)
            .Where(file => extensions.Length == 0 || extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (System.IO.Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

namespace Weir.Kql.Tests.Support;

/// <summary>Public queries and recorded results beside the repository, or where WEIR_DATA says; read in place, never copied.</summary>
internal static class SharedData
{
    /// <summary>The folder <c>kql</c>, or null when it is not there.</summary>
    public static string? Kql { get; } = Find();

    public static void Require() => Assert.SkipWhen(Kql is null, "The shared KQL data (../shared/data/kql or WEIR_DATA) is not there.");

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("WEIR_DATA") is { Length: > 0 } given)
        {
            return Existing(Path.Combine(given, "kql"));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", "data", "kql")) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Existing(string path) => Directory.Exists(path) ? path : null;
}

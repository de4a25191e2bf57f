using System.Globalization;

namespace Weir.Server.Tests.Inspection;

/// <summary>Processes that a process started.</summary>
internal static class Inspectors
{
    /// <summary>Ids of the children of a process whose command line holds a word; those that have ended and wait to be reaped are not counted.</summary>
    public static IReadOnlyList<int> Of(int parent, string word = "inspect") =>
        [.. System.IO.Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == parent && Read(id, "cmdline").Contains(word, StringComparison.Ordinal))];

    public static bool IsAlive(int id) => Read(id, "cmdline").Length > 0;

    /// <summary>Waits until none is left.</summary>
    public static async Task GoneAsync(IEnumerable<int> ids)
    {
        foreach (var id in ids)
        {
            while (IsAlive(id))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    public static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static int ParentOf(int id)
    {
        var stat = Read(id, "stat");
        return stat.LastIndexOf(')') is > 0 and var end && stat[(end + 2)..].Split(' ') is [_, var parent, ..] && int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}

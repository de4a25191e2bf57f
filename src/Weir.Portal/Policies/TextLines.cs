namespace Weir.Portal.Policies;

/// <summary>A list as people type it: one a line, or with commas, semicolons and blanks between.</summary>
internal static class TextLines
{
    private static readonly char[] Between = ['\n', '\r', ',', ';', ' ', '\t'];

    public static string Write(IEnumerable<string> values) => string.Join('\n', values);

    public static IReadOnlyList<string> Read(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

using System.Globalization;

namespace Weir.Portal.Explorer;

/// <summary>CSV by RFC 4180. A cell that a spreadsheet would run as a formula is made text by an apostrophe; one with a semicolon is quoted, because some spreadsheets part cells there.</summary>
internal static class CsvText
{
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    public static string Cell(string value)
    {
        var safe = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"'{value}" : value;
        return safe.AsSpan().ContainsAny(",;\"\r\n") || safe != safe.Trim() ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>A cell of an answer as text; times in ISO 8601, UTC.</summary>
    public static string Of(object? value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable other => other.ToString(format: null, CultureInfo.InvariantCulture),
        null => "",
        _ => value.ToString() ?? "",
    };
}

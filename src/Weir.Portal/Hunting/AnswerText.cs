using System.Globalization;
using Weir.Events.Contracts;
using Weir.Portal.Explorer;

namespace Weir.Portal.Hunting;

/// <summary>Cells of an answer as the grid shows them: order, width, text.</summary>
internal static class AnswerText
{
    /// <summary>Longest text of a cell in the grid, in UTF-16 units; the open row shows all of it.</summary>
    public const int Longest = 300;

    /// <summary>Row numbers in the order of a column; nothing stands last. Column -1: as answered.</summary>
    public static int[] Order(Answer answer, int column, bool isDescending)
    {
        var rows = Enumerable.Range(0, answer.Rows.Count);
        if (column < 0)
        {
            return [.. rows];
        }

        var filled = rows.Where(row => answer.Rows[row][column] is not null);
        var ordered = isDescending
            ? filled.OrderByDescending(row => answer.Rows[row][column], Cells.Instance)
            : filled.OrderBy(row => answer.Rows[row][column], Cells.Instance);
        return [.. ordered, .. rows.Where(row => answer.Rows[row][column] is null)];
    }

    public static string Kind(AnswerColumn column) => column.Type switch
    {
        "int" or "long" or "real" or "decimal" => "number",
        "dynamic" or "guid" => "mono",
        _ => column.Name is "NetworkMessageId" or "InternetMessageId" or "SHA256" ? "mono" : "text",
    };

    /// <summary>Width in CSS pixels from the name and the first rows.</summary>
    public static int Width(Answer answer, int column)
    {
        var longest = answer.Rows.Take(50).Select(row => Short(row[column]).Length).Append(answer.Columns[column].Name.Length + 2).Max();
        return Math.Clamp((longest * 8) + 18, 72, 380);
    }

    /// <summary>One line; times in UTC with milliseconds.</summary>
    public static string Short(object? cell)
    {
        var text = cell is DateTime time ? time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) : CsvText.Of(cell);
        return text.Length > Longest ? $"{text[..Longest]}…" : text;
    }

    private sealed class Cells : IComparer<object?>
    {
        public static Cells Instance { get; } = new();

        public int Compare(object? x, object? y) => (x, y) switch
        {
            (string one, string other) => string.Compare(one, other, StringComparison.OrdinalIgnoreCase),
            (IComparable one, not null) when one.GetType() == y.GetType() => one.CompareTo(y),
            _ => string.CompareOrdinal(CsvText.Of(x), CsvText.Of(y)),
        };
    }
}

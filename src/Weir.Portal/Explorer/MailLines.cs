using Weir.Events.Contracts;
using Weir.Portal.Shell;

namespace Weir.Portal.Explorer;

/// <summary>Messages as lines of a CSV file, in the columns of a view; times in UTC.</summary>
internal sealed class MailLines(IReadOnlyList<MailColumn> columns)
{
    public string Head => CsvText.Line(columns.Select(column => column.Id == "date" ? "Date (UTC)" : column.Title));

    public string Line(Answer answer, object?[] cells)
    {
        var row = new MailRow(answer, cells, TimeZoneInfo.Utc);
        return CsvText.Line(columns.Select(column => Cell(column, row)));
    }

    /// <summary>What a view, or the table below its chart, is as a file in the background.</summary>
    /// <param name="expected">Rows, when they are known.</param>
    public static ExportOrder Order(ExplorerAddress address, ExplorerQuery query, long? expected, DateTimeOffset now, TimeZoneInfo zone)
    {
        var stamp = TimeZoneInfo.ConvertTime(now, zone).ToString("yyyy-MM-dd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        var name = $"{address.View.Name}, {address.Tab.Name}, {Viewer.Format(query.Window.From, zone)[..16]} – {Viewer.Format(query.Window.To, zone)[..16]}";
        if (address.Tab == DetailTab.Email)
        {
            var lines = new MailLines(address.Columns);
            return new ExportOrder(name, $"messages-{stamp}.csv", query.Everything(address.Order, MailColumns.Sources(address.Columns, address.Sort)), expected, lines.Head, lines.Line);
        }

        var table = DetailTable.Of(query, address.Tab);
        return new ExportOrder(
            name, $"{address.Tab.Id}-{stamp}.csv", table.Kql, address.Tab == DetailTab.Clicks ? expected : null, CsvText.Line(table.Columns.Select(column => column.Kind == "date" ? $"{column.Title} (UTC)" : column.Title)),
            (answer, row) => CsvText.Line(table.Columns.Select(column => answer.IndexOf(column.Source) is >= 0 and var at ? CsvText.Of(row[at]) : "")));
    }

    // A badge's cell is "kind|text".
    private static string Cell(MailColumn column, MailRow row) => column.Kind switch
    {
        "badge" => column.Cell(row) is var cell ? cell[(cell.IndexOf('|', StringComparison.Ordinal) + 1)..] : "",
        "number" => column.Cell(row).Replace(",", "", StringComparison.Ordinal),
        _ => column.Cell(row),
    };
}

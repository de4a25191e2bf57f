using Weir.Events.Contracts;
using Weir.Portal.Shell;

namespace Weir.Portal.Explorer;

/// <summary>Messages as lines of a CSV file, in the columns of a view; times in UTC.</summary>
internal sealed class MailLines(IReadOnlyList<MailColumn> columns)
{
    /// <summary>Rows that are sorted at a time.</summary>
    private const int PerPart = 100_000;

    public string Head => CsvText.Line(columns.Select(column => column.Id == "date" ? "Date (UTC)" : column.Title));

    public string Line(Answer answer, object?[] cells)
    {
        var row = new MailRow(answer, cells, TimeZoneInfo.Utc);
        return CsvText.Line(columns.Select(column => Cell(column, row)));
    }

    /// <summary>What a view, or the table below its chart, is as a file in the background.</summary>
    /// <param name="bins">The rows of the view by time, as its chart has them.</param>
    public static ExportOrder Order(ExplorerAddress address, ExplorerQuery query, IReadOnlyList<TimeBin> bins, DateTimeOffset now, TimeZoneInfo zone)
    {
        var expected = bins.Sum(bin => bin.Count);
        var stamp = TimeZoneInfo.ConvertTime(now, zone).ToString("yyyy-MM-dd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        var name = $"{address.View.Name}, {address.Tab.Name}, {Viewer.Format(query.Window.From, zone)[..16]} – {Viewer.Format(query.Window.To, zone)[..16]}";
        if (address.Tab == DetailTab.Email)
        {
            var lines = new MailLines(address.Columns);
            return new ExportOrder(name, $"messages-{stamp}.csv", Parts(query, address.Order, MailColumns.Sources(address.Columns, address.Sort), bins), expected, lines.Head, lines.Line);
        }

        var table = DetailTable.Of(query, address.Tab);
        return new ExportOrder(
            name, $"{address.Tab.Id}-{stamp}.csv", [table.Kql], address.Tab == DetailTab.Clicks ? expected : null, CsvText.Line(table.Columns.Select(column => column.Kind == "date" ? $"{column.Title} (UTC)" : column.Title)),
            (answer, row) => CsvText.Line(table.Columns.Select(column => answer.IndexOf(column.Source) is >= 0 and var at ? CsvText.Of(row[at]) : "")));
    }

    /// <summary>All rows of a view as questions that follow each other in time, when that is their order: none sorts many more than <see cref="PerPart"/> rows.</summary>
    public static IReadOnlyList<string> Parts(ExplorerQuery query, RowOrder order, IReadOnlyList<string> columns, IReadOnlyList<TimeBin> bins)
    {
        if (!order.IsByTime)
        {
            return [query.Everything(order, columns)];
        }

        List<DateTimeOffset> edges = [query.Window.From];
        var held = 0L;
        foreach (var bin in bins.OrderBy(bin => bin.Start))
        {
            if (held > 0 && held + bin.Count > PerPart)
            {
                edges.Add(bin.Start);
                held = 0;
            }

            held += bin.Count;
        }

        edges.Add(query.Window.To);
        var parts = edges.Zip(edges.Skip(1), (from, to) => (query with { Window = query.Window with { From = from, To = to } }).Everything(order, columns));
        return order.IsDescending ? [.. parts.Reverse()] : [.. parts];
    }

    // A badge's cell is "kind|text".
    private static string Cell(MailColumn column, MailRow row) => column.Kind switch
    {
        "badge" => column.Cell(row) is var cell ? cell[(cell.IndexOf('|', StringComparison.Ordinal) + 1)..] : "",
        "number" => column.Cell(row).Replace(",", "", StringComparison.Ordinal),
        _ => column.Cell(row),
    };
}

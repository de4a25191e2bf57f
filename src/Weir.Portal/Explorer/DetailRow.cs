using System.Globalization;
using Weir.Events.Contracts;

namespace Weir.Portal.Explorer;

/// <summary>One row of a table below the chart.</summary>
/// <param name="View">The view that its links narrow.</param>
internal sealed record DetailRow(Answer Answer, object?[] Cells, ExplorerAddress View, TimeZoneInfo Zone)
{
    public string Text(string column) => Answer.IndexOf(column) is >= 0 and var at ? CsvText.Of(Cells[at]) : "";

    public long Number(string column) => Answer.IndexOf(column) is >= 0 and var at && Cells[at] is { } cell ? Convert.ToInt64(cell, CultureInfo.InvariantCulture) : 0;

    public DateTimeOffset? Time(string column) =>
        Answer.IndexOf(column) is >= 0 and var at && Cells[at] is DateTime time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;
}

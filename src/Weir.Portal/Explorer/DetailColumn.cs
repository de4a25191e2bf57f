using System.Globalization;
using Weir.Portal.Emails;
using Weir.Portal.Shell;

namespace Weir.Portal.Explorer;

/// <summary>A column of a table below the chart.</summary>
/// <param name="Source">The column of the answer.</param>
/// <param name="Kind">How the grid draws a cell: <c>text</c>, <c>mono</c>, <c>number</c>, <c>date</c>, <c>badge</c>.</param>
internal sealed record DetailColumn(string Source, string Title, string Kind, string Width)
{
    /// <summary>The property by whose value the cell leads to a filtered Explorer.</summary>
    public string? Property { get; init; }

    /// <summary>Further conditions of that link: what the number in the cell counts.</summary>
    public IReadOnlyList<ConditionTest> And { get; init; } = [];

    /// <summary>The column whose value the link filters by, when it is another than the cell's own.</summary>
    public string? By { get; init; }

    /// <summary>The cell leads to <c>email</c> or <c>campaign</c>; nothing for a filter.</summary>
    public string? Page { get; init; }

    /// <summary>The cell as the record's words become those of pages.</summary>
    public Func<string, string> Words { get; init; } = SafeText.Of;

    /// <summary>The cell as the grid draws it: with a link, the address, a line end and the text.</summary>
    public string Cell(DetailRow row)
    {
        var text = Kind switch
        {
            "date" => row.Time(Source) is { } at ? Viewer.Format(at, row.Zone) : "",
            "number" => string.Create(CultureInfo.InvariantCulture, $"{row.Number(Source):N0}"),
            "badge" => Threats.Pill(row.Text(Source), ""),
            _ => Words(row.Text(Source)),
        };
        return Kind == "badge" ? text : $"{Address(row)}\n{text.ReplaceLineEndings(" ")}";
    }

    /// <summary>Where the cell leads; nothing when nowhere.</summary>
    public string? Address(DetailRow row)
    {
        var value = row.Text(By ?? Source);
        return this switch
        {
            _ when value.Length is 0 or > ConditionText.MaxLength || (Kind == "number" && row.Number(Source) == 0) => null,
            { Page: "email" } => EmailAddress.Of(value, row.Text("AccountUpn"), default),
            { Page: "campaign" } => $"/campaigns/{Uri.EscapeDataString(value)}",
            { Property: { } property } => row.View.WithTests([new ConditionTest(property, ConditionOperator.Is, [value]), .. And]).Write(),
            _ => null,
        };
    }
}

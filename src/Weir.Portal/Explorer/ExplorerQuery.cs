using System.Text;

namespace Weir.Portal.Explorer;

/// <summary>A question of Explorer as KQL. All counts, charts, pages and exports of one view start with the same lines.</summary>
internal sealed record ExplorerQuery(TimeWindow Window, ConditionGroup Filter)
{
    public ExplorerView View { get; init; } = ExplorerView.AllEmail;

    /// <summary>The messages of this view, or its clicks: what "open as KQL" shows.</summary>
    public string Messages() => $"{Times(Window.From, Window.To)}{Conditions()}";

    /// <summary>The messages of this view; of clicks, those that they were made in.</summary>
    public string Mail() => !View.IsOfClicks
        ? Messages()
        : $"EmailEvents\n| where Timestamp < {KqlText.Literal(Window.To)}\n| where NetworkMessageId in ({Clicks().Replace("\n", " ", StringComparison.Ordinal)} | project NetworkMessageId)";

    /// <summary>The clicks of this view; of messages, those that were made in them, also later ones.</summary>
    public string Clicks() => View.IsOfClicks
        ? Messages()
        : $"UrlClickEvents\n| where Timestamp >= {KqlText.Literal(Window.From)}\n| where NetworkMessageId in ({Messages().Replace("\n", " ", StringComparison.Ordinal)} | project NetworkMessageId)";

    /// <summary>Number of messages per step of time and series, for the chart, the total, and for finding pages.</summary>
    public string Histogram(Pivot pivot, IReadOnlyList<string>? top, TimeSpan step) =>
        pivot.Groups is { } groups
            ? $"{Messages()}\n| summarize Count = count() by Start = {Window.Bin(step)}, {groups}\n| summarize Count = sum(Count) by Start, Series = {Series(pivot, top)}"
            : $"{Counted(pivot)}\n| summarize Count = count() by Start = {Window.Bin(step)}, Series = {Series(pivot, top)}";

    /// <summary>Number of messages per step, where the chart counts something else than messages.</summary>
    public string Steps(TimeSpan step) => $"{Messages()}\n| summarize Count = count() by Start = {Window.Bin(step)}";

    /// <summary>Number of messages per step inside a part of the window.</summary>
    public string Histogram(DateTimeOffset from, DateTimeOffset to, TimeSpan step) =>
        $"{Times(from, to)}{Conditions()}\n| summarize Count = count() by Start = bin(Timestamp, {KqlText.Literal(step)})";

    /// <summary>The most frequent values of an open pivot.</summary>
    public string Top(Pivot pivot) =>
        pivot.Groups is { } groups
            ? $"{Messages()}\n| summarize Count = count() by {groups}\n| summarize Count = sum(Count) by Series = {Value(pivot)}\n| top 6 by Count desc"
            : $"{Counted(pivot)}\n| summarize Count = count() by Series = {Value(pivot)}\n| top 6 by Count desc";

    /// <summary>Rows in order: <paramref name="skip"/> are passed over, then <paramref name="take"/> come (reversed when any are passed over).</summary>
    public string Rows(DateTimeOffset from, DateTimeOffset to, RowOrder order, IEnumerable<string> columns, long skip, int take)
    {
        List<string> shown = [.. columns];
        var text = new StringBuilder(Times(from, to)).Append(Conditions()).Append(Joined(shown, from, to)).Append("\n| project ").AppendJoin(", ", shown)
            .Append("\n| sort by ").Append(order.Kql(isReversed: false)).Append("\n| take ").Append(skip + take);
        if (skip > 0)
        {
            text.Append("\n| sort by ").Append(order.Kql(isReversed: true)).Append("\n| take ").Append(take);
        }

        return text.ToString();
    }

    /// <summary>All rows in order, for an export or an action.</summary>
    public string Everything(RowOrder order, IEnumerable<string> columns) =>
        Everything(order, [.. columns]);

    private string Everything(RowOrder order, List<string> columns) =>
        $"{Messages()}{Joined(columns, Window.From, Window.To)}\n| project {string.Join(", ", columns)}\n| sort by {order.Kql(isReversed: false)}";

    /// <summary>Brings in what rows of EmailEvents do not have themselves, when it is shown or sorted by.</summary>
    private static string Joined(List<string> columns, DateTimeOffset from, DateTimeOffset to) => string.Concat(MailColumns.Others.Select(other =>
        other.Columns.Intersect(columns, StringComparer.Ordinal).ToList() is { Count: > 0 } wanted
            ? $"\n| join kind=leftouter ({other.Table} | where Timestamp >= {KqlText.Literal(from)} and Timestamp < {KqlText.Literal(to)} | project {string.Join(", ", other.On)}, {string.Join(", ", wanted)}) on {string.Join(", ", other.On)}"
            : ""));

    private string Times(DateTimeOffset from, DateTimeOffset to)
    {
        var times = $"Timestamp >= {KqlText.Literal(from)} and Timestamp < {KqlText.Literal(to)}";
        var text = $"{View.Table}\n| where {times}";
        return View switch
        {
            { Condition: { } condition } => $"{text}\n| where {condition}",
            { HasCampaign: true } => $"{text}\n| where NetworkMessageId in (CampaignInfo | where {times} | project NetworkMessageId)",
            _ => text,
        };
    }

    // A message counts once for each different value of its links, or for its campaign.
    private string Counted(Pivot pivot) => pivot.Table is not { } table
        ? Messages()
        : $"{Messages()}\n| project Timestamp, NetworkMessageId\n| join kind=inner ({table} | where Timestamp >= {KqlText.Literal(Window.From)} and Timestamp < {KqlText.Literal(Window.To)} | project NetworkMessageId, Link = {pivot.Series} | distinct NetworkMessageId, Link) on NetworkMessageId";

    private static string Series(Pivot pivot, IReadOnlyList<string>? top) =>
        top is null ? Value(pivot) : $"iff({Value(pivot)} in {KqlText.List([.. top, Pivot.Other])}, {Value(pivot)}, {KqlText.Literal(Pivot.Other)})";

    private static string Value(Pivot pivot) => pivot.Table is not null ? "Link" : pivot.Series;

    private string Conditions()
    {
        // Parts joined by AND read best as lines of their own.
        if (Filter is { IsAny: false, IsNegated: false })
        {
            return string.Concat(Filter.Parts.Where(IsMeaningful).Select(part => $"\n| where {Text(part)}"));
        }

        return IsMeaningful(Filter) ? $"\n| where {Text(Filter)}" : "";
    }

    private string Text(Condition condition) => condition switch
    {
        ConditionTest test when ExplorerProperties.Find(test.Property) is { } property => Text(property.Target, test),
        ConditionGroup group => Text(group),
        _ => throw new ArgumentException($"There is no such condition: {condition}.", nameof(condition)),
    };

    /// <summary>Of clicks: what they have themselves, or what is true of their message, however long before it came.</summary>
    private string Text(Target target, ConditionTest test) => !View.IsOfClicks
        ? target.Predicate(test.Operator, test.Values, Window)
        : target is ChildTarget { IsLater: true } click
            ? click.Direct(test.Operator, test.Values)
            : $"NetworkMessageId in (EmailEvents | where Timestamp < {KqlText.Literal(Window.To)} | where {target.Predicate(test.Operator, test.Values, Window with { From = DateTimeOffset.UnixEpoch })} | project NetworkMessageId)";

    private string Text(ConditionGroup group)
    {
        var joined = string.Join(group.IsAny ? " or " : " and ", group.Parts.Where(IsMeaningful).Select(Text));
        return group.IsNegated ? $"not({joined})" : $"({joined})";
    }

    private static bool IsMeaningful(Condition condition) => condition is not ConditionGroup group || group.Parts.Any(IsMeaningful);
}

/// <summary>The order of rows; ids make it total.</summary>
/// <param name="Column">A column of EmailEvents, or an expression over it.</param>
internal sealed record RowOrder(string Column, bool IsDescending)
{
    public bool IsByTime => Column == "Timestamp";

    public string Kql(bool isReversed)
    {
        var first = $"{Column} {Direction(IsDescending != isReversed)}";
        var byTime = IsByTime ? "" : $", Timestamp {Direction(!isReversed)}";
        return $"{first}{byTime}, NetworkMessageId {Direction(isReversed)}, RecipientEmailAddress {Direction(isReversed)}";
    }

    private static string Direction(bool isDescending) => isDescending ? "desc" : "asc";
}

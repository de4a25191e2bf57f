using System.Collections.Specialized;
using System.Globalization;
using System.Text;
using System.Web;

namespace Weir.Portal.Explorer;

/// <summary>A view of Explorer as its address: whoever opens the address sees the same.</summary>
internal sealed record ExplorerAddress
{
    public ExplorerView View { get; init; } = ExplorerView.AllEmail;
    public TimeRange Range { get; init; } = TimeRange.Default;
    public ConditionGroup Filter { get; init; } = ConditionGroup.Everything;
    public Pivot Pivot { get; init; } = Pivot.All[0];

    /// <summary>The table below the chart.</summary>
    public DetailTab Tab { get; init; } = DetailTab.Email;

    /// <summary>The columns that this person sees when an address names none; an address leaves them out.</summary>
    public IReadOnlyList<MailColumn> OwnColumns { get; init; } = MailColumns.Default;

    public IReadOnlyList<MailColumn> Columns { get; init; } = MailColumns.Default;
    public MailColumn Sort { get; init; } = MailColumns.All[0];
    public bool IsDescending { get; init; } = true;
    public bool HidesChart { get; init; }
    public bool ShowsTable { get; init; }

    /// <summary>New rows are shown as they come.</summary>
    public bool IsLive { get; init; }

    /// <summary>Id of the kept query that this view came from.</summary>
    public string? Saved { get; init; }

    /// <summary>The message whose summary is open.</summary>
    public OpenMessage? Open { get; init; }

    /// <summary>What of the filter was not understood. Such a view shows nothing: without a condition it would show, and act upon, other messages.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The filter that could not be read, kept as it was so that the address goes on to say so.</summary>
    public string? UnreadFilter { get; init; }

    /// <summary>The same view with a filter that somebody chose.</summary>
    public ExplorerAddress WithFilter(ConditionGroup filter) => this with { Filter = filter, Problems = [], UnreadFilter = null };

    /// <summary>Another view of what is filtered now.</summary>
    public ExplorerAddress WithView(ExplorerView view) => this with { View = view, Tab = view.Tabs[0], Pivot = view.Pivots.Contains(Pivot) && Pivot != View.Pivots[0] ? Pivot : view.Pivots[0], Open = null };

    /// <summary>The messages of this view for which these are true, too, or the clicks when that is what they speak of: where a row or a number leads.</summary>
    public ExplorerAddress WithTests(IReadOnlyList<ConditionTest> tests)
    {
        bool IsNew(Condition part) => part is not ConditionTest old
            || !tests.Any(test => test.Property == old.Property && test.Operator == old.Operator && test.Values.SequenceEqual(old.Values, StringComparer.Ordinal));
        var narrower = Filter is { IsAny: false, IsNegated: false }
            ? Filter with { Parts = [.. Filter.Parts.Where(IsNew), .. tests] }
            : new ConditionGroup(IsAny: false, IsNegated: false, [Filter, .. tests]);
        var isOfClicks = View.IsOfClicks || tests.Any(test => ExplorerProperties.Find(test.Property)?.Group == ExplorerProperties.Clicks);
        var view = isOfClicks ? WithView(ExplorerView.Clicks) : this;
        return (view with { Tab = isOfClicks ? DetailTab.Clicks : DetailTab.Email, Open = null }).WithFilter(narrower);
    }

    public RowOrder Order => new(Sort.Sort, IsDescending);

    /// <param name="ownColumns">Ids of the columns that this person chose; nothing for the usual ones.</param>
    /// <param name="lists">The kept lists that its conditions may name (<see cref="ValueLists"/>).</param>
    public static ExplorerAddress Read(string uri, string? ownColumns = null, IReadOnlyDictionary<string, string>? lists = null)
    {
        var address = new Uri(uri);
        var query = HttpUtility.ParseQueryString(address.Query);
        var view = ExplorerView.Find(address.AbsolutePath) ?? ExplorerView.OfId(query["view"]);
        var problems = new List<string>();
        var sort = query["sort"] ?? "-date";
        var own = MailColumns.Read(ownColumns);
        var filter = ConditionText.Read(query["q"], problems, lists ?? new Dictionary<string, string>(StringComparer.Ordinal));
        return new ExplorerAddress
        {
            View = view,
            Tab = view.Tabs.FirstOrDefault(tab => tab.Id == query["tab"]) ?? view.Tabs[0],
            Range = TimeRange.Read(query["range"], query["from"], query["to"]),
            Filter = filter,
            Pivot = Pivot.Find(query["pivot"], view),
            OwnColumns = own,
            Columns = query["columns"] is { Length: > 0 } columns ? MailColumns.Read(columns) : own,
            Sort = MailColumns.Find(sort.TrimStart('-')) is { } column ? column : MailColumns.All[0],
            IsDescending = sort.StartsWith('-'),
            HidesChart = query["chart"] == "off",
            ShowsTable = query["chart"] == "table",
            IsLive = query["live"] == "on",
            Saved = query["saved"] is { Length: > 0 and <= 64 } saved ? saved : null,
            Open = OpenMessage.Read(query),
            Problems = problems,
            UnreadFilter = problems.Count > 0 ? query["q"] : null,
        };
    }

    /// <summary>The shortest address: defaults are left out.</summary>
    /// <param name="at">Another path than the view's own; the view is named then.</param>
    public string Write(string? at = null)
    {
        var path = at ?? View.Path;
        var text = new StringBuilder(path);
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(text.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        Add("view", at is null || View == ExplorerView.AllEmail ? null : View.Id);
        Add("range", Range.Preset is null or TimeRange.DefaultPreset ? null : Range.Preset);
        Add("from", Range.Preset is null ? Instant(Range.From) : null);
        Add("to", Range.Preset is null ? Instant(Range.To) : null);
        Add("q", UnreadFilter ?? (Filter.Parts.Count == 0 ? null : ConditionText.Write(Filter)));
        Add("pivot", Pivot == View.Pivots[0] ? null : Pivot.Id);
        Add("tab", Tab == View.Tabs[0] ? null : Tab.Id);
        Add("columns", Columns.SequenceEqual(OwnColumns) ? null : MailColumns.Write(Columns));
        Add("sort", Sort.Id == "date" && IsDescending ? null : (IsDescending ? "-" : "") + Sort.Id);
        Add("chart", HidesChart ? "off" : ShowsTable ? "table" : null);
        Add("live", IsLive ? "on" : null);
        Add("saved", Saved);
        Add("message", Open?.Id);
        Add("recipient", Open?.Recipient);
        Add("t", Open is null ? null : Instant(Open.At));
        Add("row", Open?.Row?.ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }

    internal static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Which message is open: its id, its recipient, and its time so that it is found at once.</summary>
internal sealed record OpenMessage(string Id, string Recipient, DateTimeOffset At)
{
    /// <summary>Which row it was when it was opened: where to look for it first.</summary>
    public int? Row { get; init; }

    public static OpenMessage? Read(NameValueCollection query) =>
        Guid.TryParseExact(query["message"], "D", out var id) && query["recipient"] is { } recipient
            ? new OpenMessage(id.ToString("D"), recipient, Time(query["t"]))
            {
                Row = int.TryParse(query["row"], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null,
            }
            : null;

    public static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : default;
}

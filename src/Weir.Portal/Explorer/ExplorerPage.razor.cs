using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Actions;
using Weir.Portal.Hunting;
using Weir.Portal.Shell;
using Weir.Response.Contracts;

namespace Weir.Portal.Explorer;

/// <summary>Explorer and its views. The address is the state: what is shown is what the address says.</summary>
public sealed partial class ExplorerPage
{
    /// <summary>An action on more messages than this must be narrowed first (inventory §7.2).</summary>
    private const int MostTargets = 200_000;

    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource _running = new();
    private ExplorerAddress _shown = new();
    private ExplorerAddress _draft = new();
    private ExplorerQuery? _query;
    private MailGrid _grid = null!;
    private TakeAction _takeAction = null!;
    private ChartData? _chart;
    private GridSelection _selection = GridSelection.None;
    private Problem? _problem;
    private Caller? _caller;
    private DateTimeOffset _countedAt;
    private long _total = -1;
    private int _openIndex = -1;
    private bool _isAssumed;
    private bool _hasNoMail;
    private bool _isStarted;

    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Asking Asking { get; set; } = null!;
    [Inject] private ValueLists Lists { get; set; } = null!;
    [Inject] private IQuestions Questions { get; set; } = null!;
    [Inject] private CurrentCaller Current { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;

    private TimeWindow DraftWindow => _draft.Range.Window(Time.GetUtcNow(), Viewer.Zone);

    private int FilterCount => _shown.Filter.Tests.Count();

    private bool IsUnread => _shown.Problems.Count > 0;

    private bool IsDraft => (_draft with { Open = null }).Write() != (_shown with { Open = null }).Write();

    private ExplorerQuery Shown => _query ?? new ExplorerQuery(DraftWindow, _shown.Filter) { View = _shown.View };

    /// <summary>What the open table asks.</summary>
    private string Kql => _shown.Tab == DetailTab.Email ? Shown.Messages() : DetailTable.Of(Shown, _shown.Tab).Kql;

    /// <summary>Its place in hunting; nothing when it is too long for an address.</summary>
    private string? KqlAddress => Kql is { Length: <= HuntingPage.LongestInAddress } kql ? HuntingPage.Address(kql) : null;

    /// <summary>The table below the chart; nothing while messages are shown, or when there is nothing to make a table of.</summary>
    private DetailView? Detail => _shown.Tab != DetailTab.Email && _query is { } query && _total > 0 ? new DetailView(query, _shown) : null;

    private string ViewWords => _shown.View.Id switch { "malware" => " with malware", "phish" => " with phish", "campaigns" => " of campaigns", _ => "" };

    private string CountedText => _total < 0 || IsUnread
        ? ""
        : $" · {_shown.View.Count(_total)} {_shown.Range.InWords} · counted {Viewer.Format(_countedAt)[11..]}";

    private string SelectedText => _selection switch
    {
        { All: true, Indexes.Count: 0 } => $"All {_shown.View.Count(_selection.Count)} that match are selected",
        { Count: > 0 } => $"{_selection.Count.ToString("N0", CultureInfo.InvariantCulture)} selected",
        _ => HasFailed ? "" : _total < 0 ? "Counting…" : "None selected",
    };

    /// <summary>The question in the address has no answer; that of an earlier one is not shown in its place.</summary>
    private bool HasFailed => _problem is not null && _total < 0;

    private string? WhyNoAction =>
        PermissionWords.WhyNoAction(_caller) is { } why ? why
        : _selection.Count == 0 ? "Select messages first."
        : _selection.Count > MostTargets ? $"At most {MostTargets:N0} messages at once: narrow the query."
        : null;

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _gone.Cancel();
        _live?.Dispose();
        _gone.Dispose();
        _running.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _caller = await Current.FindAsync(_gone.Token);
        _shown = _draft = await ReadAsync(Navigation.Uri);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            Navigation.LocationChanged += OnLocationChanged;
            await Viewer.AskBrowserAsync(Browser, _gone.Token);
            if (await Current.FindAsync(_gone.Token) is { } caller)
            {
                await Viewer.RecallAsync(caller, _gone.Token);
            }

            _shown = _draft = await ReadAsync(Navigation.Uri);
            _isStarted = true;
            await RunAsync();
            FollowOrStop();
            StateHasChanged();
        }
    }

    private async ValueTask<ExplorerAddress> ReadAsync(string uri) =>
        await Current.FindAsync(_gone.Token) is { } caller ? await Lists.ReadAsync(caller, uri, Viewer.Columns, _gone.Token) : ExplorerAddress.Read(uri, Viewer.Columns);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs arguments) => _ = InvokeAsync(async () =>
    {
        if (!_isStarted || ExplorerView.Find(new Uri(arguments.Location).AbsolutePath) is null)
        {
            return;
        }

        var before = _shown;
        _shown = _draft = await ReadAsync(arguments.Location);
        if (Asked(before) != Asked(_shown))
        {
            await RunAsync();
        }

        FollowOrStop();
        StateHasChanged();
    });

    /// <summary>What of an address changes the answer.</summary>
    private static string Asked(ExplorerAddress address) => (address with { Open = null, HidesChart = false, ShowsTable = false, Saved = null, IsLive = false }).Write();

    private void Go(ExplorerAddress address, bool replace = false)
    {
        var uri = address.Write();
        if (Navigation.ToAbsoluteUri(uri).AbsoluteUri == Navigation.Uri)
        {
            _ = InvokeAsync(RunAsync);
        }
        else
        {
            Navigation.NavigateTo(uri, replace: replace);
        }
    }

    private async Task RunAsync()
    {
        await _running.CancelAsync();
        _running.Dispose();
        _running = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        var cancellation = _running.Token;
        _problem = null;
        _selection = GridSelection.None;
        _held = 0;
        try
        {
            await _grid.SetBusyAsync(isBusy: true);
            await CountAndShowAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A newer run took over, or the page is gone.
            return;
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            // What an earlier question was answered is no answer to this one.
            (_problem, _query, _chart, _total, _openIndex) = (problem, null, null, -1, -1);
            (_isAssumed, _hasNoMail) = (false, false);
            await _grid.SetBusyAsync(isBusy: false);
        }

        StateHasChanged();
    }

    private async Task CountAndShowAsync(CancellationToken cancellation)
    {
        var query = new ExplorerQuery(_shown.Range.Window(Time.GetUtcNow(), Viewer.Zone), _shown.Filter) { View = _shown.View };
        if (IsUnread)
        {
            await ShowNothingAsync(query, cancellation);
            return;
        }

        var (chart, bins, at) = await CountAsync(query, _shown, cancellation);
        cancellation.ThrowIfCancellationRequested();
        (_query, _countedAt, _total, _chart, _bins) = (query, at, bins.Sum(bin => bin.Count), chart, bins);
        _hasNoMail = _total == 0 && FilterCount == 0 && await HasNoMailAsync(cancellation);
        StateHasChanged();
        if (_shown.Tab != DetailTab.Email)
        {
            _isAssumed = false;
            await _grid.SetBusyAsync(isBusy: false);
            return;
        }

        var pages = new RowPages(
            (kql, rows, token) => Asking.AskAsync(kql, rows, token), query, _shown.Order, MailColumns.Sources(_shown.Columns, _shown.Sort), bins);
        await _grid.ShowAsync(pages, _shown.Columns, _shown.Sort, _shown.IsDescending, cancellation);
        await FindOpenAsync(cancellation);
        StateHasChanged();

        var assumed = await Asking.AskAsync(
            $"{query.Messages()}\n| where AdditionalFields contains '\"DeliverySource\":\"assumed\"'\n| take 1\n| project NetworkMessageId", 1, cancellation);
        _isAssumed = assumed.Rows.Count > 0;
    }

    /// <summary>The chart, the rows in each step of it, and when they were counted.</summary>
    private async ValueTask<(ChartData Chart, IReadOnlyList<TimeBin> Bins, DateTimeOffset At)> CountAsync(ExplorerQuery query, ExplorerAddress shown, CancellationToken cancellation)
    {
        var step = query.Window.Step;
        IReadOnlyList<string>? top = null;
        if (shown.Pivot.IsOpen)
        {
            var frequent = await Asking.AskAsync(query.Top(shown.Pivot), 6, cancellation);
            top = [.. frequent.Rows.Select(row => row[frequent.IndexOf("Series")] as string ?? "")];
        }

        var histogram = await Asking.AskAsync(query.Histogram(shown.Pivot, top, step), 100_000, cancellation);
        var counted = shown.Pivot.Table is not null ? await Asking.AskAsync(query.Steps(step), 100_000, cancellation) : histogram;
        return (ChartData.Of(histogram, query.Window, step, shown.Pivot, Viewer.Zone), RowPages.Bins(counted, query.Window.From, query.Window.To, step), counted.At);
    }

    /// <summary>A filter that cannot be read chooses nothing, so that nothing can be selected or acted upon.</summary>
    private async Task ShowNothingAsync(ExplorerQuery query, CancellationToken cancellation)
    {
        (_query, _chart, _total, _countedAt, _openIndex) = (null, null, 0, Time.GetUtcNow(), -1);
        (_isAssumed, _hasNoMail) = (false, false);
        var none = new RowPages((kql, rows, token) => Asking.AskAsync(kql, rows, token), query, _shown.Order, MailColumns.Keys, []);
        await _grid.ShowAsync(none, _shown.Columns, _shown.Sort, _shown.IsDescending, cancellation);
    }

    private async ValueTask<bool> HasNoMailAsync(CancellationToken cancellation) =>
        (await Asking.AskAsync($"{_shown.View.Table}\n| take 1\n| project Timestamp", 1, cancellation)).Rows.Count == 0;

    /// <summary>The open message is lit, and scrolled to, when it is about where it was opened; else it is found when it is stepped to.</summary>
    private async Task FindOpenAsync(CancellationToken cancellation)
    {
        _openIndex = -1;
        if (_shown.Open is not { } open)
        {
            return;
        }

        // Mail that came in since has moved it down: its page and the next.
        var first = Math.Max(0, (open.Row ?? 0) / RowPages.PageSize * RowPages.PageSize);
        for (var index = first; index < first + (2L * RowPages.PageSize) && index < _total; index++)
        {
            if (await _grid.RowAsync(index, cancellation) is { } row && row.Id == open.Id && row.Recipient == open.Recipient)
            {
                _openIndex = index;
                await _grid.SetOpenAsync(index);
                return;
            }
        }
    }

    private async ValueTask<ConditionTest> KeepAsync(ConditionTest test) => await Lists.KeepAsync(await Current.GetAsync(_gone.Token), test, _gone.Token);

    private void RunDraft() => Go(_draft with { Open = null });

    private void ChangeFilter(ConditionGroup filter) => _draft = _draft.WithFilter(filter);

    private void ChangeRange((string? Preset, DateTimeOffset From, DateTimeOffset To) range) =>
        _draft = _draft with { Range = new TimeRange(range.Preset, range.From, range.To) };

    private void ChangePivot(string? pivot) => Go(_shown with { Pivot = Pivot.Find(pivot, _shown.View) }, replace: true);

    private string ZoomAddress(int first, int last) =>
        _chart is { } chart && last + 1 < chart.Edges.Count && chart.Edges[first] < chart.Edges[last + 1]
            ? (_shown with { Range = new TimeRange(Preset: null, chart.Edges[first], chart.Edges[last + 1]), Open = null, IsLive = false, ShowsTable = false }).Write()
            : _shown.Write();

    private void ToggleChart() => Go(_shown with { HidesChart = !_shown.HidesChart }, replace: true);

    private void ToggleTable() => Go(_shown with { ShowsTable = !_shown.ShowsTable }, replace: true);

    /// <summary>A choice of columns is the person's own from now on.</summary>
    private async Task ChangeColumns(IReadOnlyList<string> columns)
    {
        await Viewer.ChooseColumnsAsync(await Current.GetAsync(_gone.Token), string.Join(',', columns), _gone.Token);
        var chosen = MailColumns.Read(Viewer.Columns);
        _draft = _draft with { OwnColumns = chosen, Columns = chosen };
        _shown = _shown with { OwnColumns = chosen, Columns = chosen };
        if (Navigation.ToAbsoluteUri(_shown.Write()).AbsoluteUri != Navigation.Uri)
        {
            Navigation.NavigateTo(_shown.Write(), replace: true);
        }

        await RunAsync();
    }

    private void SortBy(string id)
    {
        if (MailColumns.Find(id) is { } column)
        {
            var isDescending = column == _shown.Sort ? !_shown.IsDescending : column.Kind == "number" || column.Id is "date" or "threat";
            Go(_shown with { Sort = column, IsDescending = isDescending, Open = null }, replace: true);
        }
    }

    private void ClearFilters() => Go(_shown.WithFilter(ConditionGroup.Everything) with { Open = null });

    private void WidenTo(string preset) => Go(_shown with { Range = TimeRange.Read(preset, from: null, to: null), Open = null });

    private async Task OpenRow(int index)
    {
        _showsSaved = false;
        if (await _grid.RowAsync(index, _gone.Token) is { } row)
        {
            _openIndex = index;
            await _grid.SetOpenAsync(index);
            Go(_shown with { Open = new OpenMessage(row.Id, row.Recipient, row.Timestamp) { Row = index } }, replace: true);
        }
    }

    private Task Step(int by) => OpenRow(_openIndex + by);

    private async Task ClosePanel()
    {
        _openIndex = -1;
        Go(_shown with { Open = null }, replace: true);
        await _grid.SetOpenAsync(-1);
        await _grid.FocusAsync();
    }

    private async Task ClearSelection()
    {
        await _grid.ClearSelectionAsync();
        await _grid.FocusAsync();
    }

    private void Fail(Exception failure) => _problem = Problem.Of(failure, Time);

    private Task TakeActionOn(MessageTarget target) => _takeAction.OpenAsync([target], "");

    private async Task TakeActionOnSelection()
    {
        if (WhyNoAction is not null)
        {
            return;
        }

        try
        {
            await _takeAction.OpenAsync(await SelectedAsync(_gone.Token), _query?.Messages() ?? "");
        }
        catch (QuestionException exception)
        {
            _problem = Problem.Of(exception, Time);
        }
    }

    private async ValueTask<IReadOnlyList<MessageTarget>> SelectedAsync(CancellationToken cancellation)
    {
        var named = new List<MessageTarget>();
        foreach (var index in _selection.Indexes)
        {
            if (await _grid.TargetAsync(index, cancellation) is { } target)
            {
                named.Add(target);
            }
        }

        if (!_selection.All || _query is null)
        {
            return named;
        }

        var except = named.Select(target => (target.Id, target.Recipient)).ToHashSet();
        var all = new List<MessageTarget>();
        var caller = await Current.GetAsync(cancellation);
        await foreach (var batch in Questions.StreamAsync(caller, new Question(_query.Everything(_shown.Order, MailColumns.Keys)), cancellation).WithCancellation(cancellation))
        {
            all.AddRange(batch.Rows.Select(cells => new MailRow(batch, cells, TimeZoneInfo.Utc).Target).OfType<MessageTarget>()
                .Where(target => !except.Contains((target.Id, target.Recipient))));
        }

        return all;
    }

    private async Task AfterAction() => await _grid.ClearSelectionAsync();
}

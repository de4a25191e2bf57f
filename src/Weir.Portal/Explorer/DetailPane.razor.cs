using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Events.Contracts;
using Weir.Portal.Hunting;
using Weir.Portal.Shell;

namespace Weir.Portal.Explorer;

/// <summary>A table below the chart: asked when the question or the tab changes, sorted here, each row a way into a narrower Explorer.</summary>
public sealed partial class DetailPane
{
    /// <summary>Rows that the page shows; an export has all.</summary>
    private const int MostRows = 10_000;

    private const string Id = "details";
    private const int PageSize = 100;

    private CancellationTokenSource _running = new();
    private DotNetObjectReference<DetailPane>? _self;
    private DetailTable? _table;
    private Answer? _answer;
    private Problem? _problem;
    private DetailView? _shown;
    private int[] _order = [];
    private string _sort = "";
    private bool _isDescending;
    private bool _isBusy;
    private int _version;

    [Parameter, EditorRequired] public DetailView View { get; set; } = null!;

    [Inject] private Asking Asking { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;

    private string Rows => _answer switch
    {
        null => "Counting…",
        { IsTruncated: true } => $"The first {MostRows:N0} rows; Export has all",
        { Rows.Count: 1 } => "1 row",
        { Rows.Count: var count } => $"{count:N0} rows",
    };

    public async ValueTask DisposeAsync()
    {
        await _running.CancelAsync();
        _running.Dispose();
        if (_self is null)
        {
            return;
        }

        try
        {
            await Browser.InvokeVoidAsync("weir.grid.dispose", CancellationToken.None, Id);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its half with it.
        }

        _self.Dispose();
    }

    [JSInvokable]
    public string[][]? LoadPage(int version, int page) => version == _version ? Page(page) : null;

    /// <summary>Enter on a row: where its first link leads.</summary>
    [JSInvokable]
    public void OpenRow(int index)
    {
        if (index >= 0 && index < _order.Length && _table!.Columns.Select(column => column.Address(Row(_order[index]))).FirstOrDefault(address => address is not null) is { } address)
        {
            Navigation.NavigateTo(address);
        }
    }

    [JSInvokable]
    public Task SortBy(string column)
    {
        var isNumber = _table!.Columns.First(each => each.Source == column).Kind is "number" or "date";
        _isDescending = _sort == column ? !_isDescending : isNumber;
        _sort = column;
        return ShowAsync(keep: false);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!ReferenceEquals(_shown?.Query, View.Query) || _shown?.Address.Tab != View.Address.Tab)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var view = View;
        var isOther = _shown?.Address.Tab != view.Address.Tab;
        _shown = view;
        await _running.CancelAsync();
        _running.Dispose();
        _running = new CancellationTokenSource();
        var cancellation = _running.Token;
        (_isBusy, _problem) = (true, null);
        if (isOther)
        {
            (_answer, _sort) = (null, "");
        }

        StateHasChanged();
        try
        {
            var table = DetailTable.Of(view.Query, view.Address.Tab);
            var answer = await Asking.AskAsync(table.Kql, MostRows, cancellation);
            cancellation.ThrowIfCancellationRequested();
            (_table, _answer, _isBusy) = (table, answer, false);
            StateHasChanged();
            await ShowAsync(keep: !isOther);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A newer question took over, or the page is gone.
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            (_problem, _answer, _isBusy) = (problem, null, false);
            StateHasChanged();
        }
    }

    private async Task ShowAsync(bool keep)
    {
        _version++;
        _order = AnswerText.Order(_answer!, _answer!.IndexOf(_sort), _isDescending);
        var isFirst = _self is null;
        _self ??= DotNetObjectReference.Create(this);
        var options = new
        {
            pageSize = PageSize,
            version = _version,
            total = _order.Length,
            selectable = false,
            keep,
            sort = _sort,
            descending = _isDescending,
            first = Page(0),
            columns = _table!.Columns.Select(column => new
            {
                id = column.Source,
                title = column.Kind == "date" ? $"{column.Title} ({Viewer.ZoneName})" : column.Title,
                kind = column.Kind,
                width = column.Width,
                hint = Help.Glossary.Of(column.Title),
                links = column.Kind != "badge",
                sortable = true,
            }),
        };
        await Browser.InvokeVoidAsync(isFirst ? "weir.grid.create" : "weir.grid.show", _running.Token, isFirst ? [Id, _self, options] : [Id, options]);
    }

    private DetailRow Row(int row) => new(_answer!, _answer!.Rows[row], View.Address, Viewer.Zone);

    private string[][] Page(int page) =>
        [.. _order.Skip(page * PageSize).Take(PageSize).Select(row => _table!.Columns.Select(column => column.Cell(Row(row))).ToArray())];
}

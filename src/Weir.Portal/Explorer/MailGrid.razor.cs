using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Events.Contracts;
using Weir.Portal.Shell;
using Weir.Response.Contracts;

namespace Weir.Portal.Explorer;

/// <summary>The server's half of the grid: rows by page. The browser's half draws them.</summary>
public sealed partial class MailGrid
{
    private const string Id = "messages";

    /// <summary>Pages kept here, so that opening a row does not ask again.</summary>
    private const int KeptPages = 8;

    /// <summary>Pages whose messages are remembered: who ticks a row means the message that was drawn there, whatever comes in meanwhile.</summary>
    private const int RememberedPages = 500;

    private readonly CancellationTokenSource _gone = new();
    private readonly LinkedList<(int Page, Answer Rows)> _kept = new();
    private readonly Dictionary<int, MessageTarget?[]> _drawn = [];
    private DotNetObjectReference<MailGrid>? _self;
    private RowPages? _pages;
    private IReadOnlyList<MailColumn> _columns = [];
    private int _version;
    private bool _isBusy;

    [Parameter] public bool IsHidden { get; set; }
    [Parameter] public RenderFragment? Empty { get; set; }
    [Parameter] public EventCallback<int> OnOpen { get; set; }
    [Parameter] public EventCallback<string> OnSort { get; set; }
    [Parameter] public EventCallback<GridSelection> OnSelection { get; set; }
    [Parameter] public EventCallback<Exception> OnFailure { get; set; }

    [Inject] private Viewer Viewer { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
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
    public async Task<string[][]?> LoadPage(int version, int page)
    {
        if (version != _version || _pages is null)
        {
            return null;
        }

        try
        {
            return Draw(page, await PageAsync(page, _gone.Token));
        }
        catch (QuestionException failure)
        {
            await OnFailure.InvokeAsync(failure);
            return null;
        }
    }

    [JSInvokable]
    public Task OpenRow(int index) => OnOpen.InvokeAsync(index);

    [JSInvokable]
    public Task SortBy(string column) => OnSort.InvokeAsync(column);

    [JSInvokable]
    public Task SelectionChanged(GridSelection selection) => OnSelection.InvokeAsync(selection);

    internal async Task ShowAsync(RowPages pages, IReadOnlyList<MailColumn> columns, MailColumn sort, bool isDescending, CancellationToken cancellationToken)
    {
        (_pages, _columns) = (pages, columns);
        _version++;
        _kept.Clear();
        _drawn.Clear();
        var first = pages.Total > 0 ? Draw(0, await PageAsync(0, cancellationToken)) : [];
        var options = new
        {
            pageSize = RowPages.PageSize,
            version = _version,
            total = pages.Total,
            sort = sort.Id,
            descending = isDescending,
            first,
            columns = columns.Select(column => new
            {
                id = column.Id,
                title = column.Id == "date" ? $"Date ({Viewer.ZoneName})" : column.Title,
                kind = column.Kind,
                width = column.Width,
                hint = Help.Glossary.Of(column.Title),
                sortable = true,
            }),
        };
        _isBusy = false;
        if (_self is null)
        {
            _self = DotNetObjectReference.Create(this);
            await Browser.InvokeVoidAsync("weir.grid.create", cancellationToken, Id, _self, options);
        }
        else
        {
            await Browser.InvokeVoidAsync("weir.grid.show", cancellationToken, Id, options);
        }
    }

    /// <summary>The rows as they are now, in the same columns and order, without moving anything.</summary>
    internal async Task RefreshAsync(RowPages pages, CancellationToken cancellationToken)
    {
        _pages = pages;
        _version++;
        _kept.Clear();
        _drawn.Clear();
        var first = pages.Total > 0 ? Draw(0, await PageAsync(0, cancellationToken)) : [];
        await Browser.InvokeVoidAsync("weir.grid.refresh", cancellationToken, Id, new { version = _version, total = pages.Total, first });
    }

    internal ValueTask<bool> IsAtTopAsync() => Browser.InvokeAsync<bool>("weir.grid.isAtTop", _gone.Token, Id);

    internal async Task SetBusyAsync(bool isBusy)
    {
        _isBusy = isBusy;
        await Browser.InvokeVoidAsync("weir.grid.setBusy", _gone.Token, Id, isBusy);
    }

    internal ValueTask SetOpenAsync(int index) => Browser.InvokeVoidAsync("weir.grid.setOpen", _gone.Token, Id, index);

    internal ValueTask FocusAsync() => Browser.InvokeVoidAsync("weir.grid.focus", _gone.Token, Id);

    internal ValueTask ClearSelectionAsync() => Browser.InvokeVoidAsync("weir.grid.clearSelection", _gone.Token, Id);

    /// <summary>The row at an index; nothing when it went meanwhile.</summary>
    internal async ValueTask<MailRow?> RowAsync(int index, CancellationToken cancellationToken)
    {
        if (_pages is null || index < 0 || index >= _pages.Total)
        {
            return null;
        }

        var answer = await PageAsync(index / RowPages.PageSize, cancellationToken);
        var at = index % RowPages.PageSize;
        return at < answer.Rows.Count ? new MailRow(answer, answer.Rows[at], Viewer.Zone) : null;
    }

    /// <summary>The message at an index as it was drawn; one that was not drawn yet as it is now.</summary>
    internal async ValueTask<MessageTarget?> TargetAsync(int index, CancellationToken cancellationToken) =>
        _drawn.TryGetValue(index / RowPages.PageSize, out var page) && index % RowPages.PageSize < page.Length
            ? page[index % RowPages.PageSize]
            : (await RowAsync(index, cancellationToken))?.Target;

    private async ValueTask<Answer> PageAsync(int page, CancellationToken cancellationToken)
    {
        var kept = _kept.FirstOrDefault(each => each.Page == page).Rows;
        if (kept is null && _pages is { } pages)
        {
            kept = await pages.PageAsync(page, cancellationToken);
            if (ReferenceEquals(pages, _pages))
            {
                _kept.AddFirst((page, kept));
                if (_kept.Count > KeptPages)
                {
                    _kept.RemoveLast();
                }
            }
        }

        return kept ?? new Answer([], []) { At = default };
    }

    private string[][] Draw(int page, Answer answer)
    {
        var rows = answer.Rows.Select(cells => new MailRow(answer, cells, Viewer.Zone)).ToList();
        // What was drawn first stays: its rows may be ticked.
        if (_drawn.Count < RememberedPages)
        {
            _drawn.TryAdd(page, [.. rows.Select(row => row.Target)]);
        }

        return [.. rows.Select(row => _columns.Select(column => column.Cell(row)).ToArray())];
    }
}

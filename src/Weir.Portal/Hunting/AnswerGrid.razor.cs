using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Events.Contracts;

namespace Weir.Portal.Hunting;

/// <summary>The server's half of an answer's grid.</summary>
public sealed partial class AnswerGrid
{
    private const string Id = "answer";
    private const int PageSize = 100;

    private DotNetObjectReference<AnswerGrid>? _self;
    private Answer? _shown;
    private int[] _order = [];
    private string _sort = "";
    private bool _isDescending;
    private int _version;

    [Parameter, EditorRequired] public Answer Answer { get; set; } = null!;

    /// <summary>A row was opened: its number in the answer.</summary>
    [Parameter] public EventCallback<int> OnOpen { get; set; }

    public async ValueTask DisposeAsync()
    {
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

    [JSInvokable]
    public async Task OpenRow(int index)
    {
        if (index >= 0 && index < _order.Length)
        {
            await Browser.InvokeVoidAsync("weir.grid.setOpen", Id, index);
            await OnOpen.InvokeAsync(_order[index]);
        }
    }

    [JSInvokable]
    public Task SortBy(string column)
    {
        _isDescending = _sort == column && !_isDescending;
        _sort = column;
        return ShowAsync();
    }

    /// <summary>The row that follows, or with -1 precedes, another one as they are sorted now.</summary>
    internal async Task StepAsync(int row, int by)
    {
        var at = Array.IndexOf(_order, row) + by;
        if (at >= 0 && at < _order.Length)
        {
            await OpenRow(at);
        }
    }

    internal async Task CloseRowAsync()
    {
        await Browser.InvokeVoidAsync("weir.grid.setOpen", Id, -1);
        await Browser.InvokeVoidAsync("weir.grid.focus", Id);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!ReferenceEquals(_shown, Answer))
        {
            (_shown, _sort, _isDescending) = (Answer, "", false);
            await ShowAsync();
        }
    }

    private async Task ShowAsync()
    {
        _version++;
        _order = AnswerText.Order(Answer, Answer.IndexOf(_sort), _isDescending);
        var isFirst = _self is null;
        _self ??= DotNetObjectReference.Create(this);
        var options = new
        {
            pageSize = PageSize,
            version = _version,
            total = _order.Length,
            selectable = false,
            sort = _sort,
            descending = _isDescending,
            first = Page(0),
            columns = Answer.Columns.Select((column, at) => new
            {
                id = column.Name,
                title = column.Name,
                kind = AnswerText.Kind(column),
                width = $"{AnswerText.Width(Answer, at)}px",
                sortable = true,
            }),
        };
        if (isFirst)
        {
            await Browser.InvokeVoidAsync("weir.grid.create", Id, _self, options);
        }
        else
        {
            await Browser.InvokeVoidAsync("weir.grid.show", Id, options);
        }
    }

    private string[][] Page(int page) =>
        [.. _order.Skip(page * PageSize).Take(PageSize).Select(row => Answer.Rows[row].Select(cell => AnswerText.Short(cell)).ToArray())];
}

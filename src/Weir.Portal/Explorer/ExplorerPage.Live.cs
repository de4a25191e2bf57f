using Microsoft.JSInterop;
using Weir.Portal.Shell;

namespace Weir.Portal.Explorer;

/// <summary>New rows as they come: asked for every second while the switch is on.</summary>
public sealed partial class ExplorerPage
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private CancellationTokenSource? _live;
    private long _held;

    /// <summary>Times that end in the past bring nothing new.</summary>
    private string? WhyNotLive => _shown.Range.Preset is null ? "Choose times that end now." : IsUnread ? "The filter cannot be read." : null;

    /// <summary>So many rows came that are not shown, for they would move what somebody reads or has ticked.</summary>
    private string HeldText => $"{_shown.View.Count(_held)} more";

    private void ToggleLive()
    {
        if (WhyNotLive is null || _shown.IsLive)
        {
            Go(_shown with { IsLive = !_shown.IsLive }, replace: true);
        }
    }

    /// <summary>Begins or ends to follow, as the address says.</summary>
    private void FollowOrStop()
    {
        var wanted = _shown.IsLive && WhyNotLive is null;
        if (wanted == _live is not null)
        {
            return;
        }

        _live?.Cancel();
        _live?.Dispose();
        (_live, _held) = (null, 0);
        if (wanted)
        {
            _live = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
            _ = FollowAsync(_live.Token);
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        try
        {
            using var timer = new PeriodicTimer(Beat, Time);
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await InvokeAsync(() => RefreshAsync(cancellation));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or JSDisconnectedException)
        {
            // Switched off, or the page is gone.
        }
    }

    private async Task RefreshAsync(CancellationToken cancellation)
    {
        // While a run is under way, or has failed, there is nothing to add to.
        if (_query is null || HasFailed)
        {
            return;
        }

        try
        {
            var (shown, run) = (_shown, _running.Token);
            var query = new ExplorerQuery(shown.Range.Window(Time.GetUtcNow(), Viewer.Zone), shown.Filter) { View = shown.View };
            var (chart, bins, at) = await CountAsync(query, shown, cancellation);
            if (run.IsCancellationRequested || shown != _shown)
            {
                return;
            }

            var total = bins.Sum(bin => bin.Count);
            (_countedAt, var isNew) = (at, total != _total || _held > 0);
            _held = 0;
            if (isNew)
            {
                _chart = chart;
                if (shown.Tab != DetailTab.Email)
                {
                    (_query, _total, _bins) = (query, total, bins);
                }
                else if (_selection.Count > 0 || shown.Open is not null || (_total > 0 && !await _grid.IsAtTopAsync()))
                {
                    _held = Math.Max(0, total - _total);
                }
                else
                {
                    await AddAsync(query, bins, total, cancellation);
                }
            }

            StateHasChanged();
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
            StateHasChanged();
        }
    }

    private async Task AddAsync(ExplorerQuery query, IReadOnlyList<TimeBin> bins, long total, CancellationToken cancellation)
    {
        var wasEmpty = _total == 0;
        (_query, _total, _bins) = (query, total, bins);
        var pages = new RowPages((kql, rows, token) => Asking.AskAsync(kql, rows, token), query, _shown.Order, MailColumns.Sources(_shown.Columns, _shown.Sort), bins);
        if (wasEmpty)
        {
            // The grid appears first, and then its rows.
            StateHasChanged();
            await _grid.ShowAsync(pages, _shown.Columns, _shown.Sort, _shown.IsDescending, cancellation);
            return;
        }

        await _grid.RefreshAsync(pages, cancellation);
    }

    private async Task ShowHeldAsync()
    {
        _held = 0;
        Go(_shown with { Open = null }, replace: true);
        await RunAsync();
    }
}

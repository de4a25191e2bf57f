using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Access.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Shell;
using Weir.Response.Contracts;

namespace Weir.Portal.Actions;

/// <summary>The history of actions, live while any of them runs.</summary>
public sealed partial class ActionCenterPage
{
    private const int ShownEntries = 500;

    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<Remediation>? _all;
    private IReadOnlyList<RemediationEntry> _entries = [];
    private IReadOnlyList<(string Place, int Messages)> _undoable = [];
    private Remediation? _open;
    private Caller? _caller;
    private Problem? _problem;
    private string? _shown;
    private string _reason = "";
    private bool _isUndoing;
    private bool _approves;
    private AutomationState? _automation;
    private Task _watching = Task.CompletedTask;

    /// <summary><c>pending</c>; anything else is the history.</summary>
    [Parameter] public string? Part { get; set; }

    [SupplyParameterFromQuery] public string? Action { get; set; }

    [Inject] private IRemediation Remediations { get; set; } = null!;
    [Inject] private IAutomation Automation { get; set; } = null!;
    [Inject] private CurrentCaller Current { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _watching;
        _gone.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Viewer.AskBrowserAsync(Browser, _gone.Token);
            await LoadAsync();
            _watching = WatchAsync();
        }
        else if (_shown != Action)
        {
            await LoadAsync();
        }
    }

    private bool IsPendingTab => "pending".Equals(Part, StringComparison.OrdinalIgnoreCase);

    private string Tab => IsPendingTab ? "/action-center/pending" : "/action-center/history";

    private IReadOnlyList<Remediation> Waiting => [.. (_all ?? []).Where(action => action.Status == RemediationStatus.Pending)];

    private IReadOnlyList<Remediation> Shown => IsPendingTab ? Waiting : [.. (_all ?? []).Where(action => action.Status != RemediationStatus.Pending)];

    private string Summary => _all is null ? "loading…"
        : IsPendingTab ? (Waiting.Count == 1 ? "1 action waits for approval" : $"{Waiting.Count} actions wait for approval")
        : $"History · {(Shown.Count == 1 ? "1 action" : $"{Shown.Count} actions")} in the last 90 days";

    private static string Messages(int count) => count == 1 ? "1 message" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} messages";

    private static int Done(Remediation action) => action.Succeeded + action.AlreadyThere + action.NotFound + action.Failed;

    /// <summary>The first thing that an undo does and the person may not; nothing when they may undo it.</summary>
    private string? WhyMayNotUndo(Remediation action) =>
        action.UndoNeeds.Where(needed => _caller?.Has(needed) != true).Select(PermissionWords.WhyNot).FirstOrDefault();

    private string? WhyNoUndo(Remediation action) =>
        WhyMayNotUndo(action) is { } why ? why
        : action.UndoneBy is not null ? "It was undone already."
        : PlaceWords.IsRunning(action.Status) ? "It is still running."
        : !action.CanUndo ? "This action cannot be undone."
        : null;

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
            {
                if (_all?.Any(action => PlaceWords.IsRunning(action.Status)) == true)
                {
                    await InvokeAsync(LoadAsync);
                }
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    private async Task LoadAsync()
    {
        _shown = Action;
        try
        {
            _caller = await Current.GetAsync(_gone.Token);
            _automation = await Automation.StateAsync(_caller, _gone.Token);
            _all = await Remediations.HistoryAsync(_caller, Time.GetUtcNow().AddDays(-90), _gone.Token);
            _open = Action is null ? null : await Remediations.FindAsync(_caller, Action, _gone.Token);
            _entries = _open is null ? [] : await Remediations.EntriesAsync(_caller, _open.ApprovalId, ShownEntries, _gone.Token);
            _problem = null;
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }

        StateHasChanged();
    }

    private void Open(string approvalId) => Navigation.NavigateTo($"{Tab}?action={Uri.EscapeDataString(approvalId)}", replace: true);

    private void Close() => Navigation.NavigateTo(Tab, replace: true);

    private async Task SetAutomationAsync(bool isOn)
    {
        try
        {
            await Automation.SetAsync(await Current.GetAsync(_gone.Token), isOn, _gone.Token);
            await LoadAsync();
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    private async Task AskForDecisionAsync(bool approves)
    {
        (_reason, _approves) = ("", approves);
        await Browser.InvokeVoidAsync("weir.openDialog", _gone.Token, "decide-dialog");
    }

    private async Task CloseDecisionAsync() => await Browser.InvokeVoidAsync("weir.closeDialog", _gone.Token, "decide-dialog");

    private async Task DecideAsync()
    {
        if (_isUndoing || _open is not { } open)
        {
            return;
        }

        _isUndoing = true;
        try
        {
            var caller = await Current.GetAsync(_gone.Token) with { Reason = _reason.Trim() is { Length: > 0 } reason ? reason : null };
            await (_approves ? Remediations.ApproveAsync(caller, open.ApprovalId, _gone.Token) : Remediations.RejectAsync(caller, open.ApprovalId, _gone.Token));
            Navigation.NavigateTo($"/action-center/history?action={Uri.EscapeDataString(open.ApprovalId)}", replace: true);
            await LoadAsync();
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
        finally
        {
            _isUndoing = false;
            await CloseDecisionAsync();
        }
    }

    private async Task AskForUndoAsync()
    {
        if (_open is not { } open)
        {
            return;
        }

        _reason = "";
        _undoable = await Remediations.UndoablePlacesAsync(await Current.GetAsync(_gone.Token), open.ApprovalId, _gone.Token);
        await Browser.InvokeVoidAsync("weir.openDialog", _gone.Token, "undo-dialog");
    }

    private async Task CloseUndoAsync() => await Browser.InvokeVoidAsync("weir.closeDialog", _gone.Token, "undo-dialog");

    private async Task UndoAsync()
    {
        if (_isUndoing || _open is not { } open)
        {
            return;
        }

        _isUndoing = true;
        try
        {
            var caller = await Current.GetAsync(_gone.Token);
            Open(await Remediations.UndoAsync(caller with { Reason = _reason.Trim() is { Length: > 0 } reason ? reason : $"Undo of {open.Name}" }, open.ApprovalId, _gone.Token));
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
        finally
        {
            _isUndoing = false;
            await CloseUndoAsync();
        }
    }
}

using Microsoft.AspNetCore.Components;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Hunting;
using Weir.Portal.Shell;

namespace Weir.Portal.Explorer;

/// <summary>What is kept of a view: queries under a name, files, and questions that are too long for an address.</summary>
public sealed partial class ExplorerPage
{
    private SaveQueryDialog _saveDialog = null!;
    private SavedQueryList? _saved;
    private bool _showsSaved;
    private bool _isExporting;
    private IReadOnlyList<TimeBin> _bins = [];
    private string _savedAs = "";

    [Inject] private IExports Exports { get; set; } = null!;
    [Inject] private IAuditTrail Audit { get; set; } = null!;
    [Inject] private ISavedQueries Queries { get; set; } = null!;
    [Inject] private IKeptTexts Kept { get; set; } = null!;

    private void ToggleSaved() => _showsSaved = !_showsSaved;

    private async Task SaveAsync()
    {
        try
        {
            var kept = _shown.Saved is null ? [] : await Queries.ListAsync(await Current.GetAsync(_gone.Token), _gone.Token);
            var query = new ExplorerQuery(DraftWindow, _draft.Filter) { View = _draft.View };
            await _saveDialog.OpenAsync(kept.FirstOrDefault(each => each.Id == _shown.Saved), query.Messages() is { Length: <= 20_000 } kql ? kql : "", _draft, DraftWindow);
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    /// <summary>Name, description and sharing of a kept query; what it shows stays.</summary>
    private Task ChangeSavedAsync(SavedQuery query) => _saveDialog.OpenAsync(query, query.Text.Kql);

    private async Task AfterSavedAsync(string name)
    {
        (_savedAs, _showsSaved) = ($"saved as “{name}”", true);
        await (_saved?.LoadAsync() ?? Task.CompletedTask);
        var all = await Queries.ListAsync(await Current.GetAsync(_gone.Token), _gone.Token);
        if (all.FirstOrDefault(query => query.IsOwn && query.Text.Name == name && query.Text.Address.Length > 0) is { } mine)
        {
            // The next Save changes it instead of making another.
            Go(_draft with { Saved = mine.Id, Open = null }, replace: true);
        }
    }

    private async Task ExportAsync()
    {
        try
        {
            var caller = await Current.GetAsync(_gone.Token);
            await Audit.RecordAsync(caller, new AuditEntry(_shown.Tab == DetailTab.Email ? "ExportMessages" : "ExportRows", _shown.Tab == DetailTab.Email ? null : _shown.Tab.Name, "Success"), _gone.Token);
            await Exports.StartAsync(caller, MailLines.Order(_shown, Shown, _bins, Time.GetUtcNow(), Viewer.Zone), _gone.Token);
            _isExporting = true;
        }
        catch (InvalidOperationException exception)
        {
            _problem = new Problem(exception.Message, "");
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    private async Task OpenLongKqlAsync() =>
        Navigation.NavigateTo(HuntingPage.TextAddress(await Kept.KeepAsync(await Current.GetAsync(_gone.Token), Kql, _gone.Token)), forceLoad: true);
}

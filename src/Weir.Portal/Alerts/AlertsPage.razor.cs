using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Portal.Shell;

namespace Weir.Portal.Alerts;

/// <summary>What was raised, the newest first, and what each alert speaks of.</summary>
public sealed partial class AlertsPage
{
    private const string Usual = "7d";

    private IReadOnlyList<AlertRecord>? _alerts;
    private IReadOnlyList<AlertedThing> _things = [];
    private AlertRecord? _open;
    private Problem? _problem;
    private string _words = "";
    private string? _shown;
    private bool _isCut;
    private bool _isLost;

    [Parameter] public string? Id { get; set; }

    [SupplyParameterFromQuery] public string? Span { get; set; }
    [SupplyParameterFromQuery] public string? Severity { get; set; }
    [SupplyParameterFromQuery] public string? Find { get; set; }

    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Asking Asking { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;

    private string Kql => AlertQuestions.List(Span ?? Usual, Severity ?? "", Find ?? "");

    private bool IsNarrowed => Severity is { Length: > 0 } || Find is { Length: > 0 } || Span is "1d";

    private string Summary => _alerts is null ? "loading…" : _alerts.Count == 1 ? "1 alert" : $"{_alerts.Count}{(_isCut ? "+" : "")} alerts";

    protected override void OnParametersSet()
    {
        // What an address brings is shown only when the page knows it.
        Span = Span is "1d" or "7d" or "30d" or "90d" ? Span : Usual;
        Severity = Severity is { } severity && AlertRecord.Severities.Contains(severity, StringComparer.Ordinal) ? severity : null;
        _words = Find ?? "";
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Viewer.AskBrowserAsync(Browser, CancellationToken.None);
        }

        if (_shown != Address(Id))
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        _shown = Address(Id);
        try
        {
            var answer = await Asking.AskAsync(Kql, AlertQuestions.Shown, CancellationToken.None);
            (_alerts, _isCut) = (AlertQuestions.Alerts(answer), answer.IsTruncated);
            _open = Id is { Length: > 0 } id && AlertQuestions.Alerts(await Asking.AskAsync(AlertQuestions.One(id), 1, CancellationToken.None)) is [var one, ..] ? one : null;
            _things = _open is { } open ? AlertQuestions.Things(await Asking.AskAsync(AlertQuestions.Evidence(open.Id), 1_000, CancellationToken.None)) : [];
            (_isLost, _problem) = (Id is { Length: > 0 } && _open is null, null);
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    private static string Of(ChangeEventArgs change) => change.Value as string ?? "";

    private void Search() => Go(find: _words.Trim());

    private void Close() => Navigation.NavigateTo(Address(null));

    private void Go(string? span = null, string? severity = null, string? find = null) => Navigation.NavigateTo(Address(Id, span, severity, find));

    private string Address(string? id, string? span = null, string? severity = null, string? find = null) =>
        Navigation.GetUriWithQueryParameters(
            $"/alerts{(id is { Length: > 0 } ? "/" + Uri.EscapeDataString(id) : "")}",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Span)] = (span ?? Span) is var wide && wide == Usual ? null : wide,
                [nameof(Severity)] = (severity ?? Severity) is { Length: > 0 } some ? some : null,
                [nameof(Find)] = (find ?? Find) is { Length: > 0 } words ? words : null,
            });
}

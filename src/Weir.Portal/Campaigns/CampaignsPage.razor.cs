using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Portal.Shell;

namespace Weir.Portal.Campaigns;

/// <summary>Campaigns of a time, the largest first.</summary>
public sealed partial class CampaignsPage
{
    private const string Usual = "30d";

    private IReadOnlyList<CampaignRecord>? _campaigns;
    private Problem? _problem;
    private string _words = "";
    private string? _shown;
    private bool _isCut;

    [SupplyParameterFromQuery] public string? Span { get; set; }
    [SupplyParameterFromQuery] public string? Type { get; set; }
    [SupplyParameterFromQuery] public string? Find { get; set; }

    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Asking Asking { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;

    private string Kql => CampaignQuestions.List(Span ?? Usual, Type ?? "", Find ?? "");

    private bool IsNarrowed => Type is { Length: > 0 } || Find is { Length: > 0 } || Span is "1d" or "7d";

    private string Summary => _campaigns is null ? "loading…" : _campaigns.Count == 1 ? "1 campaign" : $"{_campaigns.Count}{(_isCut ? "+" : "")} campaigns";

    protected override void OnParametersSet()
    {
        // What an address brings is shown only when the page knows it.
        Span = Span is "1d" or "7d" or "30d" or "90d" ? Span : Usual;
        Type = Type is { } type && CampaignQuestions.Types.Contains(type, StringComparer.Ordinal) ? type : null;
        _words = Find ?? "";
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Viewer.AskBrowserAsync(Browser, CancellationToken.None);
        }

        if (_shown != Kql)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        _shown = Kql;
        try
        {
            var answer = await Asking.AskAsync(Kql, CampaignQuestions.Shown, CancellationToken.None);
            (_campaigns, _isCut, _problem) = (CampaignQuestions.Campaigns(answer), answer.IsTruncated, null);
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    private static string Of(ChangeEventArgs change) => change.Value as string ?? "";

    private void Search() => Go(find: _words.Trim());

    private void Go(string? span = null, string? type = null, string? find = null) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(
        "/campaigns",
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(Span)] = (span ?? Span) is var wide && wide == Usual ? null : wide,
            [nameof(Type)] = (type ?? Type) is { Length: > 0 } some ? some : null,
            [nameof(Find)] = (find ?? Find) is { Length: > 0 } words ? words : null,
        }));
}

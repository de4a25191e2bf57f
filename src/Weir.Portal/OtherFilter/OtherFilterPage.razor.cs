using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Detection.Contracts;
using Weir.Portal.Shell;

namespace Weir.Portal.OtherFilter;

/// <summary>Where Weir and the filter beside it agree, where they do not, and on which messages.</summary>
public sealed partial class OtherFilterPage
{
    private const string Usual = "7d";

    private static readonly string[] Order = ["Malware", "High confidence phish", "Phish", "Spam", "Bulk", "Clean"];

    private IReadOnlyDictionary<string, long>? _counts;
    private IReadOnlyDictionary<string, (long Bad, long Good)> _verdicts = new Dictionary<string, (long Bad, long Good)>(StringComparer.Ordinal);
    private IReadOnlyList<ComparedMessage> _messages = [];
    private IReadOnlyList<string> _filters = [];
    private Problem? _problem;
    private string? _shown;

    [SupplyParameterFromQuery] public string? Span { get; set; }
    [SupplyParameterFromQuery] public string? Show { get; set; }

    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Asking Asking { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;

    /// <summary>What an address asks for; else the first kind of difference that there is.</summary>
    private string Chosen => Show ?? (_counts?.GetValueOrDefault("Only Weir") is 0 && _counts.GetValueOrDefault("Only the other filter") > 0 ? "Only the other filter" : "Only Weir");

    private string Kql => OtherFilterQuestions.Messages(Span ?? Usual, Chosen);

    private string FilterNames => _filters.Count > 0 ? string.Join(" and ", _filters) : "Other filter";

    private string Summary => _counts is null ? "loading…"
        : _counts.Values.Sum() is var all && all == 0 ? "0 messages judged by both"
        : $"{Number(all)} messages judged by both; they agree on {Number(_counts.GetValueOrDefault("Both bad") + _counts.GetValueOrDefault("Both good"))}";

    protected override void OnParametersSet()
    {
        // What an address brings is shown only when the page knows it.
        Span = Span is "1d" or "7d" or "30d" or "90d" ? Span : Usual;
        Show = Show is { } show && OtherFilterQuestions.Agreements.Contains(show, StringComparer.Ordinal) ? show : null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Viewer.AskBrowserAsync(Browser, CancellationToken.None);
        }

        if (_shown != Address())
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        _shown = Address();
        try
        {
            var counts = await Asking.AskAsync(OtherFilterQuestions.Counts(Span ?? Usual), 100, CancellationToken.None);
            (_counts, _filters) = (OtherFilterQuestions.Counts(counts), OtherFilterQuestions.Filters(counts));
            _verdicts = OtherFilterQuestions.Verdicts(await Asking.AskAsync(OtherFilterQuestions.Verdicts(Span ?? Usual), 100, CancellationToken.None));
            _messages = OtherFilterQuestions.Messages(await Asking.AskAsync(Kql, OtherFilterQuestions.Shown, CancellationToken.None));
            _problem = null;
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    private RenderFragment Cell(string agreement) => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", Address(show: agreement));
        builder.AddAttribute(2, "data-testid", "cell-" + agreement.ToLowerInvariant().Replace(' ', '-'));
        builder.AddAttribute(3, "aria-label", $"{agreement}: {Number(_counts!.GetValueOrDefault(agreement))}");
        builder.AddAttribute(4, "aria-current", agreement == Chosen ? "true" : null);
        builder.AddContent(5, Number(_counts!.GetValueOrDefault(agreement)));
        builder.CloseElement();
    };

    private string Dangerous(Func<(long Bad, long Good), long> of) => Number(Order.Take(3).Sum(verdict => of(_verdicts.GetValueOrDefault(verdict))));

    private static string Titles(string because) => string.Join(", ", because.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(SignalTitles.Of));

    private static string Number(long number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    private void Go(string? span) => Navigation.NavigateTo(Address(span));

    private string Address(string? span = null, string? show = null) => Navigation.GetUriWithQueryParameters(
        "/other-filter",
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(Span)] = (span ?? Span) is var wide && wide == Usual ? null : wide,
            [nameof(Show)] = (show ?? Show) is { Length: > 0 } some && some != "Only Weir" ? some : null,
        });
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Events.Contracts;
using Weir.Portal.Emails;
using Weir.Portal.Explorer;
using Weir.Portal.Hunting;
using Weir.Portal.Shell;

namespace Weir.Portal.Campaigns;

/// <summary>One campaign: its impact, its course, who sent it from where, what it carries, who followed its links, and what holds it together.</summary>
public sealed partial class CampaignPage
{
    private const int MostRows = 500;

    private CampaignRecord? _campaign;
    private AnswerChart? _chart;
    private CampaignFlow? _flow;
    private Answer? _answer;
    private Problem? _problem;
    private (string?, string?) _shown;
    private bool _isLoaded;

    [Parameter] public string Id { get; set; } = "";
    [SupplyParameterFromQuery] public string? Tab { get; set; }

    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Asking Asking { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;

    private CampaignTab Open => CampaignQuestions.Tabs(_campaign?.Id ?? Id) is var tabs && tabs.FirstOrDefault(tab => tab.Id == Tab) is { } chosen ? chosen : tabs[0];

    private string Rows => _answer switch
    {
        null => "loading…",
        { Rows.Count: 0 } => "Nothing.",
        { Rows.Count: 1 } => "1 row",
        { IsTruncated: true } => $"The first {MostRows} rows; Export has all",
        { Rows.Count: var count } => $"{count} rows",
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Viewer.AskBrowserAsync(Browser, CancellationToken.None);
        }

        if (_shown != (Id, Tab))
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        var isOther = _shown.Item1 != Id || _campaign is null;
        _shown = (Id, Tab);
        try
        {
            if (isOther)
            {
                var merged = await Asking.AskAsync(CampaignQuestions.MergedInto(Id), 1, CancellationToken.None);
                var now = merged.Rows is [[string { Length: > 0 } into]] ? into : Id;
                _campaign = CampaignQuestions.Campaigns(await Asking.AskAsync(CampaignQuestions.One(now), 1, CancellationToken.None)) is [var found] ? found : null;
                _chart = _campaign is null ? null : AnswerChart.Of(await Asking.AskAsync(CampaignQuestions.Chart(_campaign), 2_000, CancellationToken.None));
                _flow = _campaign is null ? null : CampaignFlow.Of(await Asking.AskAsync(CampaignQuestions.Flow(_campaign.Id), 10_000, CancellationToken.None));
            }

            _answer = _campaign is null ? null : await Asking.AskAsync(Open.Kql, MostRows, CancellationToken.None);
            _problem = null;
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }

        _isLoaded = true;
    }

    private void Show(string tab)
    {
        _answer = null;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(nameof(Tab), tab), replace: true);
    }

    /// <summary>The campaign's messages in Explorer.</summary>
    private string Explore(params Condition[] more) => _campaign is not { } campaign ? "/explorer" : new ExplorerAddress
    {
        Range = new TimeRange(Preset: null, campaign.First.AddMinutes(-1), campaign.Last.AddMinutes(1)),
        Filter = new ConditionGroup(IsAny: false, IsNegated: false, [new ConditionTest("campaign", ConditionOperator.Is, [campaign.Id]), .. more]),
    }.Write();

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Ids stand behind links.</summary>
    private static IEnumerable<int> Columns(Answer answer) => Enumerable.Range(0, answer.Columns.Count).Where(at => answer.Columns[at].Name != "NetworkMessageId");

    private static bool IsNumber(Answer answer, int column) => answer.Columns[column].Type is "long" or "int" or "real";

    private string Cell(object? cell) => cell is DateTime at ? Viewer.Format(new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc))) : SafeText.Of(CsvText.Of(cell));

    private string? LinkOf(Answer answer, object?[] row, int column) => answer.Columns[column].Name switch
    {
        "Subject" when answer.IndexOf("NetworkMessageId") is >= 0 and var id && row[id] is string message && row[answer.IndexOf("Timestamp")] is DateTime at =>
            EmailAddress.Of(message, row[answer.IndexOf("Recipient")] as string ?? "", new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)), back: BackAddress.Here(Navigation)),
        "MAIL FROM" => PivotAddress.Of("mailFrom", CsvText.Of(row[column])),
        "Sender IP" => PivotAddress.Of("senderIp", CsvText.Of(row[column])),
        "Domain" => PivotAddress.Of("urlDomain", CsvText.Of(row[column])),
        "SHA256" => PivotAddress.Of("sha256", CsvText.Of(row[column])),
        _ => null,
    };
}

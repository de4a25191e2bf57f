using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Kql.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Emails;
using Weir.Portal.Shell;

namespace Weir.Portal.Hunting;

/// <summary>A query in KQL and its answer. The address holds the query that was run.</summary>
public sealed partial class HuntingPage
{
    private const int MaxRows = 100_000;

    /// <summary>A longer query is kept on the server and named by its address.</summary>
    internal const int LongestInAddress = 4_000;

    /// <summary>Characters of a query that the audit trail keeps, as for the command line.</summary>
    private const int LongestDetail = 2_000;

    private CancellationTokenSource _running = new();
    private DotNetObjectReference<HuntingPage>? _self;
    private AnswerGrid? _grid;
    private SaveQueryDialog _saveDialog = null!;
    private SavedQueryList? _saved;
    private AnswerChart? _chart;
    private bool _hidesChart;
    private bool _showsSaved;
    private string _savedAs = "";
    private Answer? _answer;
    private QuestionException? _wrong;
    private Problem? _problem;
    private string _text = "";
    private string _shown = "";
    private TimeSpan _took;
    private int? _open;
    private bool _isRunning;
    private bool _isStarted;

    [SupplyParameterFromQuery] public string? Query { get; set; }

    /// <summary>Name of the kept text that is the query, when it is too long for an address.</summary>
    [SupplyParameterFromQuery] public string? Text { get; set; }

    /// <summary>Id of the kept query that this one was.</summary>
    [SupplyParameterFromQuery] public string? Saved { get; set; }

    [Inject] private ISavedQueries Queries { get; set; } = null!;
    [Inject] private IKeptTexts Kept { get; set; } = null!;
    [Inject] private IAuditTrail Audit { get; set; } = null!;
    [Inject] private CurrentCaller Current { get; set; } = null!;
    [Inject] private Asking Asking { get; set; } = null!;
    [Inject] private IHuntingCatalogue Catalogue { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;

    private string Summary => _answer is not { } answer ? "KQL over the tables of the record"
        : $"{(answer.IsTruncated ? $"The first {answer.Rows.Count:N0} rows; there are more, Export has all" : answer.Rows.Count == 1 ? "1 row" : $"{answer.Rows.Count:N0} rows")} · {_took.TotalMilliseconds:N0} ms · answered {Viewer.Format(answer.At)[11..]}";

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
            await Browser.InvokeVoidAsync("weir.editor.dispose", CancellationToken.None, "kql");
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the editor with it.
        }

        _self.Dispose();
    }

    /// <summary>What is wrong with a text, for the editor.</summary>
    [JSInvokable]
    public IReadOnlyList<CatalogueProblem> Check(string text) => string.IsNullOrWhiteSpace(text) ? [] : Catalogue.Check(text);

    protected override async Task OnParametersSetAsync()
    {
        var query = Text is { Length: > 0 } name && await Current.FindAsync(CancellationToken.None) is { } caller ? await Kept.FindAsync(caller, name, CancellationToken.None) : Query;
        if ((query ?? "") != _shown)
        {
            _shown = _text = query ?? "";
            if (_isStarted)
            {
                await Browser.InvokeVoidAsync("weir.editor.setText", CancellationToken.None, "kql", _text);
                await RunAsync();
            }
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _isStarted = true;
            _self = DotNetObjectReference.Create(this);
            await Viewer.AskBrowserAsync(Browser, CancellationToken.None);
            var catalogue = new { tables = Catalogue.Tables, functions = KqlCatalogue.Functions, operators = KqlCatalogue.Operators };
            await Task.WhenAll(Browser.InvokeVoidAsync("weir.editor.create", CancellationToken.None, "kql", _self, catalogue).AsTask(), RunAsync());
        }
    }

    /// <param name="saved">Id of the kept query that it is.</param>
    internal static string Address(string kql, string? saved = null) =>
        $"/hunting?query={Uri.EscapeDataString(kql)}{(saved is null ? "" : $"&saved={Uri.EscapeDataString(saved)}")}";

    /// <summary>The address of a kept text.</summary>
    internal static string TextAddress(string name) => $"/hunting?text={name}";

    private string? EntityOf(Answer answer, object?[] row)
    {
        object? Cell(string name) => answer.IndexOf(name) is >= 0 and var at ? row[at] : null;
        var at = Cell("Timestamp") is DateTime time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : default;
        return Cell("NetworkMessageId") is string { Length: > 0 } id ? EmailAddress.Of(id, Cell("RecipientEmailAddress") as string ?? "", at, back: BackAddress.Here(Navigation)) : null;
    }

    private void OpenRow(int row) => (_open, _showsSaved) = (row, false);

    private void ToggleSaved() => _showsSaved = !_showsSaved;

    private async Task SaveAsync()
    {
        try
        {
            var kept = Saved is null ? [] : await Queries.ListAsync(await Current.GetAsync(CancellationToken.None), CancellationToken.None);
            await _saveDialog.OpenAsync(kept.FirstOrDefault(query => query.Id == Saved), _text);
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    /// <summary>Name, description and sharing of a kept query; its text stays.</summary>
    private Task ChangeAsync(SavedQuery query) => _saveDialog.OpenAsync(query, query.Text.Kql);

    private async Task AfterSavedAsync(string name)
    {
        (_savedAs, _showsSaved) = (name, true);
        await (_saved?.LoadAsync() ?? Task.CompletedTask);
        var kept = await Queries.ListAsync(await Current.GetAsync(CancellationToken.None), CancellationToken.None);
        if (_shown.Length > 0 && kept.FirstOrDefault(query => query.IsOwn && query.Text.Name == name && query.Text.Kql == _text) is { } mine)
        {
            // The next Save changes it instead of making another.
            Navigation.NavigateTo(Address(_shown, mine.Id), replace: true);
        }
    }

    private Task CloseRow()
    {
        _open = null;
        return _grid?.CloseRowAsync() ?? Task.CompletedTask;
    }

    private async Task GoToAsync(QuestionException wrong) => await Browser.InvokeVoidAsync("weir.editor.goTo", CancellationToken.None, "kql", wrong.Line, wrong.Column);

    private async Task Run()
    {
        if (_text == _shown)
        {
            await RunAsync();
            return;
        }

        Navigation.NavigateTo(_text.Length > LongestInAddress && _text.Length <= IKeptTexts.Longest
            ? TextAddress(await Kept.KeepAsync(await Current.GetAsync(CancellationToken.None), _text, CancellationToken.None))
            : Address(_text, Saved));
    }

    private async Task RunAsync()
    {
        await _running.CancelAsync();
        _running.Dispose();
        _running = new CancellationTokenSource();
        var cancellation = _running.Token;
        (_wrong, _problem, _open, _savedAs) = (null, null, null, "");
        if (string.IsNullOrWhiteSpace(_shown))
        {
            (_answer, _chart) = (null, null);
            return;
        }

        _isRunning = true;
        StateHasChanged();
        var started = Time.GetTimestamp();
        try
        {
            await Audit.RecordAsync(await Current.GetAsync(cancellation), new AuditEntry("AdvancedHunting", Target: null, "Success", _shown.Length <= LongestDetail ? _shown : _shown[..LongestDetail]), cancellation);
            _answer = await Asking.AskAsync(_shown, MaxRows, cancellation);
            _chart = AnswerChart.Of(_answer);
            _took = Time.GetElapsedTime(started);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Cancelled, or another query runs: what was answered before stays.
        }
        catch (QuestionException exception)
        {
            _wrong = exception;
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }

        if (_running.Token == cancellation)
        {
            _isRunning = false;
            StateHasChanged();
        }
    }
}

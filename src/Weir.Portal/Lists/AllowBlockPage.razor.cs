using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Access.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Shell;

namespace Weir.Portal.Lists;

/// <summary>The entries of one kind, a page at a time; what is searched, filtered and sorted stands in the address.</summary>
public sealed partial class AllowBlockPage
{
    private const int Shown = 100;

    private readonly HashSet<long> _chosen = [];
    private EntryPage? _page;
    private IReadOnlyDictionary<long, LetIn> _letIn = new Dictionary<long, LetIn>();
    private IReadOnlyList<long> _removed = [];
    private EntryDialog _dialog = null!;
    private PasteDialog _paste = null!;
    private Problem? _problem;
    private string? _whyNot = "One moment…";
    private string? _said;
    private string? _shown;
    private string _words = "";
    private bool _isPrefilled;

    [SupplyParameterFromQuery] public string? Tab { get; set; }
    [SupplyParameterFromQuery] public string? Find { get; set; }
    [SupplyParameterFromQuery] public string? Action { get; set; }
    [SupplyParameterFromQuery] public string? State { get; set; }
    [SupplyParameterFromQuery] public string? Sort { get; set; }
    [SupplyParameterFromQuery] public bool Up { get; set; }
    [SupplyParameterFromQuery] public int Page { get; set; }

    /// <summary>Opens the dialog for a new block of this kind.</summary>
    [SupplyParameterFromQuery] public string? Add { get; set; }

    [SupplyParameterFromQuery] public string? Value { get; set; }

    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private IAllowBlockEntries Entries { get; set; } = null!;
    [Inject] private IEntryEffects Effects { get; set; } = null!;
    [Inject] private CurrentCaller Current { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;

    private EntryOrder Order => Enum.TryParse<EntryOrder>(Sort, out var order) && Enum.IsDefined(order) ? order : EntryOrder.Modified;

    private bool IsNarrowed => Find is { Length: > 0 } || Action is not null || State is not null;

    private string Summary => _page is null ? "loading…" : $"{ListWords.Number(_page.Counts.Values.Sum())} {(_page.Counts.Values.Sum() == 1 ? "entry" : "entries")}{(IsNarrowed ? " that fit" : "")}";

    protected override void OnParametersSet()
    {
        // What an address brings is shown only when the page knows it.
        Tab = ListWords.Tabs.Any(tab => tab.Id == Tab) ? Tab : "senders";
        Action = Action is "allow" or "block" ? Action : null;
        State = State is "inforce" or "expiring" or "expired" ? State : null;
        Page = Math.Max(0, Page);
        _words = Find ?? "";
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

        if (!_isPrefilled && Add is { Length: > 0 } && _whyNot is null)
        {
            _isPrefilled = true;
            await _dialog.OpenAsync(EntryLines.KindOf(Add) ?? EntryKind.SenderDomain, Value ?? "");
        }
    }

    private async Task LoadAsync()
    {
        _shown = Address();
        try
        {
            var caller = await Current.GetAsync(CancellationToken.None);
            _whyNot = caller.Has(Permission.DetectionTuningManage) ? null : PermissionWords.WhyNot(Permission.DetectionTuningManage);
            _page = await Entries.ListAsync(
                caller,
                new EntryQuery
                {
                    Kinds = ListWords.Tabs.First(tab => tab.Id == Tab).Kinds,
                    Text = Find ?? "",
                    IsAllow = Action is null ? null : Action == "allow",
                    State = State switch { "inforce" => EntryState.InForce, "expiring" => EntryState.Expiring, "expired" => EntryState.Expired, _ => null },
                    Order = Order,
                    IsDescending = !Up,
                    Skip = Page * Shown,
                    Take = Shown,
                },
                CancellationToken.None);
            _problem = null;
            _letIn = caller.Has(Permission.EmailMetadataRead) ? await Effects.LetInAsync(caller, CancellationToken.None) : _letIn;
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    private Task AddAsync() => _dialog.OpenAsync(ListWords.Tabs.First(tab => tab.Id == Tab).Kinds[0], "");

    private Task EditAsync(ListedEntry entry) => _dialog.OpenAsync(entry);

    private async Task SavedAsync(ListedEntry saved)
    {
        (_said, _removed) = ($"{saved.Entry.Value} is {(saved.Entry.IsAllow ? "allowed" : "blocked")}, in force now. Stored mail that has it is judged again; what that moves is in the Action center.", []);
        await ShowTabAsync(ListWords.TabOf(saved.Entry.Kind));
    }

    private async Task AddedAsync(AddedLines added)
    {
        (_said, _removed) = ($"{ListWords.Number(added.Added)} added{(added.Added > 0 ? ", in force now. Stored mail that has them is judged again; what that moves is in the Action center" : "")}.{(added.AlreadyThere > 0 ? $" {ListWords.Number(added.AlreadyThere)} were there already." : "")}", []);
        await LoadAsync();
    }

    private async Task ShowTabAsync(string tab)
    {
        if (tab == Tab && Add is null)
        {
            await LoadAsync();
        }
        else
        {
            // Without what prefilled the dialog the address may be the one shown already: what it lists is other than before.
            _shown = null;
            Navigation.NavigateTo(Address(tab: tab, page: 0));
        }
    }

    private async Task RemoveAsync(IReadOnlyList<long> ids) => await ChangeAsync(async caller =>
    {
        var count = await Entries.RemoveAsync(caller, ids, CancellationToken.None);
        _chosen.ExceptWith(ids);
        (_said, _removed) = ($"{(count == 1 ? "1 entry was" : $"{ListWords.Number(count)} entries were")} taken out.", ids);
    });

    private async Task UndoAsync() => await ChangeAsync(async caller =>
    {
        var count = await Entries.RestoreAsync(caller, _removed, CancellationToken.None);
        (_said, _removed) = ($"{(count == 1 ? "1 entry is" : $"{ListWords.Number(count)} entries are")} back.", []);
    });

    private async Task ChangeAsync(Func<Caller, Task> change)
    {
        try
        {
            await change(await Current.GetAsync(CancellationToken.None));
            await LoadAsync();
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    private void Choose(long id)
    {
        if (!_chosen.Remove(id))
        {
            _chosen.Add(id);
        }
    }

    private void ChooseAll(ChangeEventArgs change)
    {
        var ids = _page?.Entries.Select(entry => entry.Entry.Id) ?? [];
        if (change.Value is true)
        {
            _chosen.UnionWith(ids);
        }
        else
        {
            _chosen.ExceptWith(ids);
        }
    }

    private static string Of(ChangeEventArgs change) => change.Value as string ?? "";

    private static string Hunt(string kql) => $"/hunting?query={Uri.EscapeDataString(kql)}";

    private string Mark(EntryOrder order) => order != Order ? "" : Up ? " ↑" : " ↓";

    private string Sorted(EntryOrder order) => Address(sort: order, up: order == Order ? !Up : order is EntryOrder.Value or EntryOrder.ModifiedBy, page: 0);

    private void Go(string? find = null, string? action = null, string? state = null, int? page = null) => Navigation.NavigateTo(Address(find: find, action: action, state: state, page: page));

    private string Address(string? tab = null, string? find = null, string? action = null, string? state = null, EntryOrder? sort = null, bool? up = null, int? page = null) =>
        Navigation.GetUriWithQueryParameters(
            "/allow-block",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Tab)] = tab ?? Tab,
                [nameof(Find)] = (find ?? Find) is { Length: > 0 } words ? words : null,
                [nameof(Action)] = (action ?? Action) is { Length: > 0 } one ? one : null,
                [nameof(State)] = (state ?? State) is { Length: > 0 } kept ? kept : null,
                [nameof(Sort)] = (sort ?? Order) is var order && order == EntryOrder.Modified ? null : order.ToString(),
                [nameof(Up)] = (up ?? Up) ? true : null,
                [nameof(Page)] = (page ?? Page) is > 0 and var number ? number : null,
            });
}

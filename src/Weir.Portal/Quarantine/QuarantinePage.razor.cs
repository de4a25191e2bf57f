using System.Globalization;
using System.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Weir.Access.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Shell;
using Weir.Response.Contracts;

namespace Weir.Portal.Quarantine;

/// <summary>Held mail, a page at a time; what is searched, filtered, sorted and open stands in the address.</summary>
public sealed partial class QuarantinePage : IDisposable
{
    /// <summary>Ten minutes; a mail server that is down for longer is for a later visit.</summary>
    private const int Looks = 80;
    private const int QuickLooks = 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookLater = TimeSpan.FromSeconds(10);

    private readonly HashSet<HeldKey> _chosen = [];
    private QuarantineView _view = new();
    private FilterDraft _draft = new();
    private HeldPage? _page;
    private ReleaseDialog _release = null!;
    private DenyDialog _deny = null!;
    private DeleteDialog _delete = null!;
    private Problem? _problem;
    private string? _whyNot = "One moment…";
    private string? _said;
    private string? _shown;
    private string _approval = "";
    private string _find = "";
    private int _version;
    private bool _isAll;
    private bool _isGone;
    private bool _isBusy;
    private bool _isGood = true;
    private bool _isWide;

    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private IQuarantine Quarantine { get; set; } = null!;
    [Inject] private CurrentCaller Current { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;

    private int Chosen => _chosen.Count;

    private string? WhyNoBulk => _whyNot ?? (Chosen == 0 ? "Select messages first." : null);

    private string Summary => _page is null ? "loading…" : $"{Number(_page.Total)} {(_page.Total == 1 ? "message" : "messages")}{(_view.IsNarrowed ? " that fit" : " of the last 7 days")}";

    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        _isGone = true;
    }

    protected override void OnInitialized()
    {
        Navigation.LocationChanged += Moved;
        Read();
        _isWide = _view.Filters > (_view.Statuses.Count == 1 ? 1 : 0) + (_view.Reasons.Count == 1 ? 1 : 0);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Viewer.AskBrowserAsync(Browser, CancellationToken.None);
        }

        if (_shown != Searched)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private string Searched => (_view with { Open = "" }).Address();

    private void Moved(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        if (new Uri(Navigation.Uri).AbsolutePath == "/quarantine")
        {
            Read();
            StateHasChanged();
        }
    });

    private void Read()
    {
        var query = HttpUtility.ParseQueryString(new Uri(Navigation.Uri).Query);
        _view = QuarantineView.Of(name => query[name]);
        _find = _view.Find;
        _draft = FilterDraft.Of(_view);
    }

    private async Task LoadAsync()
    {
        _shown = Searched;
        _isBusy = true;
        try
        {
            var caller = await Current.GetAsync(CancellationToken.None);
            _whyNot = caller.Has(Permission.QuarantineManage) ? null : PermissionWords.WhyNot(Permission.QuarantineManage);
            var page = await Quarantine.ListAsync(caller, _view.Query(Time.GetUtcNow(), Viewer.Zone), CancellationToken.None);
            (_page, _problem) = (page, null);
            _version++;
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void Go(QuarantineView view, bool keepsPage = false)
    {
        Clear();
        Navigation.NavigateTo((keepsPage ? view : view with { Page = 0 }).Address());
    }

    private void Apply() => Go(_draft.On(_view with { Find = _find.Trim() }));

    private void Choose(HeldKey key)
    {
        _isAll = false;
        if (!_chosen.Remove(key))
        {
            _chosen.Add(key);
        }
    }

    private void ChoosePage(ChangeEventArgs change)
    {
        _isAll = false;
        foreach (var row in _page?.Rows ?? [])
        {
            _ = change.Value is true ? _chosen.Add(row.Key) : _chosen.Remove(row.Key);
        }
    }

    private async Task SelectAllAsync()
    {
        try
        {
            _chosen.UnionWith(await Quarantine.KeysAsync(await Current.GetAsync(CancellationToken.None), _view.Query(Time.GetUtcNow(), Viewer.Zone), CancellationToken.None));
            _isAll = true;
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    private void Clear()
    {
        _chosen.Clear();
        _isAll = false;
    }

    private async Task DoneAsync(Done done)
    {
        Clear();
        await LoadAsync();
        (_said, _approval, _isGood) = (done.Said, done.ApprovalId, done.IsGood);
        StateHasChanged();
        await FollowAsync();
    }

    /// <summary>What was set going is seen to end, without anybody asking again; an attempt that failed is not the end, since it is tried again.</summary>
    private async Task FollowAsync()
    {
        for (var look = 0; look < Looks && !_isGone && _page?.Rows.Any(row => row.State == HeldState.Releasing) == true; look++)
        {
            await Task.Delay(look < QuickLooks ? LookEvery : LookLater, Time, CancellationToken.None);
            if (!_isGone)
            {
                await LoadAsync();
                StateHasChanged();
            }
        }
    }

    private RenderFragment Head(QuarantineOrder order, string name, bool isNumber = false) => builder =>
    {
        var isSorted = _view.Order == order;
        builder.OpenElement(0, "th");
        builder.AddAttribute(1, "scope", "col");
        builder.AddAttribute(2, "class", isNumber ? "number" : null);
        builder.AddAttribute(3, "aria-sort", isSorted ? _view.Up ? "ascending" : "descending" : null);
        builder.OpenElement(4, "a");
        builder.AddAttribute(5, "href", (_view with { Order = order, Up = isSorted ? !_view.Up : order is not (QuarantineOrder.Received or QuarantineOrder.Size), Page = 0 }).Address());
        builder.AddContent(6, name + (isSorted ? _view.Up ? " ↑" : " ↓" : ""));
        builder.CloseElement();
        builder.CloseElement();
    };

    private static IReadOnlyList<ReleaseStatus> Status(string text) => Enum.TryParse<ReleaseStatus>(text, out var status) ? [status] : [];

    private static IReadOnlyList<string> One(string text) => text.Length > 0 ? [text] : [];

    private static string Of(ChangeEventArgs change) => change.Value as string ?? "";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Shell;

namespace Weir.Portal.Tags;

/// <summary>User tags: whom each is on and by what rule (inventory §17).</summary>
public sealed partial class UserTagsPage
{
    private const int Shown = 200;

    private IReadOnlyList<UserTag>? _tags;
    private UserTag? _open;
    private UserTag? _deleted;
    private Problem? _problem;
    private TagDialog _dialog = null!;
    private string _said = "";
    private string _words = "";
    private string? _shown;
    private bool _mayChange;

    [Parameter] public string? Name { get; set; }

    [Inject] private IUserTags Tags { get; set; } = null!;
    [Inject] private IDirectory Directory { get; set; } = null!;
    [Inject] private CurrentCaller Current { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;

    private string Summary => _tags is null ? "loading…" : _tags.Count == 1 ? "1 tag" : $"{Number(_tags.Count)} tags";

    private string? WhyNot => _mayChange ? null : "Needs the right to change settings";

    private IReadOnlyList<Person> Members => _open is not { } open
        ? []
        : [.. Directory.Current.People.Where(person => person.Tags.Contains(open.Name, StringComparer.OrdinalIgnoreCase) && IsFound(person))];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Viewer.AskBrowserAsync(Browser, CancellationToken.None);
        }

        if (firstRender || _shown != Name)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        (_shown, _problem, _words) = (Name, null, "");
        await TryAsync(async caller =>
        {
            _mayChange = caller.Has(Permission.SecuritySettingsManage);
            _tags = await Tags.ListAsync(caller, CancellationToken.None);
            _open = _tags.FirstOrDefault(tag => Is(tag, Name));
        });
    }

    private Task NewAsync() => _dialog.OpenAsync(tag: null);

    private Task EditAsync() => _dialog.OpenAsync(_open);

    private async Task SavedAsync(string name)
    {
        (_said, _deleted) = ($"“{name}” is saved and holds from the next message on.", null);
        await LoadAsync();
        Navigation.NavigateTo(Address(name));
    }

    private async Task DeleteAsync()
    {
        if (_open is { } open)
        {
            await TryAsync(async caller =>
            {
                await Tags.DeleteAsync(caller, open.Name, CancellationToken.None);
                (_said, _deleted) = ($"“{open.Name}” is deleted.", open);
            });
            await KeepAsync();
            Close();
        }
    }

    private async Task UndoAsync()
    {
        if (_deleted is { } deleted)
        {
            await TryAsync(async caller =>
            {
                await Tags.SaveAsync(caller, deleted with { Version = 0 }, CancellationToken.None);
                (_said, _deleted) = ($"“{deleted.Name}” is back.", null);
            });
            await KeepAsync();
        }
    }

    /// <summary>Loads again and leaves what went wrong in sight.</summary>
    private async Task KeepAsync()
    {
        var problem = _problem;
        await LoadAsync();
        _problem = problem ?? _problem;
    }

    private async Task TryAsync(Func<Caller, Task> act)
    {
        try
        {
            await act(await Current.GetAsync(CancellationToken.None));
        }
        catch (ArgumentException refused)
        {
            _problem = new Problem(refused.Message, "");
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem;
        }
    }

    private bool IsFound(Person person) =>
        _words.Trim() is not { Length: > 0 } words || new[] { person.DisplayName, person.Address, person.Department }.Any(text => text.Contains(words, StringComparison.OrdinalIgnoreCase));

    private void Close() => Navigation.NavigateTo("/user-tags");

    private static bool Is(UserTag tag, string? name) => tag.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Address(string name) => "/user-tags/" + Uri.EscapeDataString(name);

    private static string Explorer(string name) =>
        "/explorer?q=" + Uri.EscapeDataString(System.Text.Json.JsonSerializer.Serialize(new { and = new[] { new { p = "tags", @is = new[] { name } } } }));

    private static string Number(long number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Directory.Contracts;
using Weir.Portal.Shell;

namespace Weir.Portal.Tags;

/// <summary>The form of a tag; what is wrong stands in it, and whom it would be on.</summary>
public sealed partial class TagDialog
{
    private UserTag? _tag;
    private IReadOnlyList<Person>? _fits;
    private string? _problem;
    private string _name = "";
    private string _description = "";
    private string _people = "";
    private string _lists = "";
    private string _departments = "";
    private string _offices = "";
    private string _titles = "";

    /// <summary>After a tag was saved, with its name.</summary>
    [Parameter] public EventCallback<string> OnSaved { get; set; }

    private TagRule Rule => new(TagWords.Values(_people), TagWords.Values(_lists), TagWords.Values(_departments), TagWords.Values(_offices), TagWords.Values(_titles));

    /// <summary>Shows the form.</summary>
    /// <param name="tag">The tag to change; nothing for a new one.</param>
    public async Task OpenAsync(UserTag? tag)
    {
        (_tag, _problem, _fits) = (tag, null, null);
        (_name, _description) = (tag?.Name ?? "", tag?.Description ?? "");
        var rule = tag?.Rule ?? TagRule.Nobody;
        _people = string.Join('\n', rule.People);
        (_lists, _departments, _offices, _titles) = (string.Join(", ", rule.Lists), string.Join(", ", rule.Departments), string.Join(", ", rule.Offices), string.Join(", ", rule.Titles));
        await CountAsync();
        StateHasChanged();
        await Browser.InvokeVoidAsync("weir.openDialog", "tag-dialog");
    }

    private async Task CountAsync() => _fits = Rule is var rule && rule.People.Count + rule.Lists.Count + rule.Departments.Count + rule.Offices.Count + rule.Titles.Count > 0
        ? Tags.Preview(await Current.GetAsync(CancellationToken.None), rule)
        : null;

    private async Task CloseAsync() => await Browser.InvokeVoidAsync("weir.closeDialog", "tag-dialog");

    private async Task SaveAsync()
    {
        try
        {
            _problem = null;
            var name = _tag?.Name ?? _name.Trim();
            var tag = new UserTag { Name = name, Description = _description, Rule = Rule, Version = _tag?.Version ?? 0 };
            await Tags.SaveAsync(await Current.GetAsync(CancellationToken.None), tag, CancellationToken.None);
            await CloseAsync();
            await OnSaved.InvokeAsync(name);
        }
        catch (ArgumentException refused)
        {
            _problem = refused.Message;
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            _problem = problem.Text;
        }
    }

    private IEnumerable<string> Known(Func<Person, string> of) =>
        Directory.Current.People.Select(of).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
}

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Access.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Shell;

namespace Weir.Portal.Lists;

/// <summary>One entry, new or kept.</summary>
public sealed partial class EntryDialog
{
    private const string OnDay = "day";
    private const string Kept = "kept";

    private ListedEntry? _kept;
    private EntryCheck? _check;
    private EntryEffect? _effect;
    private EntryKind _kind;
    private DateTime? _day;
    private string? _problem;
    private string? _whyNoEffect;
    private string _value = "";
    private string _note = "";
    private string _expiry = "";

    /// <summary>A word and not a truth value: a select of truth values shows and gives the first for both.</summary>
    private string _action = ListWords.Block;

    [Parameter] public EventCallback<ListedEntry> OnSaved { get; set; }

    /// <summary>What may be chosen, the usual first; a kept entry keeps its own unless something else is chosen.</summary>
    private IEnumerable<(string Value, string Name)> Expiries =>
        (_kept is { State: not EntryState.Expired } kept && kept.Entry.IsAllow == IsAllow && kept.Entry.Kind == _kind ? new[] { (Kept, $"As it is: {ListWords.Expiry(kept, Viewer.Format)}") } : [])
        .Concat((_kind, IsAllow) switch
        {
            (EntryKind.IpAddress or EntryKind.Spoof, _) => [("never", "Never")],
            (_, false) => [("30", "After 30 days"), ("7", "After 7 days"), ("90", "After 90 days"), ("never", "Never"), (OnDay, "On a day, within 90 days")],
            _ => new[] { ("unused", "45 days after it was last used"), ("1", "After 1 day"), ("7", "After 7 days"), ("30", "After 30 days"), (OnDay, "On a day, within 30 days") },
        });

    private bool IsAllow => _action == ListWords.Allow;

    private EntryDraft Draft => new(_kind, _value, IsAllow, Expiry(), _note);

    /// <summary>A new block.</summary>
    internal Task OpenAsync(EntryKind kind, string value) => OpenAsync(null, kind, value, isAllow: false, "");

    /// <summary>A kept entry.</summary>
    internal Task OpenAsync(ListedEntry kept) => OpenAsync(kept, kept.Entry.Kind, kept.Entry.Value, kept.Entry.IsAllow, kept.Entry.Note);

    private async Task OpenAsync(ListedEntry? kept, EntryKind kind, string value, bool isAllow, string note)
    {
        (_kept, _kind, _value, _action, _note, _day) = (kept, kind, value, isAllow ? ListWords.Allow : ListWords.Block, note, null);
        KindChanged();
        StateHasChanged();
        await Browser.InvokeVoidAsync("weir.openDialog", "list-entry");
    }

    private void KindChanged()
    {
        _expiry = Expiries.First().Value;
        Changed();
    }

    /// <summary>What was counted is of another entry now.</summary>
    private void Changed() => (_check, _effect, _problem, _whyNoEffect) = (null, null, null, null);

    private EntryExpiry? Expiry() => _expiry switch
    {
        Kept when _kept is { UnusedDays: { } unused } => EntryExpiry.AfterUnused(unused),
        Kept when _kept is { Expires: { } at } => EntryExpiry.On(at),
        Kept or "never" => EntryExpiry.Never,
        "unused" => EntryExpiry.AfterUnused(),
        OnDay => _day is { } day ? EntryExpiry.Through(DateOnly.FromDateTime(day)) : null,
        _ => EntryExpiry.After(int.Parse(_expiry, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private async Task NextAsync()
    {
        try
        {
            var caller = await Current.GetAsync(CancellationToken.None);
            if (_check is { Problem: null })
            {
                await SaveAsync(caller);
                return;
            }

            _check = await Entries.CheckAsync(caller, _kept?.Entry.Id, Draft, CancellationToken.None);
            _problem = _expiry == OnDay && _day is null ? "Choose the day." : _check.Problem;
            if (_problem is not null)
            {
                _check = null;
                return;
            }

            StateHasChanged();
            if (caller.Has(Permission.EmailMetadataRead))
            {
                _effect = await Effects.EffectAsync(caller, _check.Draft, CancellationToken.None);
            }
            else
            {
                _whyNoEffect = PermissionWords.WhyNot(Permission.EmailMetadataRead);
            }
        }
        catch (Exception exception) when (Problem.Of(exception, Time) is { } problem)
        {
            // The effect is for information: an entry can be saved while the record cannot be asked.
            (_problem, _whyNoEffect) = (problem.Text, "It could not be counted.");
        }
    }

    private async Task SaveAsync(Caller caller)
    {
        var saved = await Entries.SaveAsync(caller, _kept?.Entry.Id, Draft, isConfirmed: true, CancellationToken.None);
        if (saved.Saved is { } entry)
        {
            await CloseAsync();
            await OnSaved.InvokeAsync(entry);
        }
        else
        {
            (_problem, _check) = (saved.Problem, null);
        }
    }

    private async Task CloseAsync() => await Browser.InvokeVoidAsync("weir.closeDialog", "list-entry");
}

using Microsoft.JSInterop;
using Weir.Access.Contracts;
using Weir.Gateway.Contracts;
using Weir.Portal.Shell;

namespace Weir.Portal.Outbound;

/// <summary>Accounts that are stopped from sending with the numbers that did it, and how much each may send.</summary>
public sealed partial class RestrictedPage
{
    private IReadOnlyList<RestrictedAccount>? _accounts;
    private IReadOnlyList<AccountLimits> _limits = [];
    private Problem? _problem;
    private string _said = "";
    private string _open = "";
    private string _reason = "";
    private string _account = "";
    private string _limitsReason = "";
    private int _messagesHour = 1;
    private int _messagesDay = 1;
    private int _recipientsHour = 1;
    private int _recipientsDay = 1;
    private int _badShare = 1;
    private int _badOf = 5;
    private bool _isExcepted;
    private bool _mayRelease;
    private bool _mayChange;

    private string Summary => _accounts is null ? "loading…" : _accounts.Count(one => !one.Cause.IsWatchOnly) switch
    {
        1 => "1 account is stopped from sending",
        var count => $"{Number(count)} accounts are stopped from sending",
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Viewer.AskBrowserAsync(Browser, CancellationToken.None);
            await LoadAsync();
            if (_limits.Count > 0)
            {
                Edit(_limits[0]);
            }

            StateHasChanged();
        }
    }

    private Task LoadAsync() => TryAsync(async caller =>
    {
        (_mayRelease, _mayChange) = (caller.Has(Permission.ResponseManage), caller.Has(Permission.SecuritySettingsManage));
        _accounts = await Outbound.RestrictedAsync(caller, CancellationToken.None);
        _limits = await Outbound.LimitsAsync(caller, CancellationToken.None);
    });

    private async Task OpenAsync(string account)
    {
        (_open, _reason, _said) = (account, "", "");
        await Browser.InvokeVoidAsync("weir.openDialog", "release-dialog");
    }

    private async Task CloseAsync() => await Browser.InvokeVoidAsync("weir.closeDialog", "release-dialog");

    private async Task ReleaseAsync()
    {
        await CloseAsync();
        await TryAsync(async caller =>
        {
            await Outbound.ReleaseAsync(caller, _open, _reason, CancellationToken.None);
            _said = $"{_open} may send again.";
        });
        await ReloadAsync();
    }

    private void Edit(AccountLimits one)
    {
        var limits = one.Limits;
        (_account, _isExcepted) = (one.Account, limits.IsExcepted);
        (_messagesHour, _messagesDay, _recipientsHour, _recipientsDay) = (limits.MessagesPerHour, limits.MessagesPerDay, limits.RecipientsPerHour, limits.RecipientsPerDay);
        (_badShare, _badOf) = (limits.BadShare, limits.BadOf);
    }

    private Task SaveAsync() => SetAsync(new SendingLimits
    {
        MessagesPerHour = _messagesHour,
        MessagesPerDay = _messagesDay,
        RecipientsPerHour = _recipientsHour,
        RecipientsPerDay = _recipientsDay,
        BadShare = _badShare,
        BadOf = _badOf,
        IsExcepted = _isExcepted,
    });

    private Task TakeAwayAsync() => SetAsync(null);

    private async Task SetAsync(SendingLimits? limits)
    {
        await TryAsync(async caller =>
        {
            await Outbound.SetAsync(caller, _account, limits, _limitsReason, CancellationToken.None);
            _said = $"The limits of {(_account.Trim().Length > 0 ? _account.Trim() : "everybody")} are {(limits is null ? "the usual ones" : "set")}.";
        });
        await ReloadAsync();
    }

    /// <summary>Keeps what was done, or went wrong, in sight.</summary>
    private async Task ReloadAsync()
    {
        var (problem, said) = (_problem, _said);
        await LoadAsync();
        (_problem, _said) = (problem ?? _problem, said);
    }

    private async Task TryAsync(Func<Caller, Task> act)
    {
        try
        {
            (_problem, _said) = (null, "");
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

    private static string Number(long number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}

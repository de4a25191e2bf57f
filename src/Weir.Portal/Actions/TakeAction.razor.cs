using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Shell;
using Weir.Response.Contracts;

namespace Weir.Portal.Actions;

/// <summary>The wizard of three steps: action, targets, review.</summary>
public sealed partial class TakeAction
{
    private const int ShownLines = 500;

    /// <summary>Above this many messages a person types their number before anything happens.</summary>
    internal const int TypedAbove = 50;

    private readonly HashSet<MessageTarget> _unticked = [];
    private IReadOnlyList<MessageTarget> _targets = [];
    private IReadOnlyList<RemediationLine> _lines = [];
    private MailboxPlace _destination = MailboxPlace.SoftDeleted;
    private Caller? _caller;
    private Problem? _problem;
    private string _query = "";
    private string _name = "";
    private string _suggested = "";
    private string _typed = "";
    private string _description = "";
    private string? _approvalId;
    private int _step = 1;
    private bool _isNameMissing;
    private bool _isBusy;

    [Parameter] public EventCallback OnSubmitted { get; set; }

    private IReadOnlyList<MessageTarget> Chosen => [.. _lines.Where(line => line.IsActionable && !_unticked.Contains(line.Target)).Select(line => line.Target)];

    private bool MustType => Chosen.Count > TypedAbove;

    private bool IsConfirmed => !MustType || string.Concat(_typed.Where(char.IsAsciiDigit)) == Chosen.Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>Opens the wizard on its first step.</summary>
    /// <param name="query">The query that chose the targets; empty when they were picked by hand.</param>
    public async Task OpenAsync(IReadOnlyList<MessageTarget> targets, string query)
    {
        (_targets, _query, _lines, _step, _approvalId, _problem) = (targets, query, [], 1, null, null);
        (_name, _suggested, _typed, _description, _isNameMissing, _isBusy) = ("", "", "", "", false, false);
        _unticked.Clear();
        _caller = await Current.FindAsync(CancellationToken.None);
        _destination = WhyNot(MailboxPlace.SoftDeleted) is null ? MailboxPlace.SoftDeleted : MailboxPlace.Inbox;
        StateHasChanged();
        await Browser.InvokeVoidAsync("weir.openDialog", "take-action");
    }

    private static string Messages(int count) => count == 1 ? "1 message" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} messages";

    private static string Sentence(string? why) => why is { Length: > 0 } ? char.ToUpperInvariant(why[0]) + why[1..] : "Cannot be acted upon";

    private string? WhyNot(MailboxPlace place) =>
        place != MailboxPlace.Inbox && _caller?.Has(Permission.EmailAdvancedActionsManage) != true ? PermissionWords.WhyNot(Permission.EmailAdvancedActionsManage)
        : place == MailboxPlace.HardDeleted && _caller?.Has(Permission.EmailPurge) != true ? PermissionWords.WhyNot(Permission.EmailPurge)
        : null;

    /// <summary>A name to begin with; what somebody typed stays.</summary>
    private void SuggestName()
    {
        if (_name == _suggested)
        {
            var subject = _lines is [{ Subject.Length: > 0 } only] ? SafeText.Of(only.Subject) : Messages(_lines.Count);
            _name = _suggested = $"{PlaceWords.Verb(_destination)}: {(subject.Length > 150 ? subject[..150] : subject)}";
        }
    }

    private void Toggle(MessageTarget target)
    {
        if (!_unticked.Remove(target))
        {
            _unticked.Add(target);
        }
    }

    private void Back() => (_step, _problem, _typed) = (_step - 1, null, "");

    private async Task NextAsync()
    {
        _problem = null;
        if (_step == 2)
        {
            _isNameMissing = string.IsNullOrWhiteSpace(_name);
            _step = _isNameMissing ? 2 : 3;
            return;
        }

        await GuardAsync(async caller =>
        {
            _lines = await Remediation.PreviewAsync(caller, _destination, _targets, CancellationToken.None);
            SuggestName();
            _step = 2;
        });
    }

    private Task SubmitAsync() => GuardAsync(async caller =>
    {
        var request = new RemediationRequest { Name = _name.Trim(), Description = _description.Trim(), Destination = _destination, Targets = Chosen, Query = _query };
        _approvalId = await Remediation.SubmitAsync(caller with { Reason = request.Description.Length > 0 ? request.Description : request.Name }, request, CancellationToken.None);
        await OnSubmitted.InvokeAsync();
    });

    private async Task GuardAsync(Func<Caller, Task> work)
    {
        _isBusy = true;
        try
        {
            await work(await Current.GetAsync(CancellationToken.None));
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

    private async Task CloseAsync() => await Browser.InvokeVoidAsync("weir.closeDialog", "take-action");
}

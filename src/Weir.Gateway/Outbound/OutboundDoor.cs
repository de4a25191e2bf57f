using System.Globalization;
using Weir.Access.Contracts;
using Weir.Gateway.Contracts;

namespace Weir.Gateway.Outbound;

/// <summary>Looks at and changes what accounts may send; every change is in the audit trail.</summary>
internal sealed class OutboundDoor(Restrictions restrictions, IAuditTrail audit) : IOutboundLimits
{
    private const int MostReason = 1_000;

    public async ValueTask<IReadOnlyList<RestrictedAccount>> RestrictedAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecurityDataRead);
        await restrictions.LoadAsync(cancellationToken);
        return restrictions.Restricted;
    }

    public async ValueTask<IReadOnlyList<AccountLimits>> LimitsAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecurityDataRead);
        await restrictions.LoadAsync(cancellationToken);
        return restrictions.Limits;
    }

    public async ValueTask ReleaseAsync(Caller caller, string account, string reason, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, Permission.ResponseManage, "ReleaseRestrictedUser", account, cancellationToken);
        var text = reason.Trim();
        if (text.Length is 0 or > MostReason)
        {
            throw new ArgumentException("Say why it is released, in at most 1,000 characters.");
        }

        await restrictions.LoadAsync(cancellationToken);

        if (!await restrictions.ReleaseAsync(account, caller.Name, text, cancellationToken))
        {
            throw new ArgumentException($"{account} is not restricted.");
        }

        await audit.RecordAsync(caller with { Reason = text }, new AuditEntry("ReleaseRestrictedUser", Restrictions.Key(account), "Success"), cancellationToken);
    }

    public async ValueTask SetAsync(Caller caller, string account, SendingLimits? limits, string reason, CancellationToken cancellationToken)
    {
        var key = Restrictions.Key(account);
        await RequireAsync(caller, Permission.SecuritySettingsManage, "SetSendingLimits", key, cancellationToken);
        if (limits?.Problem() is { } problem)
        {
            throw new ArgumentException(problem);
        }

        if (key.Length > 320 || key.Any(char.IsControl))
        {
            throw new ArgumentException("That is no name of an account.");
        }

        await restrictions.LoadAsync(cancellationToken);
        await restrictions.SetAsync(key, limits, caller.Name, cancellationToken);
        await audit.RecordAsync(caller with { Reason = reason.Trim() }, new AuditEntry("SetSendingLimits", key.Length > 0 ? key : "everybody", "Success", Words(limits)), cancellationToken);
    }

    private async ValueTask RequireAsync(Caller caller, Permission permission, string operation, string target, CancellationToken cancellationToken)
    {
        if (!caller.Has(permission))
        {
            await audit.RecordAsync(caller, new AuditEntry(operation, target, "Denied", $"lacks {permission}"), cancellationToken);
            caller.Require(permission);
        }
    }

    private static string Words(SendingLimits? limits) => limits is null ? "the usual ones" : limits.IsExcepted ? "never stopped"
        : string.Create(CultureInfo.InvariantCulture, $"{limits.MessagesPerHour} messages an hour, {limits.MessagesPerDay} a day; {limits.RecipientsPerHour} recipients an hour, {limits.RecipientsPerDay} a day; {limits.BadShare} % of the last {limits.BadOf} bad");
}

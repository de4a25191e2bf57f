using Weir.Access.Contracts;

namespace Weir.Portal.Access;

/// <summary>Refusals of pages and endpoints in the audit trail.</summary>
internal static class Refusals
{
    public const string Operation = "PortalAccess";

    /// <param name="place">The route that was asked for, without the values in it: a token or an address of mail is not written down.</param>
    public static ValueTask RecordAsync(IAuditTrail audit, Caller caller, string place, Permission? missing, CancellationToken cancellationToken) =>
        audit.RecordAsync(caller, new AuditEntry(Operation, place.StartsWith('/') ? place : $"/{place}", "Denied", missing is null ? null : $"lacks {missing}"), cancellationToken);
}

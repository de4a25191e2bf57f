namespace Weir.Access.Contracts;

/// <summary>An audit entry as stored.</summary>
public sealed record AuditRecord(long Id, DateTimeOffset At, string CallerId, string CallerName, string? Reason, string? Address, AuditEntry Entry);

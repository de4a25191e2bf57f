namespace Weir.Access.Contracts;

/// <summary>One thing that somebody did, or was not allowed to do.</summary>
/// <param name="Operation">What was done, in the vocabulary of the record, such as <c>AdminMailAccess</c> or <c>SignIn</c>.</param>
/// <param name="Target">What it was done to: an id or an address; never content.</param>
/// <param name="Result"><c>Success</c>, <c>Denied</c> or <c>Failure</c>.</param>
/// <param name="Detail">Anything that helps to understand the entry; no content of mail.</param>
public sealed record AuditEntry(string Operation, string? Target, string Result, string? Detail = null);

/// <summary>An audit entry as stored.</summary>
public sealed record AuditRecord(long Id, DateTimeOffset At, string CallerId, string CallerName, string? Reason, string? Address, AuditEntry Entry);

/// <summary>The audit trail: a chain of hashes, append only.</summary>
public interface IAuditTrail
{
    /// <summary>Writes the entry to disk before it returns.</summary>
    ValueTask RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>The newest entries first. Requires <see cref="Permission.AuditRead"/>.</summary>
    ValueTask<IReadOnlyList<AuditRecord>> ReadAsync(Caller caller, int limit, long? before, CancellationToken cancellationToken);

    /// <summary>The first broken link of the chain, or nothing when the chain is whole. Requires <see cref="Permission.AuditRead"/>.</summary>
    ValueTask<long?> VerifyAsync(Caller caller, CancellationToken cancellationToken);
}

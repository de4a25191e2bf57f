namespace Weir.Access.Contracts;

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

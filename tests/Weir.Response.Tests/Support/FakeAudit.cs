using Weir.Access.Contracts;

namespace Weir.Response.Tests.Support;

internal sealed class FakeAudit : IAuditTrail
{
    public List<(string Caller, AuditEntry Entry)> Entries { get; } = [];

    public ValueTask RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken)
    {
        Entries.Add((caller.Id, entry));
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AuditRecord>> ReadAsync(Caller caller, int limit, long? before, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<long?> VerifyAsync(Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();
}

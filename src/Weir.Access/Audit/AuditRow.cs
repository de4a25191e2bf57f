using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Access.Audit;

/// <summary>One link of the audit chain. <see cref="Hash"/> covers every field and the hash before it.</summary>
internal sealed class AuditRow
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public required string CallerId { get; init; }
    public required string CallerName { get; init; }
    public string? Reason { get; init; }
    public string? Address { get; init; }
    public required string Operation { get; init; }
    public string? Target { get; init; }
    public required string Result { get; init; }
    public string? Detail { get; init; }
    public required string Hash { get; init; }
}

/// <summary>Table <c>access_audit</c>.</summary>
internal sealed class AuditModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<AuditRow>(audit =>
    {
        audit.ToTable("access_audit");
        audit.Property(row => row.Id).ValueGeneratedNever();
    });
}

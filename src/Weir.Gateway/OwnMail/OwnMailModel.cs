using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Gateway.OwnMail;

/// <summary>What passed once and must not pass again.</summary>
internal sealed class OwnMailModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<PassedRow>(passed =>
    {
        passed.ToTable("gateway_passed");
        passed.HasKey(row => row.Key);
        passed.HasIndex(row => row.At);
    });
}

/// <summary>A release that went through to one recipient.</summary>
internal sealed class PassedRow
{
    public required string Key { get; init; }
    public required DateTimeOffset At { get; init; }
}

using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Access.Accounts;

/// <summary>One sign-in that has not ended: signing out takes the row away, and every copy of the cookie is worth nothing from then on.</summary>
internal sealed class SessionRow
{
    /// <summary>128 random bits as hex; also in the cookie, which is signed.</summary>
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The account's security stamp at sign-in: another one ends all of its sessions.</summary>
    public required string Stamp { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
}

/// <summary>Table <c>access_session</c>.</summary>
internal sealed class SessionModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<SessionRow>(session =>
    {
        session.ToTable("access_session");
        session.HasKey(row => row.Id);
        session.HasIndex(row => row.StartedAt);
    });
}

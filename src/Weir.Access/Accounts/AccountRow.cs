using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Access.Accounts;

/// <summary>An account as stored by ASP.NET Core Identity, with its roles by name.</summary>
internal sealed class AccountRow : IdentityUser
{
    public string DisplayName { get; set; } = "";
    public bool IsDisabled { get; set; }
    public List<string> Roles { get; set; } = [];
}

/// <summary>The tables that the Identity store needs, named after this module.</summary>
internal sealed class AccountModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<AccountRow>(account =>
        {
            account.ToTable("access_account");
            account.HasKey(row => row.Id);
            account.HasIndex(row => row.NormalizedUserName).IsUnique();
            account.Property(row => row.ConcurrencyStamp).IsConcurrencyToken();
            account.PrimitiveCollection(row => row.Roles);
        });
        model.Entity<IdentityUserClaim<string>>(claim => claim.ToTable("access_claim"));
        model.Entity<IdentityUserLogin<string>>(login =>
        {
            login.ToTable("access_login");
            login.HasKey(row => new { row.LoginProvider, row.ProviderKey });
        });
        model.Entity<IdentityUserToken<string>>(token =>
        {
            token.ToTable("access_token");
            token.HasKey(row => new { row.UserId, row.LoginProvider, row.Name });
        });
    }
}

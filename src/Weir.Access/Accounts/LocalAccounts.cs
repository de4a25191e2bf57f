using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Access.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Access.Accounts;

/// <summary>Accounts over ASP.NET Core Identity, one short scope for each call.</summary>
internal sealed class LocalAccounts(IServiceScopeFactory scopes, FirstAdministratorSecret firstSecret, IAuditTrail audit, TimeProvider time) : IAccounts
{
    /// <summary>However often its cookie is renewed, a session ends after this.</summary>
    private static readonly TimeSpan LongestSession = TimeSpan.FromDays(30);


    public async ValueTask<bool> NeedsFirstAdministratorAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return !await Users(scope).Users.AnyAsync(row => !row.IsDisabled && row.Roles.Contains(Contracts.Roles.GlobalAdministrator), cancellationToken);
    }

    public async ValueTask<bool> HasAnyAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Users(scope).Users.AnyAsync(row => !row.IsDisabled, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<string>> CreateFirstAdministratorAsync(string secret, string userName, string password, CancellationToken cancellationToken)
    {
        var setup = new Caller("local:setup", "First start", new HashSet<Permission> { Permission.AccountsManage });
        if (!await NeedsFirstAdministratorAsync(cancellationToken) || !firstSecret.Matches(secret))
        {
            await audit.RecordAsync(setup, new AuditEntry("FirstAdministrator", userName, "Denied"), cancellationToken);
            return ["The one-time secret is not right, or an administrator exists already. Weir prints the secret when it starts without one."];
        }

        var problems = await CreateAsync(setup, userName, userName, password, [Contracts.Roles.GlobalAdministrator], cancellationToken);
        if (problems.Count == 0)
        {
            firstSecret.Destroy();
        }

        return problems;
    }

    public async ValueTask<IReadOnlyList<string>> CreateAsync(Caller caller, string userName, string displayName, string password, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        caller.Require(Permission.AccountsManage);
        if (UnknownRoles(roles) is { Count: > 0 } unknown)
        {
            return unknown;
        }

        await using var scope = scopes.CreateAsyncScope();
        var result = await Users(scope).CreateAsync(new AccountRow { UserName = userName, DisplayName = displayName, Roles = [.. roles] }, password);
        await audit.RecordAsync(caller, new AuditEntry("AccountCreated", userName, result.Succeeded ? "Success" : "Failure", string.Join(", ", roles)), cancellationToken);
        return Problems(result);
    }

    public async ValueTask<IReadOnlyList<string>> SetRolesAsync(Caller caller, string accountId, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        caller.Require(Permission.AccountsManage);
        if (UnknownRoles(roles) is { Count: > 0 } unknown)
        {
            return unknown;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = Users(scope);
        if (await users.FindByIdAsync(accountId) is not { } account)
        {
            return ["There is no such account."];
        }

        account.Roles = [.. roles];
        var result = await users.UpdateAsync(account);
        await audit.RecordAsync(caller, new AuditEntry("RolesChanged", account.UserName, result.Succeeded ? "Success" : "Failure", string.Join(", ", roles)), cancellationToken);
        return Problems(result);
    }

    public async ValueTask<IReadOnlyList<string>> SetPasswordAsync(Caller caller, string accountId, string password, CancellationToken cancellationToken)
    {
        caller.Require(Permission.AccountsManage);
        await using var scope = scopes.CreateAsyncScope();
        var users = Users(scope);
        if (await users.FindByIdAsync(accountId) is not { } account)
        {
            return ["There is no such account."];
        }

        // All or nothing: a password that is refused must not leave the account without one.
        var problems = new List<string>();
        foreach (var validator in users.PasswordValidators)
        {
            problems.AddRange(Problems(await validator.ValidateAsync(users, account, password)));
        }

        if (problems.Count == 0)
        {
            account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
            account.AccessFailedCount = 0;
            account.LockoutEnd = null;
            problems.AddRange(Problems(await users.UpdateSecurityStampAsync(account)));
        }

        await audit.RecordAsync(caller, new AuditEntry("PasswordChanged", account.UserName, problems.Count == 0 ? "Success" : "Failure"), cancellationToken);
        return problems;
    }

    public async ValueTask<IReadOnlyList<string>> SetDisabledAsync(Caller caller, string accountId, bool isDisabled, CancellationToken cancellationToken)
    {
        caller.Require(Permission.AccountsManage);
        await using var scope = scopes.CreateAsyncScope();
        var users = Users(scope);
        if (await users.FindByIdAsync(accountId) is not { } account)
        {
            return ["There is no such account."];
        }

        account.IsDisabled = isDisabled;
        var result = await users.UpdateSecurityStampAsync(account);
        await audit.RecordAsync(caller, new AuditEntry(isDisabled ? "AccountDisabled" : "AccountEnabled", account.UserName, result.Succeeded ? "Success" : "Failure"), cancellationToken);
        return Problems(result);
    }

    public async ValueTask<IReadOnlyList<Account>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.AccountsManage);
        await using var scope = scopes.CreateAsyncScope();
        var rows = await Users(scope).Users.OrderBy(row => row.UserName).ToListAsync(cancellationToken);
        return [.. rows.Select(AccountOf)];
    }

    public async ValueTask<(SignInOutcome Outcome, Account? Account)> CheckPasswordAsync(string userName, string password, string? address, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = Users(scope);
        var row = await users.FindByNameAsync(userName);
        var outcome = await CheckAsync(users, row, password);
        var caller = new Caller(row?.Id ?? "unknown", userName, new HashSet<Permission>()) { Address = address };
        await audit.RecordAsync(caller, new AuditEntry("SignIn", userName, outcome == SignInOutcome.Success ? "Success" : "Denied", outcome.ToString()), cancellationToken);
        return (outcome, outcome == SignInOutcome.Success ? AccountOf(row!) with { Session = await StartSessionAsync(scope, row!, cancellationToken) } : null);
    }

    public async ValueTask<Caller?> CallerOfAsync(string accountId, string session, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var oldest = time.GetUtcNow() - LongestSession;
        return await Users(scope).FindByIdAsync(accountId) is { IsDisabled: false } row
            && await Sessions(scope).AnyAsync(known => known.Id == session && known.AccountId == accountId && known.Stamp == row.SecurityStamp && known.StartedAt > oldest, cancellationToken)
            ? new Caller(row.Id, row.DisplayName.Length > 0 ? row.DisplayName : row.UserName!, Contracts.Roles.PermissionsOf(row.Roles))
            : null;
    }

    public async ValueTask EndSessionAsync(Caller caller, string session, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await Sessions(scope).Where(known => known.Id == session && known.AccountId == caller.Id).ExecuteDeleteAsync(cancellationToken) > 0)
        {
            await audit.RecordAsync(caller, new AuditEntry("SignOut", caller.Name, "Success"), cancellationToken);
        }
    }

    private async Task<string> StartSessionAsync(AsyncServiceScope scope, AccountRow account, CancellationToken cancellationToken)
    {
        var database = scope.ServiceProvider.GetRequiredService<WeirDbContext>();
        var now = time.GetUtcNow();
        var session = new SessionRow { Id = RandomNumberGenerator.GetHexString(32), AccountId = account.Id, Stamp = account.SecurityStamp ?? "", StartedAt = now };
        database.Add(session);
        await database.SaveChangesAsync(cancellationToken);
        await Sessions(scope).Where(known => known.StartedAt <= now - LongestSession).ExecuteDeleteAsync(cancellationToken);
        return session.Id;
    }

    private static async Task<SignInOutcome> CheckAsync(UserManager<AccountRow> users, AccountRow? row, string password)
    {
        if (row is null)
        {
            // Hash all the same, so that the time taken does not tell which names exist.
            users.PasswordHasher.HashPassword(new AccountRow(), password);
            return SignInOutcome.WrongNameOrPassword;
        }

        if (await users.IsLockedOutAsync(row))
        {
            return SignInOutcome.LockedOut;
        }

        if (!await users.CheckPasswordAsync(row, password))
        {
            await users.AccessFailedAsync(row);
            return await users.IsLockedOutAsync(row) ? SignInOutcome.LockedOut : SignInOutcome.WrongNameOrPassword;
        }

        if (row.IsDisabled)
        {
            return SignInOutcome.Disabled;
        }

        await users.ResetAccessFailedCountAsync(row);
        return SignInOutcome.Success;
    }

    private static UserManager<AccountRow> Users(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();

    private static DbSet<SessionRow> Sessions(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<WeirDbContext>().Set<SessionRow>();

    private static Account AccountOf(AccountRow row) => new(row.Id, row.UserName!, row.DisplayName, row.Roles, row.IsDisabled);

    private static List<string> UnknownRoles(IReadOnlyList<string> roles) =>
        [.. roles.Where(role => !Contracts.Roles.BuiltIn.ContainsKey(role)).Select(role =>
            $"There is no role '{role}'; did you mean '{Spelling.Nearest(role, Contracts.Roles.BuiltIn.Keys)}'? The roles are: {string.Join(", ", Contracts.Roles.BuiltIn.Keys)}.")];

    private static string[] Problems(IdentityResult result) => [.. result.Errors.Select(error => error.Description)];
}

using Weir.Access.Contracts;

namespace Weir.Server.Demo;

/// <summary>The accounts that the demo creates and prints (it listens on loopback only).</summary>
internal static class DemoAccounts
{
    public static IReadOnlyList<DemoAccount> All { get; } =
    [
        new("reader", "Rita Reader", "reader-of-the-weir", [Roles.SecurityReader], "Security Reader: sees everything but content"),
        new("operator", "Oskar Operator", "operator-of-the-weir", [Roles.SecurityOperator], "Security Operator: alerts and approvals"),
        new("investigator", "Ines Investigator", "investigator-of-the-weir", [Roles.DataInvestigator], "Data Investigator: previews, moves and deletes mail"),
        new("remediator", "Remi Remediator", "remediator-of-the-weir", [Roles.SearchAndPurge], "Search and Purge: moves and deletes mail, sees no content"),
        new("admin", "Agnes Admin", "admin-of-the-weir", [Roles.GlobalAdministrator], "Global Administrator: settings, accounts, audit"),
    ];

    /// <summary>Creates the accounts that are not there yet.</summary>
    public static async Task EnsureAsync(IAccounts accounts, CancellationToken cancellationToken)
    {
        var caller = Caller.System("demo", Permission.AccountsManage);
        var existing = (await accounts.ListAsync(caller, cancellationToken)).Select(account => account.UserName).ToHashSet(StringComparer.Ordinal);
        foreach (var account in All.Where(account => !existing.Contains(account.Name)))
        {
            var problems = await accounts.CreateAsync(caller, account.Name, account.DisplayName, account.Password, account.Roles, cancellationToken);
            if (problems.Count > 0)
            {
                throw new InvalidOperationException($"The demo account {account.Name} could not be made: {string.Join(" ", problems)}");
            }
        }
    }
}

namespace Weir.Access.Contracts;

/// <summary>Local accounts with passwords (ASP.NET Core Identity) and their roles.</summary>
public interface IAccounts
{
    /// <summary>True while no enabled account is a Global Administrator; otherwise the one-time secret does not work.</summary>
    ValueTask<bool> NeedsFirstAdministratorAsync(CancellationToken cancellationToken);

    /// <summary>True when there is any account that can sign in.</summary>
    ValueTask<bool> HasAnyAsync(CancellationToken cancellationToken);

    /// <summary>Creates the first Global Administrator if the secret is the one printed at first start.</summary>
    /// <returns>Problems for the person to read; empty on success.</returns>
    ValueTask<IReadOnlyList<string>> CreateFirstAdministratorAsync(string secret, string userName, string password, CancellationToken cancellationToken);

    /// <summary>Creates an account. Requires <see cref="Permission.AccountsManage"/>.</summary>
    /// <returns>Problems for the person to read; empty on success.</returns>
    ValueTask<IReadOnlyList<string>> CreateAsync(Caller caller, string userName, string displayName, string password, IReadOnlyList<string> roles, CancellationToken cancellationToken);

    /// <summary>Replaces the roles of an account. Requires <see cref="Permission.AccountsManage"/>; in force for open pages within five seconds.</summary>
    ValueTask<IReadOnlyList<string>> SetRolesAsync(Caller caller, string accountId, IReadOnlyList<string> roles, CancellationToken cancellationToken);

    /// <summary>Gives an account another password, ends its lock-out and its sessions. Requires <see cref="Permission.AccountsManage"/>.</summary>
    /// <returns>Problems for the person to read; empty on success.</returns>
    ValueTask<IReadOnlyList<string>> SetPasswordAsync(Caller caller, string accountId, string password, CancellationToken cancellationToken);

    /// <summary>Lets an account sign in no more, which ends its sessions within five seconds, or again. Requires <see cref="Permission.AccountsManage"/>.</summary>
    /// <returns>Problems for the person to read; empty on success.</returns>
    ValueTask<IReadOnlyList<string>> SetDisabledAsync(Caller caller, string accountId, bool isDisabled, CancellationToken cancellationToken);

    /// <summary>All accounts. Requires <see cref="Permission.AccountsManage"/>.</summary>
    ValueTask<IReadOnlyList<Account>> ListAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Checks name and password, counting failures towards a lock-out. Audited.</summary>
    ValueTask<(SignInOutcome Outcome, Account? Account)> CheckPasswordAsync(string userName, string password, string? address, CancellationToken cancellationToken);

    /// <summary>The caller that an account is now, with its current roles; nothing when it was disabled or removed, or when the session has ended.</summary>
    /// <param name="session"><see cref="Account.Session"/> as it was at sign-in.</param>
    ValueTask<Caller?> CallerOfAsync(string accountId, string session, CancellationToken cancellationToken);

    /// <summary>Ends a session of the caller's own; whoever has a copy of its cookie is signed out within five seconds. Audited.</summary>
    ValueTask EndSessionAsync(Caller caller, string session, CancellationToken cancellationToken);
}

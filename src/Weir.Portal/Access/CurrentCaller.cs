using Microsoft.AspNetCore.Components.Authorization;
using Weir.Access.Contracts;

namespace Weir.Portal.Access;

/// <summary>The caller of this circuit or request.</summary>
internal sealed class CurrentCaller(AuthenticationStateProvider authentication, KnownCallers callers)
{
    /// <summary>Nothing when the account can no longer be used.</summary>
    public async ValueTask<Caller?> FindAsync(CancellationToken cancellationToken) =>
        await callers.OfAsync((await authentication.GetAuthenticationStateAsync()).User, cancellationToken);

    /// <summary>The caller, who must be there.</summary>
    /// <exception cref="SignedOutException">The account can no longer be used.</exception>
    public async ValueTask<Caller> GetAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) ?? throw new SignedOutException();
}

/// <summary>The account behind an open page was disabled or removed.</summary>
internal sealed class SignedOutException() : Exception("You are signed out. Sign in again to go on.");

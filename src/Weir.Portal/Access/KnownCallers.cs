using System.Collections.Concurrent;
using System.Security.Claims;
using Weir.Access.Contracts;

namespace Weir.Portal.Access;

/// <summary>What each signed-in account may do, read again after at most five seconds. Safe for many threads.</summary>
internal sealed class KnownCallers(IAccounts accounts, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Account, string Session), (Caller? Caller, DateTimeOffset ReadAt)> _known = new();

    /// <summary>The caller behind a sign-in; nothing when there is none, its session has ended, or the account was disabled or removed.</summary>
    public async ValueTask<Caller?> OfAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.Identity?.IsAuthenticated != true || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } account)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var signedIn = KeyOf(user, account);
        if (!_known.TryGetValue(signedIn, out var known) || now - known.ReadAt >= MaxAge)
        {
            known = (await accounts.CallerOfAsync(account, signedIn.Session, cancellationToken), now);
            _known[signedIn] = known;
        }

        return known.Caller is { } caller ? caller with { Address = user.FindFirstValue(SignIn.AddressClaim) } : null;
    }

    /// <summary>The session has ended: it counts from the next request on.</summary>
    public void Forget(ClaimsPrincipal user) => _known.TryRemove(KeyOf(user, user.FindFirstValue(ClaimTypes.NameIdentifier) ?? ""), out _);

    private static (string Account, string Session) KeyOf(ClaimsPrincipal user, string account) => (account, user.FindFirstValue(SignIn.SessionClaim) ?? "");
}

using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Weir.Access.Contracts;

namespace Weir.Portal.Access;

/// <summary>Signing in and out: plain forms that work without scripts.</summary>
internal static class SignIn
{
    /// <summary>Claim with the network address at sign-in.</summary>
    public const string AddressClaim = "weir:address";

    /// <summary>Claim with <see cref="Account.Session"/> at sign-in.</summary>
    public const string SessionClaim = "weir:session";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-in", SignInAsync).WithMetadata(new OpenToEveryoneAttribute());
        endpoints.MapPost("/sign-out", SignOutAsync).WithMetadata(new OpenToEveryoneAttribute());
        endpoints.MapPost("/setup", SetUpAsync).WithMetadata(new OpenToEveryoneAttribute());
    }

    /// <summary>A path of this site, or the start page: never a way to another site, and nothing that a header cannot carry.</summary>
    public static string LocalPath(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal)
            && path.All(c => char.IsAscii(c) && !char.IsControl(c)) ? path : "/";

    private static async Task<IResult> SignInAsync(
        HttpContext context, IAccounts accounts, IAntiforgery antiforgery,
        [FromForm] string? userName, [FromForm] string? password, [FromForm] string? returnUrl)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Again("expired", returnUrl, userName);
        }

        var address = context.Connection.RemoteIpAddress?.ToString();
        var (outcome, account) = await accounts.CheckPasswordAsync(userName ?? "", password ?? "", address, context.RequestAborted);
        if (outcome != SignInOutcome.Success || account is null)
        {
            return Again(outcome switch { SignInOutcome.LockedOut => "locked", SignInOutcome.Disabled => "disabled", _ => "wrong" }, returnUrl, userName);
        }

        await SignInAsAsync(context, account, address);
        return Results.LocalRedirect(LocalPath(returnUrl));
    }

    private static Task SignInAsAsync(HttpContext context, Account account, string? address)
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, account.Id), new(ClaimTypes.Name, account.DisplayName is { Length: > 0 } name ? name : account.UserName), new(SessionClaim, account.Session)];
        if (address is not null)
        {
            claims.Add(new Claim(AddressClaim, address));
        }

        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAccounts accounts, KnownCallers callers, IAntiforgery antiforgery)
    {
        if (await antiforgery.IsRequestValidAsync(context))
        {
            if (await callers.OfAsync(context.User, context.RequestAborted) is { } caller && context.User.FindFirstValue(SessionClaim) is { } session)
            {
                await accounts.EndSessionAsync(caller, session, context.RequestAborted);
                callers.Forget(context.User);
            }

            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }

        return Results.LocalRedirect("/sign-in?outcome=out");
    }

    private static async Task<IResult> SetUpAsync(
        HttpContext context, IAccounts accounts, IAntiforgery antiforgery,
        [FromForm] string? secret, [FromForm] string? userName, [FromForm] string? password, [FromForm] string? repeated)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.LocalRedirect("/setup?problem=" + Uri.EscapeDataString("The form was open for too long. Try again."));
        }

        IReadOnlyList<string> problems = password == repeated
            ? await accounts.CreateFirstAdministratorAsync(secret ?? "", userName ?? "", password ?? "", context.RequestAborted)
            : ["The two passwords differ."];
        return problems.Count == 0
            ? Results.LocalRedirect("/sign-in?outcome=created")
            : Results.LocalRedirect("/setup?problem=" + Uri.EscapeDataString(string.Join(' ', problems)) + "&user=" + Uri.EscapeDataString(userName ?? ""));
    }

    private static IResult Again(string outcome, string? returnUrl, string? userName) =>
        Results.LocalRedirect($"/sign-in?outcome={outcome}&returnUrl={Uri.EscapeDataString(LocalPath(returnUrl))}{(userName is { Length: > 0 and <= 256 } ? "&user=" + Uri.EscapeDataString(userName) : "")}");
}

using Microsoft.AspNetCore.Http;
using Weir.Intelligence.Contracts;
using Weir.Response.Contracts;

namespace Weir.Portal.Quarantine;

/// <summary>The session of a recipient: a cookie of its own beside that of accounts, signed, for eight hours, good for the pages of their quarantine only.</summary>
internal sealed class MineSession(ISignedText signed, TimeProvider time)
{
    private const string Cookie = "weir-quarantine";
    private const string Purpose = "own-session/1";
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(8);

    public OwnVisitor? Of(HttpContext context) =>
        context.Request.Cookies[Cookie] is { Length: > 0 } value && signed.Open(Purpose, value) is { Text: { Length: > 0 } recipient, IsExpired: false }
            ? new OwnVisitor(recipient, context.Connection.RemoteIpAddress?.ToString())
            : null;

    public void Begin(HttpContext context, OwnVisitor visitor) =>
        context.Response.Cookies.Append(Cookie, signed.Seal(Purpose, visitor.Recipient, time.GetUtcNow() + Lasts), Options(context));

    public static void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context));

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/quarantine/mine", IsEssential = true };
}

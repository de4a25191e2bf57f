using Microsoft.AspNetCore.Http;

namespace Weir.Portal.Security;

/// <summary>Response headers of every page. A response that needs its own policy sets it later and wins.</summary>
internal static class SecurityHeaders
{
    /// <summary>Nothing inline, nothing from elsewhere. <c>base-uri</c> allows our own base element, which Blazor's router needs.</summary>
    public const string PagePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws: wss:; " +
        "frame-src 'self'; frame-ancestors 'none'; form-action 'self'; object-src 'none'; base-uri 'self'";

    /// <summary>For a message made harmless: no scripts, no forms, no network, an origin of its own.</summary>
    public const string PreviewPolicy =
        "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        return next(context);
    }

    /// <summary>Replaces the page policy on the response that carries a preview.</summary>
    public static void ForPreview(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PreviewPolicy;
        headers.XFrameOptions = "SAMEORIGIN";
        headers.CacheControl = "no-store";
    }
}

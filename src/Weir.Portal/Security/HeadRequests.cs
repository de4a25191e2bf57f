using Microsoft.AspNetCore.Http;

namespace Weir.Portal.Security;

/// <summary>HEAD is GET without its content (RFC 9110 §9.3.2); pages answer GET only. Must stand before routing.</summary>
internal static class HeadRequests
{
    public static Task AsGetAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
            context.Response.Body = Stream.Null;
        }

        return next(context);
    }
}

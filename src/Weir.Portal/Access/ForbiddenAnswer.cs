using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Access.Contracts;

namespace Weir.Portal.Access;

/// <summary>Keeps the refusal in the audit trail, then sends a signed-in person without the right to the page that names it; a program gets 403.</summary>
internal sealed class ForbiddenAnswer(KnownCallers callers, IAuditTrail audit) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Forbidden)
        {
            await _default.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        var missing = context.GetEndpoint()?.Metadata.GetMetadata<RequiresPermissionAttribute>()?.Permission;
        var caller = await callers.OfAsync(context.User, context.RequestAborted)
            ?? new Caller(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "unknown", context.User.Identity?.Name ?? "unknown", new HashSet<Permission>());
        await Refusals.RecordAsync(audit, caller, context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route } ? route : context.Request.Path, missing, context.RequestAborted);
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Redirect($"/access-denied?permission={missing}");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }
}

using Microsoft.AspNetCore.Authorization;

namespace Weir.Portal.Access;

/// <summary>Grants what the account may do now, not what it could do when it signed in.</summary>
internal sealed class PermissionCheck(KnownCallers callers) : AuthorizationHandler<RequiresPermissionAttribute>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiresPermissionAttribute requirement)
    {
        if (await callers.OfAsync(context.User, CancellationToken.None) is { } caller && requirement.IsMetBy(caller))
        {
            context.Succeed(requirement);
        }
    }
}

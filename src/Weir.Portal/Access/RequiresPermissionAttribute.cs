using Microsoft.AspNetCore.Authorization;
using Weir.Access.Contracts;

namespace Weir.Portal.Access;

/// <summary>Names the permission that a page or endpoint needs, and others that will do as well. The doors behind it check again; this serves the menu and the walk.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresPermissionAttribute(Permission permission, params Permission[] orOneOf) : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IReadOnlyList<Permission> OrOneOf { get; } = orOneOf;

    /// <summary>Does the caller have one of them?</summary>
    public bool IsMetBy(Caller caller) => caller.Has(Permission) || OrOneOf.Any(caller.Has);

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Says that a page or endpoint needs no account.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToEveryoneAttribute : Attribute, IAllowAnonymous;

/// <summary>Says that a page or endpoint needs an account and no particular permission.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToEveryAccountAttribute : AuthorizeAttribute;

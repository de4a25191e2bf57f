namespace Weir.Access.Contracts;

/// <summary>The caller lacks a permission that a door requires.</summary>
public sealed class AccessDeniedException(string caller, Permission permission)
    : Exception($"{caller} may not do this: it needs the permission {permission}.")
{
    public Permission Permission { get; } = permission;
}

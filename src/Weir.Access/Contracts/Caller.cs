namespace Weir.Access.Contracts;

/// <summary>Who asks, with which rights, and why. The first argument of every door that reads or changes product data.</summary>
/// <param name="Id">Stable id of the account; <c>system:NAME</c> for Weir's own parts, <c>local:USER</c> for the command line.</param>
/// <param name="Name">The name shown in audit and history.</param>
/// <param name="Permissions">What this caller may do now.</param>
public sealed record Caller(string Id, string Name, IReadOnlySet<Permission> Permissions)
{
    /// <summary>Why the caller acts, as stated by them; kept in the audit trail.</summary>
    public string? Reason { get; init; }

    /// <summary>The network address that the request came from, when there is one.</summary>
    public string? Address { get; init; }

    /// <summary>A caller for Weir's own background parts, with exactly the named permissions.</summary>
    public static Caller System(string part, params Permission[] permissions) =>
        new($"system:{part}", part, new HashSet<Permission>(permissions));

    public bool Has(Permission permission) => Permissions.Contains(permission);

    /// <exception cref="AccessDeniedException">The caller lacks the permission.</exception>
    public void Require(Permission permission)
    {
        if (!Has(permission))
        {
            throw new AccessDeniedException(Name, permission);
        }
    }
}

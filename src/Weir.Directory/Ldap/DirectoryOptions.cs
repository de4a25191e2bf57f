using System.ComponentModel.DataAnnotations;

namespace Weir.Directory.Ldap;

/// <summary>The section <c>directory</c> of <c>weir.json</c>.</summary>
internal sealed record DirectoryOptions : IValidatableObject
{
    /// <summary>Set to read people and lists from a directory server.</summary>
    public LdapOptions? Ldap { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Ldap?.Problem() is { } problem ? [new ValidationResult($"directory:ldap: {problem}")] : [];
}

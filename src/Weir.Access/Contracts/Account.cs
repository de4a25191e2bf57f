namespace Weir.Access.Contracts;

/// <summary>An account that can sign in.</summary>
public sealed record Account(string Id, string UserName, string DisplayName, IReadOnlyList<string> Roles, bool Disabled)
{
    /// <summary>A mark that a sign-in keeps; another one (after a new password, or when the account was disabled) means that the sign-in has ended.</summary>
    public string Session { get; init; } = "";
}

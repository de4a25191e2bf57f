namespace Weir.Access.Contracts;

/// <summary>An account that can sign in.</summary>
public sealed record Account(string Id, string UserName, string DisplayName, IReadOnlyList<string> Roles, bool Disabled)
{
    /// <summary>The id of the session that a sign-in has begun; empty elsewhere. It ends by signing out, by a new password, when the account is disabled, and after thirty days.</summary>
    public string Session { get; init; } = "";
}

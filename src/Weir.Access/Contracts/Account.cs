namespace Weir.Access.Contracts;

/// <summary>An account that can sign in.</summary>
public sealed record Account(string Id, string UserName, string DisplayName, IReadOnlyList<string> Roles, bool Disabled);

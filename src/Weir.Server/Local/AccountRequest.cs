namespace Weir.Server.Local;

/// <summary>A deed and what it needs; the rest is empty.</summary>
internal sealed record AccountRequest(AccountDeed Deed, string Name = "", string DisplayName = "", string Password = "", IReadOnlyList<string>? Roles = null);

/// <summary>What is wrong with it, nothing when it was done; and all accounts when they were asked for.</summary>
internal sealed record AccountAnswer(IReadOnlyList<string> Problems, IReadOnlyList<ListedAccount> Accounts);

/// <summary>An account as a list shows it.</summary>
internal sealed record ListedAccount(string Name, string DisplayName, IReadOnlyList<string> Roles, bool Disabled);

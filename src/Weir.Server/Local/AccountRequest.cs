namespace Weir.Server.Local;

/// <summary>The account that <c>weir account add</c> wants.</summary>
internal sealed record AccountRequest(string Name, string DisplayName, string Password, IReadOnlyList<string> Roles);

/// <summary>What is wrong with it; nothing when it was made.</summary>
internal sealed record AccountAnswer(IReadOnlyList<string> Problems);

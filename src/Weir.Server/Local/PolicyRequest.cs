namespace Weir.Server.Local;

/// <summary>What is asked of policies, and what it needs; the rest is empty.</summary>
/// <param name="Argument">A name, an address, a mode, or the text of a file.</param>
internal sealed record PolicyRequest(PolicyDeed Deed, string Argument = "", string Reason = "", int Days = 30);

/// <summary>What is wrong with it, nothing when it was done; and what is to be printed.</summary>
internal sealed record PolicyAnswer(IReadOnlyList<string> Problems, string Text = "");

/// <summary>What <c>weir policy</c> can do.</summary>
internal enum PolicyDeed { List, Show, Mode, Check, Export, Import, Standard, Strict, Try }

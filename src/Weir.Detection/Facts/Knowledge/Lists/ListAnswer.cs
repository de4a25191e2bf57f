namespace Weir.Detection.Facts.Knowledge.Lists;

/// <summary>What one list in DNS says of an address or a domain.</summary>
/// <param name="IsOfAddress">Of the client's address, else of a domain of a link.</param>
/// <param name="Codes">The list's answer; why there is none when it is unavailable.</param>
internal sealed record ListAnswer(string Zone, string Subject, bool IsOfAddress, ListStatus Status, string Codes = "");

internal enum ListStatus { NotListed, Listed, Unavailable }

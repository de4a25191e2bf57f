namespace Weir.Directory.Contracts;

/// <summary>A distribution list.</summary>
public sealed record DistributionList(string Address, string DisplayName, IReadOnlyList<string> Members);

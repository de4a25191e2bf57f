namespace Weir.Intelligence.Lists;

/// <summary>A domain with everything below it, or <c>*.name</c>: only what is below.</summary>
internal static class DomainPattern
{
    public const string Below = "*.";

    public static bool Covers(string pattern, string domain) =>
        pattern.StartsWith(Below, StringComparison.Ordinal)
            ? IsBelow(domain, pattern.AsSpan(Below.Length))
            : domain.Equals(pattern, StringComparison.OrdinalIgnoreCase) || IsBelow(domain, pattern);

    /// <summary>The part after the last @; empty when there is none.</summary>
    public static ReadOnlySpan<char> OfAddress(string address) => address.LastIndexOf('@') is >= 0 and var at ? address.AsSpan(at + 1).Trim().TrimEnd('>') : [];

    private static bool IsBelow(string domain, ReadOnlySpan<char> parent) =>
        domain.Length > parent.Length + 1 && domain[^(parent.Length + 1)] == '.' && domain.AsSpan().EndsWith(parent, StringComparison.OrdinalIgnoreCase);
}

using System.Net;

namespace Weir.Intelligence.Lists;

/// <summary>Who is shown as the author (a domain, an address, or <c>*</c>) and who sends for him (a domain in DNS, an address or a range, or <c>*</c>).</summary>
internal sealed record SpoofPair(string Shown, string Sends)
{
    public const string Anybody = "*";

    /// <summary>Nothing when there are not two parts.</summary>
    public static SpoofPair? Of(string value) =>
        value.Split(',', StringSplitOptions.TrimEntries) is [{ Length: > 0 } shown, { Length: > 0 } sends] ? new SpoofPair(shown, sends) : null;

    public override string ToString() => $"{Shown}, {Sends}";

    public bool Covers(string author, string ip, string? name) => CoversAuthor(author) && CoversClient(ip, name);

    private bool CoversAuthor(string author) =>
        Shown == Anybody
        || (Shown.Contains('@', StringComparison.Ordinal) ? author.Equals(Shown, StringComparison.OrdinalIgnoreCase) : DomainPattern.Covers(Shown, DomainPattern.OfAddress(author).ToString()));

    private bool CoversClient(string ip, string? name) =>
        Sends == Anybody
        || (IpRange.Of(Sends) is { } range
            ? IPAddress.TryParse(ip, out var address) && range.Contains(address)
            : name is null || DomainPattern.Covers(Sends, name.TrimEnd('.')));
}

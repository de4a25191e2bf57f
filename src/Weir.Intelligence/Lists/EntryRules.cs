using Weir.Intelligence.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>
/// Which entries would hit more than their author thinks. Refused: every address there is, ranges wider than /8 (IPv4) or /24 (IPv6), a public suffix
/// (<c>com</c>), an allow of a whole top-level domain, the empty file. Asked twice: ranges wider than /20 (IPv4) or /48 (IPv6), private and loopback
/// addresses, a block of everything below a public suffix, the organisation's own domains and people, domains that very many use.
/// </summary>
internal sealed class EntryRules(IEnumerable<IKnownDomains> known)
{
    private const string EmptyFile = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly (IpRange Range, string Name)[] OwnNetworks =
    [
        .. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10" }.Select(text => (IpRange.Of(text)!.Value, "private addresses, which are machines of your own")),
        .. new[] { "127.0.0.0/8", "::1" }.Select(text => (IpRange.Of(text)!.Value, "this machine itself")),
    ];

    private readonly IReadOnlyList<IKnownDomains> _known = [.. known];

    public bool IsOwn(string domain) => _known.Any(each => each.IsOwn(domain));

    /// <summary>Why it is refused, and what has to be thought of.</summary>
    /// <param name="draft">With its value as it is kept.</param>
    public (string? Refusal, IReadOnlyList<string> Cautions) Of(EntryDraft draft)
    {
        var verb = draft.IsAllow ? "allows" : "blocks";
        return draft.Kind switch
        {
            EntryKind.Sender => (null, [.. Caution(DomainPattern.OfAddress(draft.Value).ToString(), draft, isAddress: true)]),
            EntryKind.SenderDomain or EntryKind.UrlDomain => Domain(draft.Value, draft),
            EntryKind.Url => UrlPattern.Of(draft.Value) is { Rest.Length: 0 } whole ? Domain((whole.IsBelow ? DomainPattern.Below : "") + whole.Host, draft) : (null, []),
            EntryKind.FileHash => draft.Value == EmptyFile ? ($"This is the SHA-256 of an empty file: it {verb} nothing in particular.", []) : (null, []),
            EntryKind.IpAddress => Range(IpRange.Of(draft.Value), verb),
            _ => Pair(SpoofPair.Of(draft.Value), draft),
        };
    }

    private (string? Refusal, IReadOnlyList<string> Cautions) Domain(string value, EntryDraft draft)
    {
        var isBelow = value.StartsWith(DomainPattern.Below, StringComparison.Ordinal);
        var domain = isBelow ? value[DomainPattern.Below.Length..] : value;
        var what = draft.Kind == EntryKind.SenderDomain ? "senders" : "links";
        if (PublicSuffixes.BuiltIn.Registrable(domain) is null)
        {
            return !isBelow ? ($"{domain} is a public suffix: nobody owns it, and everybody below it would be concerned. If that is meant, write *.{domain}.", [])
                : draft.IsAllow ? ($"*.{domain} would allow {what} of everybody who buys a name below {domain}.", [])
                : (null, [$"This blocks {what} of every domain below {domain}."]);
        }

        return (null, [.. Caution(domain, draft, isAddress: false)]);
    }

    private IEnumerable<string> Caution(string domain, EntryDraft draft, bool isAddress)
    {
        if (IsOwn(domain))
        {
            yield return draft switch
            {
                { Kind: EntryKind.Sender, IsAllow: false } => $"{draft.Value} is an address of your own organisation: mail from it, and to it from your own people, would be stopped.",
                { Kind: EntryKind.SenderDomain, IsAllow: false } => $"{domain} is a domain of your own organisation: mail of your own people, and mail to them from each other, would be stopped.",
                { IsAllow: false } => $"{domain} is a domain of your own organisation: mail with links to your own site would be stopped.",
                { Kind: EntryKind.Sender or EntryKind.SenderDomain } => $"{domain} is a domain of your own organisation: whoever has taken over a mailbox of it would not be judged.",
                _ => $"{domain} is a domain of your own organisation.",
            };
        }

        if (!isAddress && _known.Select(each => each.UsedByMany(domain)).FirstOrDefault(use => use is not null) is { } use)
        {
            yield return draft.IsAllow
                ? $"{domain} is {use}: attackers use it too, and this would let them in."
                : $"{domain} is {use}: wanted mail would be stopped as well.";
        }
    }

    private static (string? Refusal, IReadOnlyList<string> Cautions) Range(IpRange? found, string verb)
    {
        if (found is not { } range)
        {
            return (null, []);
        }

        var (refused, asked) = range.IsV6 ? (24, 48) : (8, 20);
        var cautions = OwnNetworks.Where(own => own.Range.IsV6 == range.IsV6 && (own.Range.Covers(range) || range.Covers(own.Range))).Select(own => own.Name).Distinct(StringComparer.Ordinal)
            .Select(name => $"{range} has {name} in it.").ToList();
        if (range.Length < refused)
        {
            return (range.Length == 0 ? $"{range} is every address there is." : $"{range} is a /{range.Length}: a range may not be wider than /{refused}.", []);
        }

        return (null, range.Length < asked ? [$"{range} {verb} {Size(range)} addresses, far more than one sender has.", .. cautions] : cautions);
    }

    private (string? Refusal, IReadOnlyList<string> Cautions) Pair(SpoofPair? pair, EntryDraft draft)
    {
        if (pair is null)
        {
            return (null, []);
        }

        var (isAnybodySends, shown, sends) = (pair.Sends == SpoofPair.Anybody, WithoutStar(pair.Shown), WithoutStar(pair.Sends));
        var range = IpRange.Of(pair.Sends);
        var isAddress = pair.Shown.Contains('@', StringComparison.Ordinal);
        var isManyShown = pair.Shown == SpoofPair.Anybody || (!isAddress && PublicSuffixes.BuiltIn.Registrable(shown) is null);
        if (draft.IsAllow && isAnybodySends)
        {
            return ($"This would let anybody write as {pair.Shown}.", []);
        }

        if (!isAnybodySends && range is null && PublicSuffixes.BuiltIn.Registrable(sends) is null)
        {
            return ($"{sends} is a public suffix: nobody owns it.", []);
        }

        if (isManyShown && pair.Shown == shown && pair.Shown != SpoofPair.Anybody)
        {
            return ($"{shown} is a public suffix: nobody owns it, and everybody below it would be concerned. If that is meant, write *.{shown}.", []);
        }

        var (refusal, cautions) = range is null ? (null, []) : Range(range, draft.IsAllow ? "allows" : "blocks");
        return (refusal, [.. cautions, .. Cautions(pair, isManyShown, range is null && !isAnybodySends ? sends : null, draft.IsAllow)]);
    }

    /// <param name="sends">The domain that sends; nothing when it is a range or anybody.</param>
    private IEnumerable<string> Cautions(SpoofPair pair, bool isManyShown, string? sends, bool isAllow)
    {
        if (isAllow && isManyShown)
        {
            yield return pair.Shown == SpoofPair.Anybody ? $"This would let {pair.Sends} write as anybody, your own people too." : $"This would let {pair.Sends} write as everybody below {WithoutStar(pair.Shown)}.";
        }
        else if (!isAllow && pair.Sends == SpoofPair.Anybody && (isManyShown || IsOwn(WithoutStar(pair.Shown))))
        {
            yield return $"This blocks everything that is not proven to come from {pair.Shown}, wherever it is sent from.";
        }

        if (isAllow && sends is not null && _known.Select(each => each.UsedByMany(sends)).FirstOrDefault(use => use is not null) is { } many)
        {
            yield return $"{sends} is {many}: whoever uses it could write as {pair.Shown}.";
        }
    }

    private static string WithoutStar(string domain) => domain.StartsWith(DomainPattern.Below, StringComparison.Ordinal) ? domain[DomainPattern.Below.Length..] : domain;

    private static string Size(IpRange range) => range.IsV6 ? $"2^{128 - range.Length}" : (1L << (32 - range.Length)).ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}

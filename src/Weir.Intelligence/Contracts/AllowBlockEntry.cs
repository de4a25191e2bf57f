using System.Net;
using Weir.Intelligence.Lists;

namespace Weir.Intelligence.Contracts;

/// <summary>An entry of the organisation's allow/block list.</summary>
/// <param name="Expires">It is not in force from then on; nothing for one that stays.</param>
/// <param name="Note">Why it is there, in the words of who made it.</param>
public sealed record AllowBlockEntry(EntryKind Kind, string Value, bool IsAllow, DateTimeOffset? Expires, string Note)
{
    /// <summary>Its number in the list; 0 for one that is not kept.</summary>
    public long Id { get; init; }

    /// <summary>True for the address of a <see cref="EntryKind.Sender"/>.</summary>
    public bool CoversAddress(string? address) => Kind == EntryKind.Sender && address is not null && address.Equals(Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a domain that a <see cref="EntryKind.SenderDomain"/> or <see cref="EntryKind.UrlDomain"/> speaks of.</summary>
    public bool CoversDomain(string domain) => Kind is EntryKind.SenderDomain or EntryKind.UrlDomain && DomainPattern.Covers(Value, domain);

    /// <summary>True for a link that an <see cref="EntryKind.Url"/> speaks of.</summary>
    public bool CoversUrl(string url) => Kind == EntryKind.Url && UrlPattern.Of(Value).Covers(UrlText.Of(url));

    /// <summary>True for an address that an <see cref="EntryKind.IpAddress"/> speaks of.</summary>
    public bool CoversIp(string ip) => Kind == EntryKind.IpAddress && IPAddress.TryParse(ip, out var address) && IpRange.Of(Value)?.Contains(address) is true;

    /// <summary>True when a <see cref="EntryKind.Spoof"/> speaks of an author and of the machine that brought the message.</summary>
    /// <param name="author">The address shown.</param>
    /// <param name="ip">Of the client.</param>
    /// <param name="name">The client's name in DNS; nothing when it is not known, which every name fits.</param>
    public bool CoversSpoof(string author, string ip, string? name) => Kind == EntryKind.Spoof && SpoofPair.Of(Value)?.Covers(author, ip, name) is true;
}

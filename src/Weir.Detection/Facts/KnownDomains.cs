using Weir.Directory.Contracts;
using Weir.Intelligence.Contracts;

namespace Weir.Detection.Facts;

/// <summary>Tells the allow/block list which domains an entry should rather not speak of: the organisation's, and those of the lists that Weir ships.</summary>
internal sealed class KnownDomains(IDirectory directory) : IKnownDomains
{
    private static readonly Lazy<HashSet<string>> Brands = new(() => [.. Names.Brands.All.SelectMany(brand => brand.Domains)]);

    public bool IsOwn(string domain) => directory.Current.OwnDomains.Any(own => Domains.IsWithin(domain, own));

    public string? UsedByMany(string domain) =>
        KnownHosts.IsFreeMail(domain) ? "a mail service where anybody gets an address"
        : KnownHosts.Shared.Contains(domain) ? "a host where anybody gets a site"
        : KnownHosts.IsShortener(domain) ? "a service that shortens links"
        : KnownHosts.Senders.Contains(domain) ? "a service that sends mail for its customers"
        : KnownHosts.IsPictureDrop(domain) ? "a host where anybody uploads files"
        : Brands.Value.Contains(domain) ? "the domain of a well-known name that very many get mail from"
        : null;
}

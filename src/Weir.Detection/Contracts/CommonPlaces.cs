using System.Collections.Frozen;
using Weir.Detection.Facts;

namespace Weir.Detection.Contracts;

/// <summary>Places that many unrelated people use: that two messages share one of them says nothing. The detectors' own lists.</summary>
public static class CommonPlaces
{
    private static readonly FrozenSet<string> Brands = BrandNames.All.SelectMany(brand => brand.Domains).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name that one owner registered; a customer's site at a provider is its own.</summary>
    public static string Registered(string host) => Domains.Registered(host);

    /// <summary>Anybody sends from it: free mail, and services that send for their customers.</summary>
    public static bool IsSender(string domain) => KnownHosts.IsFreeMail(domain) || KnownHosts.IsSendingService(domain);

    /// <summary>Anybody puts something there, or lets a link begin there: hosting, shorteners, picture and file drops. A whole address at it is somebody's all the same.</summary>
    public static bool IsSharedHost(string host) => KnownHosts.IsSharedHosting(host) || KnownHosts.IsShortener(host) || KnownHosts.IsPictureDrop(host);

    /// <summary>A link that leads where it says to a well-known company, or through a service that sends mail for its customers.</summary>
    public static bool IsKnownTarget(string host) => Brands.Contains(Domains.Registered(host)) || KnownHosts.IsSendingService(host);
}

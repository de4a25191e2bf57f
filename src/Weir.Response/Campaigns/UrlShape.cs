using Weir.Detection.Contracts;

namespace Weir.Response.Campaigns;

/// <summary>Where a link leads without what differs between copies. At shared places the whole path names the owner and stays.</summary>
internal static class UrlShape
{
    private const int MostSegments = 8;
    private const int LongestSegment = 60;

    /// <param name="Page">Site and path; empty when the path says nothing.</param>
    /// <param name="Site">The registered name; empty at shared places.</param>
    public readonly record struct Shape(string Page, string Site);

    /// <summary>Nothing for what is no web address, or leads to a well-known company.</summary>
    public static Shape? Of(string url)
    {
        if (url.Length > 10_000 || !Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || parsed.IdnHost.Length == 0)
        {
            return null;
        }

        var host = parsed.IdnHost.ToLowerInvariant();
        var segments = parsed.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (CommonPlaces.IsSharedHost(host))
        {
            var whole = string.Join('/', segments.Take(MostSegments).Select(Cut));
            var isCustomersOwn = CommonPlaces.Registered(host) is var own && own != host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..] && own.Split('.').Length > 2;
            return whole.Length > 0 ? new Shape($"{host}/{whole}", "") : isCustomersOwn ? new Shape(host, "") : null;
        }

        if (CommonPlaces.IsKnownTarget(host))
        {
            return null;
        }

        var site = CommonPlaces.Registered(host);
        var shaped = segments.Take(MostSegments).Select(segment => Shaped(segment)).ToList();
        return new Shape(shaped.Exists(segment => segment.Any(char.IsLetter) && segment[0] != '*') ? $"{site}/{string.Join('/', shaped)}" : "", site);
    }

    /// <summary>A segment with digits in it is made for one copy; its ending stays.</summary>
    private static string Shaped(string segment)
    {
        if (segment.AsSpan().IndexOfAnyInRange('0', '9') < 0 && !segment.Contains('%', StringComparison.Ordinal) && !segment.Contains('@', StringComparison.Ordinal))
        {
            return Cut(segment.ToLowerInvariant());
        }

        var dot = segment.LastIndexOf('.');
        return dot > 0 && segment.Length - dot <= 6 && segment.AsSpan(dot + 1).IndexOfAnyInRange('0', '9') < 0 ? "*" + segment[dot..].ToLowerInvariant() : "*";
    }

    private static string Cut(string segment) => segment.Length > LongestSegment ? segment[..LongestSegment] : segment;
}

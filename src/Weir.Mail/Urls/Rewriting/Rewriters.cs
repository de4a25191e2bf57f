using System.Collections.Frozen;
using Weir.Mail.Contracts;

namespace Weir.Mail.Urls.Rewriting;

/// <summary>Every rewriter that is known, by the names of its hosts. To add one: a line here, a case in the mirrored test.</summary>
internal static class Rewriters
{
    private const string Opaque = "";

    private static readonly FrozenDictionary<string, Rewriter> ByHost = All().SelectMany(entry => entry.Hosts.Select(host => KeyValuePair.Create(host, entry.Rewriter))).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly Rewriter Google = new("Google", IsForwarder: true, url => url.Path == "/url" ? TargetText.Parameter(url, "q", "url") : null);

    /// <summary>Nothing for a host that rewrites nothing.</summary>
    /// <param name="host">In ASCII, lower case.</param>
    public static Rewriter? Of(string host)
    {
        if (IsGoogle(host))
        {
            return Google;
        }

        var lookup = ByHost.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var rest = host.AsSpan(); ;)
        {
            if (lookup.TryGetValue(rest, out var rewriter))
            {
                return rewriter;
            }

            var dot = rest.IndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            rest = rest[(dot + 1)..];
        }
    }

    /// <summary>Google is at home in all countries: google.de, www.google.co.uk.</summary>
    private static bool IsGoogle(string host)
    {
        var name = host.AsSpan();
        name = name.StartsWith("www.", StringComparison.Ordinal) ? name[4..] : name;
        return name.StartsWith("google.", StringComparison.Ordinal) && name.Length <= "google.com.xx".Length;
    }

    private static IEnumerable<(string[] Hosts, Rewriter Rewriter)> All() => [.. Products(), .. Counters(), .. Forwarders()];

    /// <summary>Products that rewrite the links of mail which passes them.</summary>
    private static IEnumerable<(string[] Hosts, Rewriter Rewriter)> Products() =>
    [
        Product("Microsoft Safe Links", url => TargetText.Parameter(url, "url"), "safelinks.protection.outlook.com", "safelinks.protection.office365.us", "safelinks.protection.partner.outlook.cn"),
        Product("Proofpoint", ProofpointLinks.Target, "urldefense.proofpoint.com", "urldefense.com", "urldefense.us"),
        Product("Barracuda", url => TargetText.Parameter(url, "a"), "linkprotect.cudasvc.com"),
        Product("Trend Micro", url => url.Path.StartsWith("/wis/clicktime/", StringComparison.Ordinal) ? TargetText.Parameter(url, "url") : null, "trendmicro.com"),
        Product("FireEye", url => url.Host.StartsWith("protect", StringComparison.Ordinal) ? TargetText.Parameter(url, "u") : null, "fireeye.com"),
        Product("Sophos", url => TargetText.Base64Decoded(TargetText.Parameter(url, "u")), "protection.sophos.com"),
        Product("Libraesva", url => TargetText.Parameter(url, "u"), "urlsand.esvalabs.com"),
        Product("Trustwave", url => TargetText.Parameter(url, "u"), "scanmail.trustwave.com"),
        Product("Symantec", url => TargetText.Parameter(url, "u") ?? OpaqueBelow(url, "/"), "clicktime.symantec.com"),
        Product("Bitdefender", url => url.Path.StartsWith("/scan/ux/", StringComparison.Ordinal) ? TargetText.Base64Decoded(TargetText.Segment(url, 2)) : null, "linkscan.io"),
        Product("Check Point", CheckPoint, "protect.checkpoint.com", "avanan.click"),
        Product("Cisco", Cisco, "secure-web.cisco.com"),
        Product("Mimecast", url => OpaqueBelow(url, "/s/"), "mimecast.com", "mimecastprotect.com"),
        Product("Hornetsecurity", url => url.Query.Length > 0 ? Opaque : null, "atpscan.global.hornetsecurity.com", "seclinks.cloud-security.net"),
        Product("Intermedia", url => url.Query.Length > 0 ? Opaque : null, "url.emailprotection.link"),
    ];

    /// <summary>Services that send mail for others and count its clicks.</summary>
    private static IEnumerable<(string[] Hosts, Rewriter Rewriter)> Counters() =>
    [
        Product("Amazon SES", url => TargetText.Segment(url, 0) is "L0" or "CL0" ? TargetText.Segment(url, 1) : null, "awstrack.me"),
        Product("Microsoft Azure", url => url.Path.StartsWith("/redirect", StringComparison.Ordinal) ? TargetText.Parameter(url, "destination") : null, "emails.azure.microsoft.com"),
    ];

    /// <summary>Sites that warn or count before they send a visitor on; anybody can write such a link.</summary>
    private static IEnumerable<(string[] Hosts, Rewriter Rewriter)> Forwarders() =>
    [
        Forwarder("Facebook", url => TargetText.Parameter(url, "u"), "l.facebook.com", "lm.facebook.com", "l.instagram.com", "l.messenger.com"),
        Forwarder("WhatsApp", url => TargetText.Parameter(url, "u"), "l.wl.co"),
        Forwarder("LinkedIn", url => url.Path.StartsWith("/redir/", StringComparison.Ordinal) || url.Path.StartsWith("/safety/go", StringComparison.Ordinal) ? TargetText.Parameter(url, "url") : null, "linkedin.com"),
        Forwarder("YouTube", url => url.Path == "/redirect" ? TargetText.Parameter(url, "q") : null, "youtube.com"),
        Forwarder("Bing", url => url.Path.StartsWith("/ck/a", StringComparison.Ordinal) && TargetText.Parameter(url, "u") is ['a', '1', .. var coded] ? TargetText.Base64Decoded(coded) : null, "bing.com"),
        Forwarder("Reddit", url => TargetText.Parameter(url, "url"), "out.reddit.com"),
        Forwarder("Tumblr", url => TargetText.Parameter(url, "z"), "t.umblr.com"),
        Forwarder("Steam", url => url.Path.StartsWith("/linkfilter", StringComparison.Ordinal) ? TargetText.Parameter(url, "u", "url") : null, "steamcommunity.com"),
        Forwarder("Slack", url => TargetText.Parameter(url, "url"), "slack-redir.net"),
        Forwarder("VK", url => url.Path == "/away.php" ? TargetText.Parameter(url, "to") : null, "vk.com"),
        Forwarder("DuckDuckGo", url => url.Path.StartsWith("/l/", StringComparison.Ordinal) ? TargetText.Parameter(url, "uddg") : null, "duckduckgo.com"),
        Forwarder("GMX and WEB.DE", url => TargetText.Parameter(url, "redirectUrl"), "deref-gmx.net", "deref-web.de", "deref-mail.com"),
        Forwarder("Google Ads", url => TargetText.Parameter(url, "adurl"), "googleadservices.com", "doubleclick.net"),
    ];

    private static (string[] Hosts, Rewriter Rewriter) Product(string name, Func<WebUrl, string?> target, params string[] hosts) => (hosts, new Rewriter(name, IsForwarder: false, target));

    private static (string[] Hosts, Rewriter Rewriter) Forwarder(string name, Func<WebUrl, string?> target, params string[] hosts) => (hosts, new Rewriter(name, IsForwarder: true, target));

    private static string? OpaqueBelow(WebUrl url, string path) => url.Path.StartsWith(path, StringComparison.Ordinal) && url.Path.Length > path.Length ? Opaque : null;

    /// <summary><c>/v2/___TARGET___.…</c>, or <c>/v1/url?o=TARGET</c>. Newer forms shift the letters by a secret.</summary>
    private static string? CheckPoint(WebUrl url)
    {
        const string Mark = "___";
        if (TargetText.Parameter(url, "o") is { } first)
        {
            return first;
        }

        var start = url.Href.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        var end = start < Mark.Length ? -1 : url.Href.IndexOf(Mark, start, StringComparison.Ordinal);
        return end < 0 ? null : IsWeb(url.Href[start..end]) ? url.Href[start..end] : Opaque;
    }

    /// <summary><c>/TOKEN/TARGET</c>; some links have the token alone.</summary>
    private static string? Cisco(WebUrl url)
    {
        var slash = url.Path.IndexOf('/', 1);
        var target = slash < 0 ? "" : TargetText.PercentDecoded(url.Path[(slash + 1)..]);
        return IsWeb(target) ? target : OpaqueBelow(url, "/");
    }

    private static bool IsWeb(string text) => text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}

using Weir.Detection.Facts.Html;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts;

/// <summary>A URL that a person can follow, taken apart once.</summary>
/// <param name="url">As in the record of the message where it is there.</param>
internal sealed class UrlFacts(string url, string shownText, Uri uri, string host)
{
    private const int Most = 300;
    private const int MostPlacesOfFiles = 8;

    public string Url { get; } = url;
    public string ShownText { get; } = shownText;
    public Uri Uri { get; } = uri;

    /// <summary>Host in ASCII, lower case; empty when it has none.</summary>
    public string Host { get; } = host;

    public string Registered { get; } = Domains.Registered(host);

    /// <summary>Public sites that the link as written only passes through; empty when there are none.</summary>
    public string ForwardedBy { get; private init; } = "";

    /// <summary>A product had rewritten the link, and only the product knows where it leads.</summary>
    public bool IsUnresolved { get; private init; }

    public bool IsWeb => Uri.Scheme is "http" or "https";

    public bool IsIpAddress => Uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6;

    /// <summary>For evidence: defanged so that nobody follows it by accident, and short.</summary>
    public string Shown => Defang(Url);

    public static string Defang(string url)
    {
        var text = url.Replace("http", "hxxp", StringComparison.OrdinalIgnoreCase);
        return text.Length <= 120 ? text : string.Concat(text.AsSpan(0, 120), "…");
    }

    /// <summary>Nothing when the host is no name: no browser would follow it.</summary>
    private static string? HostOf(Uri uri)
    {
        try
        {
            return uri.IdnHost.ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// Where files of the message lead: the few links of a document that is there to be clicked. A paper or a catalogue with links to many places says
    /// nothing by any of them, and gives none.
    /// </summary>
    public static IReadOnlyList<UrlFacts> InFiles(ParsedMessage message)
    {
        var found = message.Urls.Where(url => url.Source == UrlSource.Attachments).Take(Most).Select(url => Of(url, url.ShownText)).OfType<UrlFacts>()
            .Where(target => target.IsWeb).DistinctBy(target => target.Url, StringComparer.Ordinal).ToList();
        return found.DistinctBy(target => target.Registered, StringComparer.Ordinal).Count() <= MostPlacesOfFiles ? found : [];
    }

    public static IReadOnlyList<UrlFacts> Targets(ParsedMessage message, HtmlFacts html)
    {
        var recorded = new Dictionary<string, MailUrl>(StringComparer.Ordinal);
        foreach (var url in message.Urls)
        {
            recorded.TryAdd(url.Written, url);
        }

        var links = html.Links.Count > 0
            ? html.Links.Select(link => (link.Target, link.ShownText))
            : message.Urls.Where(url => url.Source is UrlSource.EmailBody && url.ShownText.Length == 0 && message.HtmlBody.Length == 0).Select(url => (Target: url.Written, ShownText: ""));
        var qrCodes = message.Urls.Where(url => url.Source == UrlSource.QrCode).Select(url => (Target: url.Written, ShownText: ""));
        return [.. links.Concat(qrCodes).Take(Most).Select(link => recorded.TryGetValue(link.Target, out var url) ? Of(url, link.ShownText) : Of(link.Target, link.ShownText)).OfType<UrlFacts>()];
    }

    private static UrlFacts? Of(MailUrl url, string shown) => Of(url.Url, shown, url.ForwardedBy, url.IsUnresolved);

    /// <summary>A link that the record of the message does not have as it stands.</summary>
    private static UrlFacts? Of(string target, string shown) =>
        MailUrls.Unwrap(target) is { } unwrapped ? Of(unwrapped.Url, shown, unwrapped.ForwardedBy, unwrapped.IsUnresolved) : Of(target, shown, "", isUnresolved: false);

    private static UrlFacts? Of(string url, string shown, string forwardedBy, bool isUnresolved) =>
        // Links without a scheme lead nowhere in mail programs, but addresses written in plain text are followed.
        Uri.TryCreate(url.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "http://" + url : url, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" or "ftp" or "data" or "javascript"
        && HostOf(uri) is { } host
            ? new UrlFacts(url, shown, uri, host) { ForwardedBy = forwardedBy, IsUnresolved = isUnresolved }
            : null;
}

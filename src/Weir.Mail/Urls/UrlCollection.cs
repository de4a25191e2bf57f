using Weir.Mail.Contracts;
using Weir.Mail.Mime;
using Weir.Mail.Text;

namespace Weir.Mail.Urls;

/// <summary>Gathers the URLs of one message, each once for each place and shown text.</summary>
internal sealed class UrlCollection(int most, DefectList defects)
{
    /// <summary>References that lead nowhere a server would see.</summary>
    private static readonly string[] Inert = ["cid:", "mid:", "mailto:", "tel:", "sms:", "about:", "callto:", "xmpp:", "geo:", "urn:", "blob:", "chrome:", "resource:", "webcal:", "x-apple-data-detectors:"];

    private readonly List<MailUrl> _urls = [];
    private readonly HashSet<(string, string, UrlSource, string)> _seen = [];
    private readonly HashSet<(string, UrlSource, string)> _places = [];

    public IReadOnlyList<MailUrl> All => _urls;

    private bool IsFull => _urls.Count >= most;

    /// <summary>URLs in text as a mail client finds them.</summary>
    public void AddText(string text, UrlSource source, string partPath, bool needsScheme = false)
    {
        foreach (var range in Linkifier.Find(text, most, needsScheme))
        {
            Add(text[range], "", source, partPath, null);
        }
    }

    /// <summary>References of a page, and URLs in its text that are not links yet.</summary>
    public void AddPage(HtmlPage page, UrlSource source, string partPath)
    {
        foreach (var reference in page.References)
        {
            if (reference.IsClicked || !reference.Written.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            {
                Add(reference.Written, reference.ShownText, source, partPath, page.BaseUrl);
            }
        }

        var next = 0;
        foreach (var range in Linkifier.Find(page.VisibleText, most))
        {
            while (next < page.Linked.Count && page.Linked[next].End <= range.Start.Value)
            {
                next++;
            }

            if (next >= page.Linked.Count || page.Linked[next].Start > range.Start.Value)
            {
                Add(page.VisibleText[range], "", source, partPath, null);
            }
        }
    }

    /// <param name="relativeTo">The address of the page, when it is known.</param>
    public void Add(string written, string shown, UrlSource source, string partPath, string? relativeTo)
    {
        if (IsFull)
        {
            defects.Add("too-many-urls", $"Only the first {most} URLs are listed.");
            return;
        }

        if (written.Length == 0 || written[0] == '#' || Array.Exists(Inert, scheme => written.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        if (written.Length > MailUrls.Longest)
        {
            defects.Add("url-too-long", $"A URL of {written.Length} characters is not listed.");
            return;
        }

        if (Resolve(written, relativeTo) is not { } opened)
        {
            return;
        }

        var unwrapped = MailUrls.Unwrap(opened.Href);
        var target = unwrapped is null ? null : Resolve(unwrapped.Url, null);
        var url = target ?? opened;

        // Found again in the text of a page, a link is no other one.
        if (shown.Length > 0 ? _seen.Add((url.Href, shown, source, partPath)) : !_places.Contains((url.Href, source, partPath)))
        {
            _places.Add((url.Href, source, partPath));
            _urls.Add(new MailUrl
            {
                Url = url.Href,
                Written = written,
                Domain = url.Host,
                Source = source,
                ShownText = shown,
                PartPath = partPath,
                WrappedBy = unwrapped?.WrappedBy ?? "",
                ForwardedBy = unwrapped?.ForwardedBy ?? "",
                IsUnresolved = unwrapped is not null && (unwrapped.IsUnresolved || target is null),
            });
        }
    }

    private static WebUrl? Resolve(string written, string? relativeTo)
    {
        // "example.com:8080/x" would be a URL of the scheme "example.com".
        if (MailUrls.TryParse(written, out var absolute) && !absolute.Scheme.Contains('.', StringComparison.Ordinal) && (absolute.Host.Length > 0 || absolute.Scheme.Length > 1))
        {
            return absolute;
        }

        if (relativeTo is { Length: > 0 } && MailUrls.TryParse(written, out var resolved, relativeTo))
        {
            return resolved;
        }

        if (written.StartsWith("//", StringComparison.Ordinal) || written.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return MailUrls.TryParse("https:" + written, out var secure) ? secure : null;
        }

        return Linkifier.Find(written, 1) is [var range, ..] && range.Start.Value == 0 && MailUrls.TryParse("http://" + written, out var guessed) ? guessed : null;
    }
}

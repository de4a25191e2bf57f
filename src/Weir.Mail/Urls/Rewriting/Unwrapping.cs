using Weir.Mail.Contracts;

namespace Weir.Mail.Urls.Rewriting;

/// <summary>Leads rewritten links back, through several rewriters one inside the other. Nothing is looked up: what only the product knows stays unresolved.</summary>
internal static class Unwrapping
{
    /// <summary>More layers than mail has ways; what is deeper stays unresolved.</summary>
    private const int MostLayers = 16;

    public static UnwrappedUrl? Of(string written)
    {
        var url = written;
        List<string> products = [], forwarders = [];
        var isUnresolved = false;
        for (var layer = 0; !isUnresolved && Parsed(url) is { } web && Rewriters.Of(web.Host) is { } rewriter; layer++)
        {
            var target = rewriter.Target(web);
            var isWeb = target is not null && Parsed(target) is not null;
            if (target is null || (rewriter.IsForwarder && !isWeb))
            {
                break;
            }

            var names = rewriter.IsForwarder ? forwarders : products;
            if (!names.Contains(rewriter.Name))
            {
                names.Add(rewriter.Name);
            }

            isUnresolved = !isWeb || layer == MostLayers;
            url = isUnresolved ? url : target;
        }

        return products.Count + forwarders.Count == 0 ? null : new UnwrappedUrl
        {
            Url = url,
            WrappedBy = string.Join(", ", products),
            ForwardedBy = string.Join(", ", forwarders),
            IsUnresolved = isUnresolved,
        };
    }

    /// <summary>A web address, with or without its scheme.</summary>
    private static WebUrl? Parsed(string text)
    {
        if ((!MailUrls.TryParse(text, out var url) || url.Scheme.Contains('.', StringComparison.Ordinal))
            && !(text.IndexOf('.', StringComparison.Ordinal) > 0 && char.IsAsciiLetterOrDigit(text[0]) && MailUrls.TryParse("https://" + text, out url)))
        {
            return null;
        }

        return url is { Scheme: "http" or "https" or "ftp", Host.Length: > 0 } ? url : null;
    }
}

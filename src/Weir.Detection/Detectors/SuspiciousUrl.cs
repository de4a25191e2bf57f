using System.Text;
using System.Text.RegularExpressions;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Html;
using Weir.Detection.Facts.Names;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>Links whose form hides where they lead or borrows a name. What a host is, not who it is.</summary>
internal sealed partial class SuspiciousUrl : IDetector
{
    private const int Most = 100;

    public string Id => "suspicious-url";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        // Each kind is said once, of the first link; its places are those of all such links.
        foreach (var same in message.Targets.Concat(message.FileTargets).Take(Most).SelectMany(target => Of(target, message).Select(signal => (Signal: signal, Place: In.Url(target.Url)))).GroupBy(said => said.Signal.Name, StringComparer.Ordinal))
        {
            yield return same.First().Signal.At(same.Select(said => said.Place).Distinct());
        }

        if (message.Html.RefreshTo.Length > 0)
        {
            yield return Say.Phish("url-refresh", $"The body sends the reader on to {UrlFacts.Defang(message.Html.RefreshTo)} by itself.").At(In.Html(message, HtmlSpot.Refresh));
        }
    }

    private static IEnumerable<Signal> Of(UrlFacts target, MessageFacts message)
    {
        if (target.Uri.Scheme is "data" or "javascript")
        {
            yield return Say.Phish("url-data", $"A link carries its page in itself: {target.Shown}", DetectionTechnology.AdvancedFilter, target.Url);
            yield break;
        }

        if (!target.IsWeb || message.IsOurs(target.Host))
        {
            yield break;
        }

        var path = target.Uri.PathAndQuery;
        if (target.IsIpAddress)
        {
            yield return Phish("url-ip-host", $"A link to a bare address: {target.Shown}", target);
        }

        if (target.Uri.UserInfo.Length > 0)
        {
            yield return Phish("url-user-info", $"What stands before the @ is not the host: {target.Shown}", target);
        }

        if (target.Host.Contains("xn--", StringComparison.Ordinal))
        {
            yield return Phish("url-punycode", $"The host {target.Host} reads as {Domains.ToUnicode(target.Host)}.", target);
        }

        if (KnownHosts.IsShortener(target.Host) && path.Length > 1)
        {
            yield return Say.Any("url-shortener", $"The target is hidden behind {target.Host}.", DetectionTechnology.AdvancedFilter, target.Url);
        }

        var isHosted = KnownHosts.IsSharedHosting(target.Host) && !message.IsAuthors(target);
        if (isHosted)
        {
            yield return Phish("url-shared-hosting", $"Leads to {target.Host}, where anybody gets a site at once.", target);
        }

        // Of the author's own domain it is said once, as of the sender.
        if (KnownHosts.IsCheap(target.Host) && !(message.IsAuthors(target) && KnownHosts.IsCheap(message.AuthorDomain)))
        {
            yield return Say.Any("url-cheap-top-level", $"Leads to {target.Host}; that top level is often used for throw-away names.", DetectionTechnology.AdvancedFilter, target.Url);
        }

        if (target.Host.Count(c => c == '.') >= 4 && !KnownHosts.IsSendingService(target.Host))
        {
            yield return Phish("url-many-labels", $"A host of many labels: {target.Host}", target);
        }

        if (BrandOutOfPlace(target) is { } brand)
        {
            yield return Phish("url-brand-elsewhere", $"{brand.Name} stands in {target.Shown}, which is not at home there.", target);
        }

        if (Forwarding(target) is { } forwarding)
        {
            yield return Phish("url-open-redirect", forwarding, target);
        }

        if (CredentialPath().IsMatch(target.Uri.AbsolutePath) && !message.IsAuthors(target))
        {
            yield return Phish("url-credential-path", $"The path speaks of signing in: {target.Shown}", target);
        }

        if (BrokenInSite().IsMatch(target.Uri.AbsolutePath))
        {
            yield return Phish("url-inside-broken-site", $"A page inside the system folders of somebody's site: {target.Shown}", target);
        }

        foreach (var signal in OfRest(target, message))
        {
            yield return signal;
        }
    }

    /// <summary>What follows the host.</summary>
    private static IEnumerable<Signal> OfRest(UrlFacts target, MessageFacts message)
    {
        if (HasRecipient(target, message))
        {
            yield return Phish("url-names-recipient", $"The recipient's address stands in the link: {target.Shown}", target);
        }

        if (IsDrawnPath(target) && !message.IsAuthors(target) && !Brands.IsHome(target.Host))
        {
            yield return Say.Any("url-random-path", $"Nothing but one long random word follows the host: {target.Shown}", DetectionTechnology.AdvancedFilter, target.Url);
        }

        if (RandomPath(target))
        {
            yield return Say.Any("url-random-fragment", $"A long random fragment after the #: {target.Shown}", DetectionTechnology.AdvancedFilter, target.Url);
        }
    }

    private static Signal Phish(string name, string evidence, UrlFacts target) => Say.Phish(name, evidence, DetectionTechnology.AdvancedFilter, target.Url);

    private static Brand? BrandOutOfPlace(UrlFacts target)
    {
        // The registered name itself is the look-alike detector's; here: labels before it and the path.
        var host = target.Host.Length > target.Registered.Length ? target.Host[..^target.Registered.Length] : "";
        if (KnownHosts.IsSharedHosting(target.Host))
        {
            host = target.Host;
        }

        return host.Length < 4 ? null : Brands.In(host).FirstOrDefault(brand => !brand.IsCommonWord && brand.Name.Length >= 4 && !brand.IsAtHome(target.Host));
    }

    private static string? Forwarding(UrlFacts target) =>
        target.ForwardedBy.Length > 0 ? $"{target.ForwardedBy} only passes on to {target.Shown}."
        : Redirect(target) is { Length: > 0 } onward ? $"{target.Host} only passes on to {UrlFacts.Defang(onward)}."
        : null;

    /// <summary>A web address inside the path or query of a host that forwards to whatever it is given.</summary>
    private static string? Redirect(UrlFacts target)
    {
        if (target.IsUnresolved || KnownHosts.IsSendingService(target.Host))
        {
            return null;
        }

        if (GoogleForward().Match(target.Host + target.Uri.PathAndQuery) is { Success: true } google)
        {
            return google.Groups["to"].Value;
        }

        if (RedirectParameter().Match(target.Uri.Query) is { Success: true } match && Uri.TryCreate(Uri.UnescapeDataString(match.Groups["to"].Value), UriKind.Absolute, out var onward)
            && onward.Scheme is "http" or "https" && !Domains.AreSame(onward.Host, target.Host))
        {
            return onward.AbsoluteUri;
        }

        return null;
    }

    /// <summary>
    /// The address of a recipient in the fragment, or at the end of the path, plain or in Base64: the page greets its victim by it. In queries lists
    /// name it too, and programs of lists below a path of their own.
    /// </summary>
    private static bool HasRecipient(UrlFacts target, MessageFacts message)
    {
        var path = Uri.UnescapeDataString(target.Uri.AbsolutePath).Trim('/');
        var rest = target.Uri.Fragment.Length > 5 ? target.Uri.Fragment
            : target.Uri.Query.Length == 0 && path.Count(c => c == '/') <= 1 && !message.IsAuthors(target) ? path[(path.LastIndexOf('/') + 1)..]
            : "";
        if (rest.Length == 0)
        {
            return false;
        }

        var isPath = rest[0] != '#';
        foreach (var recipient in message.Envelope.Recipients)
        {
            if ((isPath ? rest.StartsWith(recipient, StringComparison.OrdinalIgnoreCase) : rest.Contains(recipient, StringComparison.OrdinalIgnoreCase))
                || rest.Contains(Convert.ToBase64String(Encoding.ASCII.GetBytes(recipient)).TrimEnd('='), StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The whole path is one word of at least twenty letters of both cases and digits in wild order, without a query.</summary>
    private static bool IsDrawnPath(UrlFacts target)
    {
        var path = target.Uri.AbsolutePath.Trim('/');
        if (target.Uri.Query.Length > 0 || path.Contains('/', StringComparison.Ordinal) || KnownHosts.IsSendingService(target.Host) || KnownHosts.IsShortener(target.Host))
        {
            return false;
        }

        // Words joined to a title are none.
        var piece = path.Split('-', '_', '=', '.').MaxBy(piece => piece.Length) ?? "";
        if (piece.Length < 20 || !piece.All(char.IsAsciiLetterOrDigit) || !piece.Any(char.IsAsciiDigit))
        {
            return false;
        }

        var changes = 0;
        for (var i = 1; i < piece.Length; i++)
        {
            changes += Kind(piece[i]) != Kind(piece[i - 1]) ? 1 : 0;
        }

        return changes >= 5;
        static int Kind(char c) => char.IsAsciiDigit(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : 2;
    }

    private static bool RandomPath(UrlFacts target)
    {
        var fragment = target.Uri.Fragment;
        return fragment.Length >= 24 && !fragment.Contains('-', StringComparison.Ordinal) && fragment.Any(char.IsAsciiDigit) && fragment.Any(char.IsAsciiLetterUpper) && fragment.Any(char.IsAsciiLetterLower);
    }

    [GeneratedRegex(@"(^|[/_.-])(log-?in|sign-?in|logon|signon|verify|verification|validate|account-?update|update-?account|secure|webscr|banking|password|passwd|credential|auth|sso|wallet|kyc|owa|portal|confirm)([/_.-]|\.php|\.html?|$)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CredentialPath();

    [GeneratedRegex(@"/(wp-content|wp-includes|wp-admin|\.well-known|vendor/phpunit|plugins/system|components/com_)[/_-]?", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex BrokenInSite();

    [GeneratedRegex(@"[?&](url|u|q|to|link|target|dest|destination|redirect|redirect_uri|redirect_url|redir|next|continue|goto|adurl|return|returnurl|r)=(?<to>https?(:|%3a)[^&]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex RedirectParameter();

    [GeneratedRegex(@"(^|\.)(google\.[a-z.]{2,6}|googleadservices\.com|bing\.com|baidu\.com|doubleclick\.net|linkedin\.com|youtube\.com|facebook\.com)/(amp/(s/)?|url\?|ck/a|link\?url=|pcs/click|aclk|slink\?|redirect\?|l\.php\?|redir/)(?<to>.+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex GoogleForward();
}

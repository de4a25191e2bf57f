using System.Text.RegularExpressions;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Names;
using Weir.Mail.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>A link shows one address and leads to another.</summary>
internal sealed partial class LinkTextElsewhere : IDetector
{
    public string Id => "link-text-elsewhere";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var target in message.Targets)
        {
            if (!target.IsWeb || target.IsUnresolved || target.ShownText.Length is 0 or > 1000)
            {
                continue;
            }

            // What rewrites links rewrites the text that shows them, too.
            var match = Address().Match(MailUrls.Unwrap(target.ShownText.Trim()) is { IsUnresolved: false } unwrapped ? unwrapped.Url : target.ShownText);
            var shown = match.Groups["host"].Value.ToLowerInvariant();
            if (!match.Success || MailUrls.IsRewriter(shown) || Domains.AreSame(shown, target.Host) || !IsTopLevel(shown) || message.IsOurs(target.Host))
            {
                continue;
            }

            var evidence = $"Shows {shown}, leads to {target.Shown}.";
            if (Brands.IsHome(shown) || message.IsOurs(shown) || match.Groups["path"].Length > 1)
            {
                // Mailing services route links through a counter of their own or of the sender; that is no lie about a brand.
                yield return IsCounter(target, message)
                    ? Say.Any("link-text-counted", evidence, entity: target.Url)
                    : Say.Phish("link-text-elsewhere", evidence, DetectionTechnology.AdvancedFilter, target.Url);
                yield break;
            }
        }
    }

    private static bool IsCounter(UrlFacts target, MessageFacts message) =>
        message.IsAuthors(target) || Domains.AreSame(target.Host, message.EnvelopeDomain) || KnownHosts.IsSendingService(target.Host);

    /// <summary>Text such as "readme.txt" or "e.g" is no host.</summary>
    private static bool IsTopLevel(string host)
    {
        var last = host[(host.LastIndexOf('.') + 1)..];
        return last.Length is >= 2 and <= 12 && last.All(char.IsAsciiLetter) && last is not ("txt" or "pdf" or "doc" or "docx" or "xls" or "xlsx" or "zip" or "html" or "htm" or "php" or "js" or "jpg" or "png" or "gif" or "cpp" or "cc" or "py" or "c" or "h" or "hpp" or "log" or "xml" or "json");
    }

    [GeneratedRegex(@"^\s*(https?://)?(www\.)?(?<host>([a-z0-9]([a-z0-9-]{0,62})\.){1,6}[a-z]{2,12})(?<path>(:\d+)?(/\S*)?)\s*$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}

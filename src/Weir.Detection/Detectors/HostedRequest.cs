using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>A request or an offer of fraud, and its page is one that anybody gets in minutes: free hosting, a form, behind a shortener.</summary>
internal sealed class HostedRequest : IDetector
{
    private static readonly string[] Requests = ["credentials", "account-threat", "payment-problem", "parcel", "document"];
    private static readonly string[] Offers = ["prize", "crypto-money", "casino", "pills", "dating", "advance-fee"];

    public string Id => "hosted-request";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound)
        {
            yield break;
        }

        var pages = message.Targets.Concat(message.FileTargets).Where(target => target.IsWeb && !message.IsAuthors(target) && !message.IsOurs(target.Host) && IsAnybodys(target)).ToList();
        if (pages.Count == 0)
        {
            yield break;
        }

        var places = pages.Select(target => In.Url(target.Url)).Distinct().ToList();
        if (Said(message, Requests) is { Count: > 0 } requests)
        {
            yield return Say.Phish("request-hosted", $"{message.Text.Quote(requests[0])}, and the page is at {Place(pages[0])}.", DetectionTechnology.MixedAnalysisDetection).At(places).At(In.Phrases(message.Text, requests));
        }
        else if (Said(message, Offers) is { Count: > 0 } offers && offers.Sum(message.Text.Strength) >= MoreThanOne)
        {
            yield return Say.Any("offer-hosted", $"{message.Text.Quote(offers[0])}, and the page is at {Place(pages[0])}.", DetectionTechnology.MixedAnalysisDetection).At(places).At(In.Phrases(message.Text, offers));
        }
    }

    /// <summary>One phrase of an offer is everyday advertising.</summary>
    private const double MoreThanOne = 2;

    private static List<string> Said(MessageFacts message, string[] kinds) => [.. kinds.Where(kind => message.Text.Strength(kind) >= 1)];

    private static bool IsAnybodys(UrlFacts target) => KnownHosts.IsForm(target) || KnownHosts.IsSharedHosting(target.Host) || (KnownHosts.IsShortener(target.Host) && target.Uri.PathAndQuery.Length > 1);

    private static string Place(UrlFacts page) => $"{page.Host}, {(KnownHosts.IsForm(page) ? "which makes forms" : KnownHosts.IsShortener(page.Host) ? "which hides where it is" : "where anybody gets a site")}";
}

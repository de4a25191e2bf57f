using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Knowledge.Indicators;
using Weir.Detection.Facts.Knowledge.Lists;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Facts.Names;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>What is known of links: by lists in DNS, by indicator files, and by the mail in which they stood here before.</summary>
internal sealed class UrlReputation : IDetector
{
    /// <summary>Bad messages with a host before it says something of other pages there.</summary>
    private const int LeastOfHost = 2;

    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    public string Id => "url-reputation";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var indicator in message.Known.Indicators.Where(indicator => indicator.Kind is IndicatorKind.Url or IndicatorKind.Domain))
        {
            yield return Say.Phish("url-known-bad", $"{indicator.Source} names {UrlFacts.Defang(indicator.Value)}.", DetectionTechnology.UrlMaliciousReputation, indicator.Value).At(In.Url(indicator.Value), In.Knowledge("indicator files")) with { IsConclusive = true };
        }

        foreach (var list in message.Known.Lists.Where(list => list is { IsOfAddress: false, Status: ListStatus.Listed }))
        {
            var target = message.Targets.FirstOrDefault(target => target.Registered == list.Subject);
            yield return Say.Phish("url-listed", $"{list.Zone} lists {list.Subject} ({list.Codes}), where a link leads.", DetectionTechnology.UrlMaliciousReputation, target?.Url).At(target is null ? [] : [In.Url(target.Url)]).At(In.Knowledge($"DNS ({list.Zone})"));
        }

        if (message.Direction != Direction.Inbound)
        {
            yield break;
        }

        foreach (var target in message.Targets.Where(target => target.IsWeb && !message.IsOurs(target.Host) && !Brands.IsHome(target.Host)).DistinctBy(target => target.Url, StringComparer.Ordinal))
        {
            if (message.Known.Here.Urls.GetValueOrDefault(target.Url) is var url && IsBad(url, 1, message.ReceivedAt) && target.Uri.PathAndQuery.Length > 1)
            {
                yield return Say.Phish("url-bad-here", $"{target.Shown} stood in {Messages(url.Bad)} judged phish or malware, the last on {url.Last:yyyy-MM-dd}, and in no other.", DetectionTechnology.UrlMaliciousReputation, target.Url).At(In.Url(target.Url), In.Knowledge("history of mail"));
            }
            else if (message.Known.Here.Hosts.GetValueOrDefault(target.Host) is var host && IsBad(host, LeastOfHost, message.ReceivedAt))
            {
                yield return Say.Phish("url-host-bad-here", $"Links to {target.Host} stood in {Messages(host.Bad)} judged phish or malware, the last on {host.Last:yyyy-MM-dd}, and in no other.", DetectionTechnology.UrlMaliciousReputation, target.Url).At(In.Url(target.Url), In.Knowledge("history of mail"));
            }
        }
    }

    /// <summary>One good message with it is enough to doubt it.</summary>
    private static bool IsBad(Standing standing, int least, DateTimeOffset at) => standing.Bad >= least && standing.Bad == standing.Times && at - standing.Last <= Memory;

    private static string Messages(int count) => count == 1 ? "a message" : $"{count} messages";
}

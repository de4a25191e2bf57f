using System.Net;
using Weir.Detection.Contracts;
using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Knowledge.Indicators;
using Weir.Detection.Facts.Knowledge.Lists;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Facts.Knowledge.Rules;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts.Knowledge;

/// <summary>Looks up what is known of the things in a message: lists in DNS, indicator files, own mail, the analysts' rules.</summary>
internal sealed class KnowledgeGatherer(DnsLists lists, IndicatorFiles indicators, RuleFile rules, IReputations reputations, TrustedRelays relays) : IKnowledge
{
    /// <summary>Fewer words than this are alike by chance: thanks, an out of office note, a signature.</summary>
    private const int LeastWords = 25;
    private const int MostUrls = 100;
    private const int MostFiles = 200;

    public async ValueTask<KnownFacts> AskAsync(MessageToJudge message, ParsedMessage parsed, IReadOnlyList<UrlFacts> targets, int words, CancellationToken cancellationToken)
    {
        var client = relays.ClientOf(parsed.Received, message.Envelope).Ip;
        var urls = parsed.Urls.Select(url => (url.Url, Host: url.Domain)).Concat(targets.Select(target => (target.Url, target.Host))).Where(url => url.Host.Length > 0).Distinct().Take(MostUrls).ToList();
        var files = parsed.Parts.Where(part => part.IsAttachment).SelectMany(part => part.Members.Select(member => member.Sha256).Prepend(part.Sha256)).Where(hash => hash.Length > 0).Distinct(StringComparer.Ordinal).Take(MostFiles).ToList();
        // Who logged in is one of ours; lists of home connections hold everybody's address.
        var listed = message.Envelope.AuthenticatedUser.Length > 0
            ? []
            : await lists.AskAsync(client, targets.Where(target => target.IsWeb && !target.IsIpAddress && !Names.Brands.IsHome(target.Host)).Select(target => target.Registered).Distinct(StringComparer.Ordinal), cancellationToken);
        return new KnownFacts
        {
            Lists = listed,
            ClientIp = client,
            Indicators = [.. Find(client, urls, files)],
            Here = HereOf(message, new ReputationQuestion(message.Id.Value, parsed.Author?.Address ?? "", client, urls, files, words >= LeastWords ? parsed.ClusterId : 0, message.Envelope.Recipients, message.ReceivedAt) { IsAgain = message.IsAgain }),
            Rules = rules.Current,
        };
    }

    /// <summary>As it was told when the message came; of bodies, links and files what has been found since, where that is asked for.</summary>
    private Standings HereOf(MessageToJudge message, ReputationQuestion question)
    {
        if (FoundHistory.Read(message.EarlierHistory)?.Here is not { } earlier)
        {
            return reputations.Of(question);
        }

        return message.WithLaterKnowledge && reputations.Of(question) is var now ? earlier with { Alike = now.Alike, Urls = now.Urls, Hosts = now.Hosts, Files = now.Files } : earlier;
    }

    private IEnumerable<Indicator> Find(string client, List<(string Url, string Host)> urls, List<string> files)
    {
        if (indicators.Count().Entries == 0)
        {
            yield break;
        }

        foreach (var file in files)
        {
            if (indicators.SourceOf(IndicatorKind.File, file) is { } source)
            {
                yield return new Indicator(IndicatorKind.File, file, source);
            }
        }

        foreach (var (url, host) in urls)
        {
            if (indicators.SourceOf(IndicatorKind.Url, url) is { } byUrl)
            {
                yield return new Indicator(IndicatorKind.Url, url, byUrl);
            }
            else if (indicators.OfHost(host) is { } byHost)
            {
                yield return new Indicator(IndicatorKind.Domain, url, byHost);
            }
        }

        if (IPAddress.TryParse(client, out var address) && indicators.SourceOf(IndicatorKind.Address, address.ToString()) is { } byAddress)
        {
            yield return new Indicator(IndicatorKind.Address, client, byAddress);
        }
    }
}

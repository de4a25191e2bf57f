using System.Globalization;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Facts.Names;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>
/// How rare and how good the author's domain and the hosts of links are in own mail: first seen days ago, in so many messages, so many of them bad.
/// Says nothing of rarity until Weir has watched for a week and a hundred messages, and nothing of domains where anybody gets an address.
/// </summary>
internal sealed class DomainReputation : IDetector
{
    private const int Least = 3;
    private const double MostlyBad = 0.8;

    private static readonly TimeSpan Young = TimeSpan.FromDays(3);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    public string Id => "domain-reputation";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound)
        {
            yield break;
        }

        var domain = message.AuthorRegistered;
        var isEverybodys = domain.Length == 0 || KnownHosts.IsFreeMail(message.AuthorDomain) || KnownHosts.IsSendingService(domain) || Brands.IsHome(domain);
        var here = message.Known.Here.Domain;
        if (!isEverybodys && message.IsAuthorProven && here.Bad >= Least && here.Bad >= here.Times * MostlyBad && message.ReceivedAt - here.Last <= Memory)
        {
            yield return Say.Spam("domain-bad-here", $"{Seen(domain, here, message.ReceivedAt)}", DetectionTechnology.DomainReputation).At(In.Author(message), In.Knowledge("history of mail"));
        }
        else if (!isEverybodys && message.Known.Here.IsLearned && !here.IsNew && message.ReceivedAt - here.First <= Young)
        {
            // Of a domain never seen before first-contact speaks.
            yield return Say.Any("domain-new-here", Seen(domain, here, message.ReceivedAt), DetectionTechnology.DomainReputation).At(In.Author(message), In.Knowledge("history of mail"));
        }

        var rare = message.Known.Here.IsLearned
            ? message.Targets.FirstOrDefault(target => target.IsWeb && IsRare(message.Known.Here.Hosts, target) && !message.IsAuthors(target) && !message.IsOurs(target.Host) && !Brands.IsHome(target.Host))
            : null;
        if (rare is not null)
        {
            yield return Say.Any("link-host-new-here", $"No mail here had a link to {rare.Host} before.", DetectionTechnology.DomainReputation, rare.Url).At(In.Url(rare.Url), In.Knowledge("history of mail"));
        }
    }

    private static bool IsRare(IReadOnlyDictionary<string, Standing> hosts, UrlFacts target) => hosts.TryGetValue(target.Host, out var standing) && standing.IsNew;

    private static string Seen(string domain, Standing here, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{domain} was first seen here {Math.Max(0, (at - here.First).TotalDays):0.0} days ago, in {here.Times} messages, {here.Bad} of them bad.");
}

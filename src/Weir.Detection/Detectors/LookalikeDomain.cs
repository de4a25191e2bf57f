using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Names;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>A domain of the sender or of a link looks like one of ours, of a partner, or of a brand.</summary>
internal sealed class LookalikeDomain : IDetector
{
    private const int MostLinkDomains = 30;

    public string Id => "lookalike-domain";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var senders = new[] { (message.AuthorDomain, In.Author(message)), (message.EnvelopeDomain, In.MailFrom(message)) }
            .Concat(message.Message.ReplyTo.Select(address => (address.Domain, In.Header("Reply-To"))))
            .Where(sender => sender.Item1.Length > 0)
            .Select(sender => (Domain: sender.Item1, Entity: (string?)null, Place: sender.Item2));
        var links = message.Targets.Concat(message.FileTargets).Where(target => target.IsWeb && !target.IsIpAddress).DistinctBy(target => target.Registered, StringComparer.Ordinal).Take(MostLinkDomains).Select(target => (Domain: target.Host, Entity: (string?)target.Url, Place: In.Url(target.Url)));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // What a trusted sender calls itself is its own affair; where its links lead is not.
        foreach (var (domain, entity, place) in message.IsTrustedSender ? links : senders.Concat(links))
        {
            if (seen.Add(Domains.Registered(domain)) && !message.IsOurs(domain) && Of(domain, entity, message) is { } signal)
            {
                yield return signal.At(place);
            }
        }
    }

    private static Signal? Of(string domain, string? entity, MessageFacts message)
    {
        var candidate = KnownDomain.Of(domain);
        foreach (var own in message.Organisation.OwnDomains)
        {
            if (Lookalike.Compare(candidate, KnownDomain.Of(own)) is not Likeness.None and var likeness)
            {
                return Say.Phish("lookalike-own-domain", Words(domain, own, likeness, entity), DetectionTechnology.ImpersonationDomain, entity) with { Impersonates = own };
            }
        }

        if (message.Organisation.ProtectedDomains.Any(known => Domains.IsWithin(domain, known)) || Brands.IsHome(domain))
        {
            return null;
        }

        foreach (var known in message.Organisation.ProtectedDomains)
        {
            if (Lookalike.Compare(candidate, KnownDomain.Of(known)) is not Likeness.None and var likeness)
            {
                return Say.Phish("lookalike-protected-domain", Words(domain, known, likeness, entity), DetectionTechnology.ImpersonationDomain, entity) with { Impersonates = known };
            }
        }

        foreach (var brand in Brands.All)
        {
            foreach (var known in brand.Known)
            {
                // Brand names under other top-level domains are often the brand's own; common words are everybody's.
                if (Lookalike.Compare(candidate, known) is (Likeness.Confusable or Likeness.ConfusableAndWords or Likeness.AddedWords or Likeness.OneLetter) and var likeness
                    && !(likeness == Likeness.AddedWords && (brand.IsCommonWord || known.Name.Length < 5)))
                {
                    return Say.Phish(entity is null ? "lookalike-brand-domain" : "lookalike-brand-link", Words(domain, known.Registered, likeness, entity), DetectionTechnology.ImpersonationBrand, entity) with { Impersonates = known.Registered };
                }
            }
        }

        return null;
    }

    private static string Words(string domain, string known, Likeness likeness, string? entity)
    {
        var unicode = Domains.ToUnicode(domain);
        var shown = unicode == domain ? domain : $"{unicode} ({domain})";
        var how = likeness switch
        {
            Likeness.Confusable => "reads like",
            Likeness.ConfusableAndWords => "reads, with words added, like",
            Likeness.OneLetter => "differs by a letter from",
            Likeness.AddedWords => "adds words to",
            _ => "has another top level than",
        };
        return $"{(entity is null ? "The sender's domain" : "The link's domain")} {shown} {how} {known}.";
    }
}

using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Names;
using Weir.Detection.Facts.Places;
using Weir.Mail.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>Signs of a good sender: it is who it says it is, and its links lead home.</summary>
internal sealed class ProvenAuthor : IDetector
{
    public string Id => "proven-author";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound)
        {
            if (message.History.IsBurst)
            {
                // Whose hands the account is in is just what is in doubt.
                yield break;
            }

            yield return Say.Any("from-our-own", $"{Names.Of(message.Direction)}: sent by one of ours.").At(In.Author(message), In.Client);
            yield break;
        }

        var web = message.Targets.Where(target => target.IsWeb).ToList();
        var isHome = web.Count > 0 && web.TrueForAll(target => message.IsAuthors(target)) && !KnownHosts.IsSharedHosting(message.AuthorDomain);
        if (!message.IsAuthorProven)
        {
            if (isHome && message.Authentication.Dmarc != DmarcResult.Fail && message.Authentication.Composite != CompositeResult.Fail)
            {
                yield return Say.Phish("links-to-author", $"All {web.Count} links lead to {Domains.Registered(message.AuthorDomain)}, the author's domain.").At(web.Select(target => In.Url(target.Url))).At(In.Author(message));
            }

            yield break;
        }

        if (message.Organisation.ProtectedDomains.Any(domain => Domains.IsWithin(message.AuthorDomain, domain)))
        {
            yield return Say.Any("proven-partner", $"{message.AuthorDomain} is a partner and proven.").At(In.Author(message), In.ClientIp, In.Proof);
        }
        else if (!KnownHosts.IsFreeMail(message.AuthorDomain) && !KnownHosts.IsSharedHosting(message.AuthorDomain)
            && Brands.All.FirstOrDefault(known => known.Domains.Any(domain => Domains.IsWithin(message.AuthorDomain, domain))) is { } brand)
        {
            yield return Say.Any("proven-brand", $"It is {brand.Name}: {message.AuthorDomain} is proven.").At(In.Author(message), In.ClientIp, In.Proof);
        }

        if (isHome)
        {
            yield return Say.Phish("links-lead-home", $"All {web.Count} links lead to {Domains.Registered(message.AuthorDomain)}, which is proven.").At(web.Select(target => In.Url(target.Url))).At(In.Author(message), In.Proof);
        }
    }
}

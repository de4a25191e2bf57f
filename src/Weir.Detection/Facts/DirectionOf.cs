using System.Net;
using Weir.Detection.Contracts;
using Weir.Directory.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts;

/// <summary>Tells inbound, intra-org and outbound apart. A From field that claims an own domain proves nothing.</summary>
internal static class DirectionOf
{
    /// <summary>The direction of one message.</summary>
    /// <param name="trusted">Clients that only our own people and programs use.</param>
    public static Direction Message(ParsedMessage message, Envelope envelope, AuthenticationResults authentication, IOrganisation organisation, IReadOnlyList<IPNetwork> trusted)
    {
        var author = message.Author?.Domain ?? "";
        if (author.Length == 0)
        {
            author = Domains.OfAddress(envelope.MailFrom);
        }

        // A submitting user is ours whatever the From field says; else the domain must be ours and proven.
        var isFromUs = envelope.AuthenticatedUser.Length > 0
            || (organisation.IsOwnDomain(author)
                && (authentication.Dmarc is DmarcResult.Pass or DmarcResult.SelectorPass or DmarcResult.BestGuessPass
                    || (IPAddress.TryParse(envelope.ClientIp, out var client) && trusted.Any(network => network.Contains(client)))));

        return !isFromUs
            ? Direction.Inbound
            : envelope.Recipients.Any(recipient => !organisation.IsOwnDomain(Domains.OfAddress(recipient)))
                ? Direction.Outbound
                : Direction.IntraOrg;
    }
}

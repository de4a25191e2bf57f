using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>Who never wrote before, or writes under the name of somebody whom the recipient knows from another address; and, as a good sign, who has long been written to.</summary>
internal sealed class FirstContact : IDetector
{
    /// <summary>Earlier mail under one name that makes it somebody's.</summary>
    private const int KnownName = 3;

    private static readonly TimeSpan Long = TimeSpan.FromDays(7);

    public string Id => "first-contact";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var history = message.History;
        if (message.Direction != Direction.Inbound || !history.IsLearned || message.AuthorDomain.Length == 0)
        {
            yield break;
        }

        var address = message.Message.Author?.Address ?? "";
        if (history.IsFirstForAll)
        {
            // Services write for people under their names; their domain is known.
            var isStrange = history.FromDomain == 0 || KnownHosts.IsFreeMail(message.AuthorDomain);
            if (history.SameNameElsewhere >= KnownName && isStrange)
            {
                yield return Say.Phish("first-contact-known-name", $"The recipient knows \"{message.AuthorName}\" from another address ({history.SameNameElsewhere} messages); {address} never wrote before.", DetectionTechnology.MailboxIntelligenceImpersonation).At(In.Author(message), In.Knowledge("history of mail"));
            }

            yield return (history.FromDomain == 0
                ? Say.Any("first-contact-domain", $"Nobody here had mail from {message.AuthorDomain} before.")
                : Say.Any("first-contact", $"No recipient had mail from {address} before.")).At(In.Author(message), In.Knowledge("history of mail"));
        }
        else if (message.IsAuthorProven && history.Bonds.All(bond => bond is { Sent: > 0, Proven: > 1 } && message.ReceivedAt - bond.First >= Long))
        {
            yield return Say.Any("known-correspondent", $"{address} is proven, has written for {(message.ReceivedAt - history.Bonds[0].First)?.TotalDays:0} days and is written to.").At(In.Author(message), In.Knowledge("history of mail"));
        }
    }
}

using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;
using Weir.Mail.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>The From domain is not behind this message, as SPF, DKIM and DMARC tell.</summary>
internal sealed class SpoofByAuthentication : IDetector
{
    public string Id => "spoof-by-authentication";

    public IEnumerable<Signal> Examine(MessageFacts message) => Of(message).Select(signal => signal.At(In.Author(message), In.MailFrom(message), In.ClientIp, In.Proof));

    private static IEnumerable<Signal> Of(MessageFacts message)
    {
        var result = message.Authentication;
        if (!message.CanAuthenticate || message.AuthorDomain.Length == 0 || message.Direction != Direction.Inbound)
        {
            yield break;
        }

        var seen = $"From {message.AuthorDomain}; SPF {result.Spf}, DKIM {result.Dkim}, DMARC {result.Dmarc} (policy {result.Policy}); client {message.Envelope.ClientIp}.";
        if (message.Organisation.IsOwnDomain(message.AuthorDomain))
        {
            if (!message.IsAuthorProven)
            {
                yield return Say.Phish("spoof-intra-org", $"An own domain from outside without proof. {seen}", DetectionTechnology.SpoofIntraOrg);
            }

            yield break;
        }

        if (result.TrustedSealer.Length > 0)
        {
            // A trusted forwarder changed the message, and saw DMARC pass before.
            yield break;
        }

        if (result.Dmarc == DmarcResult.Fail)
        {
            // A list that changes the subject breaks the author's signature; owners who mean it publish reject or quarantine.
            yield return result.Policy is DmarcPolicy.Reject or DmarcPolicy.Quarantine
                ? Say.Phish("spoof-dmarc-enforced", $"DMARC failed and the owner asks to refuse such mail. {seen}", DetectionTechnology.SpoofDmarc)
                : Say.Phish("spoof-dmarc", $"DMARC failed. {seen}", DetectionTechnology.SpoofDmarc);
        }
        else if (result.Composite == CompositeResult.Fail)
        {
            yield return Say.Phish("spoof-external-domain", $"Nothing proves the sender. {seen}", DetectionTechnology.SpoofExternalDomain);
        }
        else if (result.Spf is SpfResult.Fail && result.Dkim != DkimResult.Pass)
        {
            yield return Say.Phish("spf-fail", $"The owner of {message.EnvelopeDomain} says that this client must not send for it. {seen}", DetectionTechnology.SpoofExternalDomain);
        }
        else if (result.Spf is SpfResult.SoftFail && result.Dkim != DkimResult.Pass)
        {
            yield return Say.Phish("spf-soft-fail", $"The owner of {message.EnvelopeDomain} doubts this client. {seen}", DetectionTechnology.SpoofExternalDomain);
        }
        else if (result.Spf is SpfResult.None or SpfResult.PermError && result.Dkim is DkimResult.None or DkimResult.Fail && result.Dmarc is DmarcResult.None or DmarcResult.PermError && result.IsRecorded)
        {
            yield return Say.Any("nothing-authenticated", $"No SPF, no signature that holds, no DMARC. {seen}", DetectionTechnology.SpoofExternalDomain);
        }
    }
}

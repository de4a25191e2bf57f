using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>One text within hours from several senders without anything in common, from several addresses, to several of our people. Lists bring one text of many senders, too, and say so.</summary>
internal sealed class Campaign : IDetector
{
    private const int LeastDomains = 3;
    private const int LeastAddresses = 3;
    private const int LeastRecipients = 3;

    public string Id => "campaign";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound
            || message.Known.Here.Wave is not { SenderDomains: >= LeastDomains, Addresses: >= LeastAddresses, Recipients: >= LeastRecipients } wave
            || message.Message.Header("List-Id") is { Length: > 0 })
        {
            yield break;
        }

        yield return Say.Spam("campaign", Words(wave), DetectionTechnology.Campaign).At(In.Knowledge("history of mail"));
    }

    private static string Words(Wave wave) => $"Within six hours {wave.Messages} messages with nearly this body came from {wave.SenderDomains} senders' domains at {wave.Addresses} addresses to {wave.Recipients} recipients.";
}

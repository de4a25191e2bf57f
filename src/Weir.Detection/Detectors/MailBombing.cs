using System.Globalization;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>
/// One recipient is flooded with mail of strangers, most often confirmations of subscriptions that somebody made in its name to bury a warning.
/// Concerns only mail of strangers: who wrote before is not part of it.
/// </summary>
internal sealed class MailBombing : IDetector
{
    private const int Least = 25;

    public string Id => "mail-bombing";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound || !message.History.IsFirstForAll || message.Known.Here.Flood is not { } flood || flood.Strangers < Math.Max(Least, flood.ADay))
        {
            yield break;
        }

        yield return Say.Spam(
            "mail-bombing",
            string.Create(CultureInfo.InvariantCulture, $"{flood.Recipient} had mail from {flood.Strangers} senders that never wrote before within {flood.Minutes} minutes; on an average day it is {flood.ADay:0.#} messages from anybody."),
            DetectionTechnology.MailBombing).At(In.Author(message), In.Recipients, In.Knowledge("history of mail"));
    }
}

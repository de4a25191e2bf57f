using System.Globalization;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>One of ours suddenly writes to many more people than on other days: an account in other hands.</summary>
internal sealed class SendingBurst : IDetector
{
    public string Id => "sending-burst";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var history = message.History;
        // One message to the whole house is a notice.
        if (message.Direction == Direction.Inbound || !history.IsBurst || message.Envelope.Recipients.Count >= SenderHistory.BusyTenMinutes)
        {
            yield break;
        }

        yield return Say.Any("sends-to-many", string.Create(CultureInfo.InvariantCulture, $"{message.Message.Author?.Address} wrote to {history.RecipientsInTenMinutes} recipients in ten minutes; on an average day it is {history.RecipientsADay:0}.")).At(In.Author(message), In.Recipients, In.Knowledge("history of mail"));
    }
}

using Weir.Detection.Contracts;
using Weir.Events.Contracts;

namespace Weir.Gateway.Delivery;

/// <summary>Without a reader of the mail server's log nobody says what became of a message; the record then says what must be assumed, and that it is assumed.</summary>
internal static class AssumedDelivery
{
    public static IEnumerable<DeliveryObserved> Of(JudgedMessage judged, DateTimeOffset now)
    {
        var passed = judged.Envelope.Recipients.Zip(judged.Decisions).Where(pair => pair.Second is DeliveryDecision.Deliver or DeliveryDecision.Junk).ToList();

        // The junk field is for the whole message: with one clean recipient nobody's copy has it.
        var isJunk = passed.All(pair => pair.Second == DeliveryDecision.Junk);
        return passed.Select(pair => new DeliveryObserved
        {
            At = now,
            Id = judged.Id,
            Recipient = pair.First,
            Location = isJunk ? Locations.Junk : Locations.Inbox,
            Source = "assumed",
        });
    }
}

using Weir.Events.Contracts;
using Weir.Gateway.Contracts;

namespace Weir.Gateway.Delivery;

/// <summary>Takes delivery reports in after a look at their words.</summary>
internal sealed class DeliveryDoor(IEventLog log) : IDeliveryDoor
{
    public async ValueTask RecordAsync(IReadOnlyList<DeliveryObserved> deliveries, CancellationToken cancellationToken)
    {
        foreach (var delivery in deliveries)
        {
            if (!Locations.All.Contains(delivery.Location))
            {
                throw new ArgumentException($"'{delivery.Location}' is not a delivery location.", nameof(deliveries));
            }

            if (delivery.Recipient.Length == 0 || delivery.Source.Length == 0)
            {
                throw new ArgumentException("A delivery needs its recipient and its source.", nameof(deliveries));
            }
        }

        if (deliveries.Count > 0)
        {
            await log.AppendAsync(deliveries, cancellationToken);
        }
    }
}

/// <summary>Delivery locations in the spelling of the record.</summary>
internal static class Locations
{
    public const string Inbox = "Inbox/folder";
    public const string Junk = "Junk folder";
    public const string Quarantine = "Quarantine";
    public const string Failed = "Failed";
    public const string Dropped = "Dropped";
    public const string DeletedItems = "Deleted items";
    public const string External = "On-premises/external";

    public static readonly IReadOnlySet<string> All = new HashSet<string>([Inbox, Junk, Quarantine, Failed, Dropped, DeletedItems, External], StringComparer.Ordinal);
}

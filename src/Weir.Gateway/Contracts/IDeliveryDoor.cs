namespace Weir.Gateway.Contracts;

/// <summary>The door for delivery reports: where mail ended up.</summary>
public interface IDeliveryDoor
{
    ValueTask RecordAsync(IReadOnlyList<Weir.Events.Contracts.DeliveryObserved> deliveries, CancellationToken cancellationToken);
}

namespace Weir.Gateway.Contracts;

/// <summary>The door for clicks.</summary>
public interface IClickDoor
{
    ValueTask RecordAsync(IReadOnlyList<Weir.Events.Contracts.ClickRecorded> clicks, CancellationToken cancellationToken);
}

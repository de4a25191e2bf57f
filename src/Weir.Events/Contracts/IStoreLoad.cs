namespace Weir.Events.Contracts;

/// <summary>
/// Puts facts straight into the event store, past the log: for load, on a directory made for it. Rebuilding the store loses such rows.
/// The process must hold the data directory, and the log must be empty.
/// </summary>
public interface IStoreLoad
{
    /// <summary>Adds the rows of these facts in one transaction. All facts about one message come in one call, and no message comes twice.</summary>
    void Load(IReadOnlyList<Fact> facts);
}

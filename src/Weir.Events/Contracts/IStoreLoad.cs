namespace Weir.Events.Contracts;

/// <summary>
/// Puts facts straight into the event store, past the log: for load, on a directory made for it. Rebuilding the store loses such rows.
/// The process must hold the data directory, and the log must be empty.
/// </summary>
public interface IStoreLoad
{
    /// <summary>Adds the rows of these facts in one transaction. All facts about one message come in one call, and no message comes twice.</summary>
    void Load(IReadOnlyList<Fact> facts);

    /// <summary>
    /// Copies everything that is in the store so many times, each copy later than the one before by a span that is longer than what is there. Copies have
    /// ids of their own (the time inside an id stays that of the first); senders, subjects and the like come again.
    /// </summary>
    /// <remarks>Bytes 10 and 11 of the ids that are there must be zero: they hold the number of the copy.</remarks>
    /// <param name="copied">Told after each copy how many there are.</param>
    void Repeat(int times, TimeSpan apart, Action<int> copied, CancellationToken cancellationToken);
}

using Weir.Events.Contracts;
using Weir.Events.Log;
using Weir.Events.Store;
using Weir.Kernel;

namespace Weir.Events.Folding;

/// <summary>Folds facts that no log holds.</summary>
internal sealed class StoreLoad(EventLog log, EventStore store) : IStoreLoad
{
    public void Load(IReadOnlyList<Fact> facts)
    {
        if (log.Last > 0)
        {
            throw new InvalidOperationException("Rows past the log are only for a directory whose log is empty.");
        }

        // Nothing is known of a message before its call, so nothing is remembered between calls.
        var fold = new Fold(
            _ => Enumerable.Empty<long>().ToLookup(_ => default(NetworkMessageId)),
            sequence => throw new InvalidOperationException($"There is no fact {sequence} to read again."));
        var changes = fold.Of([.. facts.Select(fact => new LoggedFact(0, fact))]);
        changes.Facts.Clear();
        store.Apply(changes, cursor: 0);
    }

    public void Repeat(int times, TimeSpan apart, Action<int> copied, CancellationToken cancellationToken)
    {
        using var connection = store.OpenReading();
        StoreCopies.Make(connection, times, apart, copied, cancellationToken);
    }
}

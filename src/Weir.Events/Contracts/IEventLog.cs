namespace Weir.Events.Contracts;

/// <summary>The durable log of facts: the truth about what happened.</summary>
public interface IEventLog
{
    /// <summary>Appends facts in order; they are on disk when this returns. Calls at the same time share one commit.</summary>
    /// <returns>The sequence number of the last one.</returns>
    ValueTask<long> AppendAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken);

    /// <summary>The facts after a sequence number, then new ones as they come, until cancelled.</summary>
    IAsyncEnumerable<LoggedFact> FollowAsync(long after, CancellationToken cancellationToken);

    /// <summary>The facts after a sequence number that are in the log now.</summary>
    IAsyncEnumerable<LoggedFact> ReadAsync(long after, CancellationToken cancellationToken);

    /// <summary>The last sequence number given.</summary>
    long Last { get; }

    /// <summary>Completes when the event store shows everything up to this sequence number.</summary>
    ValueTask WaitUntilShownAsync(long sequence, CancellationToken cancellationToken);
}

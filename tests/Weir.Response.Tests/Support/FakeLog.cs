using System.Runtime.CompilerServices;
using Weir.Events.Contracts;

namespace Weir.Response.Tests.Support;

/// <summary>A log in memory; an append is a step before and after.</summary>
internal sealed class FakeLog(Steps steps) : IEventLog
{
    public List<Fact> Facts { get; } = [];

    public long Last => Facts.Count;

    /// <summary>What the event store makes of them: the first fact of a key counts.</summary>
    public IReadOnlyList<MailboxActed> Acted => [.. Facts.OfType<MailboxActed>().DistinctBy(fact => fact.ActionKey)];

    public ValueTask<long> AppendAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        steps.Next();
        Facts.AddRange(facts);
        steps.Next();
        return ValueTask.FromResult(Last);
    }

    public IAsyncEnumerable<LoggedFact> FollowAsync(long after, CancellationToken cancellationToken) => ReadAsync(after, cancellationToken);

    public async IAsyncEnumerable<LoggedFact> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = (int)after; i < Facts.Count; i++)
        {
            yield return await Task.FromResult(new LoggedFact(i + 1, Facts[i]));
        }
    }

    public ValueTask WaitUntilShownAsync(long sequence, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

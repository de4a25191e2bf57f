using Weir.Events.Contracts;
using Weir.Response.Remediations;

namespace Weir.Response.AfterDelivery;

/// <summary>
/// Mail that is judged once more while Weir still acts on the judgement before: what of it is not begun is not done any more, and what is being done is
/// waited for, so that the newer judgement finds each message where it is and its last state wins.
/// </summary>
internal sealed class SupersededActions(RemediationStore store, RunningBatches running, IEventLog log)
{
    /// <param name="messages">What the newer judgement is about.</param>
    public async Task EndAsync(IReadOnlyCollection<string> messages, CancellationToken cancellationToken)
    {
        var actions = messages.Count == 0 ? [] : await store.TakeBackAsync(messages, cancellationToken);
        if (actions.Count == 0)
        {
            return;
        }

        await running.WhenDoneAsync(actions, cancellationToken);
        // What could not be reached in a batch that ran was put off meanwhile.
        await store.TakeBackAsync(messages, cancellationToken);
        await log.WaitUntilShownAsync(log.Last, cancellationToken);
    }
}

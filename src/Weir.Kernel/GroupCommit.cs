using System.Threading.Channels;

namespace Weir.Kernel;

/// <summary>
/// Lets concurrent callers share one slow, durable step such as an fsync. What waits while one step runs goes together into the next, in order of arrival.
/// </summary>
/// <remarks>The step runs on one thread at a time and blocks it; it gets at least one piece of work and returns one result for each.</remarks>
public sealed class GroupCommit<TWork, TResult> : IAsyncDisposable
{
    private readonly Channel<Entry> _queue;
    private readonly Func<IReadOnlyList<TWork>, IReadOnlyList<TResult>> _commit;
    private readonly int _atMost;
    private readonly Task _loop;

    /// <summary>Starts waiting for work.</summary>
    /// <param name="commit">The durable step. When it throws, every caller whose work was in that group gets the exception.</param>
    /// <param name="atMost">The largest group; also how many callers wait in the queue before further ones are held back.</param>
    public GroupCommit(Func<IReadOnlyList<TWork>, IReadOnlyList<TResult>> commit, int atMost)
    {
        _commit = commit;
        _atMost = atMost;
        _queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(atMost) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Completes when the work is durable. Cancelling after it was queued stops the waiting, not the work.</summary>
    public async ValueTask<TResult> AddAsync(TWork work, CancellationToken cancellationToken)
    {
        var entry = new Entry(work, new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(entry, cancellationToken).ConfigureAwait(false);
        return await entry.Done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more work and waits for what was queued.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var group = new List<Entry>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            while (group.Count < _atMost && _queue.Reader.TryRead(out var entry))
            {
                group.Add(entry);
            }

            Commit(group);
        }
    }

    private void Commit(List<Entry> group)
    {
        try
        {
            var results = _commit(group.ConvertAll(entry => entry.Work));
            for (var i = 0; i < group.Count; i++)
            {
                group[i].Done.TrySetResult(results[i]);
            }
        }
#pragma warning disable CA1031 // Not swallowed: every caller of the group gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (var entry in group)
            {
                entry.Done.TrySetException(exception);
            }
        }
    }

    private readonly record struct Entry(TWork Work, TaskCompletionSource<TResult> Done);
}

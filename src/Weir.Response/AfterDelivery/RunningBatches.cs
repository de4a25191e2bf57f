namespace Weir.Response.AfterDelivery;

/// <summary>Which actions are being done at this moment. Safe for concurrent use.</summary>
internal sealed class RunningBatches
{
    private readonly Lock _gate = new();
    private readonly List<(string ApprovalId, TaskCompletionSource Done)> _running = [];

    /// <summary>A batch of an action begins; it ends with the answer's disposal.</summary>
    public IDisposable Begin(string approvalId)
    {
        var batch = (approvalId, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _running.Add(batch);
        }

        return new Batch(this, batch);
    }

    /// <summary>Waits for the batches of these actions that have begun.</summary>
    public Task WhenDoneAsync(IReadOnlyCollection<string> approvalIds, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.WhenAll(_running.Where(batch => approvalIds.Contains(batch.ApprovalId, StringComparer.Ordinal)).Select(batch => batch.Done.Task)).WaitAsync(cancellationToken);
        }
    }

    private sealed class Batch(RunningBatches all, (string ApprovalId, TaskCompletionSource Done) batch) : IDisposable
    {
        public void Dispose()
        {
            lock (all._gate)
            {
                all._running.Remove(batch);
            }

            batch.Done.TrySetResult();
        }
    }
}

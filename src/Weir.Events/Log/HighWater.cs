namespace Weir.Events.Log;

/// <summary>A number that only rises, and those who wait for it.</summary>
internal sealed class HighWater(long start)
{
    private long _value = start;
    private Exception? _fault;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Value => Volatile.Read(ref _value);

    /// <summary>Why it will not rise any more, when that is so.</summary>
    public Exception? Fault => Volatile.Read(ref _fault);

    public void RaiseTo(long value)
    {
        Volatile.Write(ref _value, value);
        Wake();
    }

    /// <summary>It will not rise any more: whoever waits, now or later, gets the reason.</summary>
    public void Fail(Exception reason)
    {
        Volatile.Write(ref _fault, reason);
        Wake();
    }

    public async ValueTask WaitForAsync(long atLeast, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the comparison, so that a rise in between is not missed.
            var changed = Volatile.Read(ref _changed).Task;
            if (Value >= atLeast)
            {
                return;
            }

            if (Fault is { } fault)
            {
                throw new InvalidOperationException(fault.Message, fault);
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Wake() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}

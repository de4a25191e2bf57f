namespace Weir.Gateway.Listening;

/// <summary>Memory that all messages in progress share.</summary>
internal sealed class MemoryBudget(long total)
{
    private long _left = total;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _left, -bytes) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref _left, bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _left, bytes);
}

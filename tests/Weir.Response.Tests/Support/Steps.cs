namespace Weir.Response.Tests.Support;

/// <summary>Counts the steps that leave a trace outside, and kills the process at one of them.</summary>
internal sealed class Steps
{
    private int _count;

    /// <summary>Kill at this step, from 1; 0 never.</summary>
    public int KillAt { get; set; }

    public int Count => _count;

    public void Next()
    {
        if (Interlocked.Increment(ref _count) == KillAt)
        {
            throw new KilledException();
        }
    }
}

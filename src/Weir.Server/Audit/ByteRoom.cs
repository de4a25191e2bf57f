namespace Weir.Server.Audit;

/// <summary>Lets messages in while there is room for their bytes; one that is larger than all of it waits until it is alone.</summary>
internal sealed class ByteRoom(long most) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _changed = new(0);
    private long _taken;

    /// <summary>One caller at a time.</summary>
    public async Task EnterAsync(long bytes, CancellationToken cancellationToken)
    {
        while (!TryEnter(bytes))
        {
            await _changed.WaitAsync(cancellationToken);
        }
    }

    public void Leave(long bytes)
    {
        lock (_gate)
        {
            _taken -= bytes;
        }

        _changed.Release();
    }

    public void Dispose() => _changed.Dispose();

    private bool TryEnter(long bytes)
    {
        lock (_gate)
        {
            if (_taken > 0 && _taken + bytes > most)
            {
                return false;
            }

            _taken += bytes;
            return true;
        }
    }
}

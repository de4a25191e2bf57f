using Weir.Storage.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>Refuses mail while there is room left for everything else: a store that fills to its last byte cannot even say so.</summary>
internal sealed class RoomOnDisk(IDisk disk, DataDirectory directory, TimeProvider time)
{
    /// <summary>Kept free for the databases, their journals and what is in progress.</summary>
    private const long Reserve = 256L << 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private DateTimeOffset _looked = DateTimeOffset.MinValue;
    private bool _isFull;

    /// <exception cref="DiskFullException">There is no room for mail.</exception>
    public void Require()
    {
        lock (_gate)
        {
            if (time.GetUtcNow() - _looked >= LookEvery)
            {
                _isFull = disk.FreeBytes(directory.Path) < Reserve;
                _looked = time.GetUtcNow();
            }

            if (_isFull)
            {
                throw new DiskFullException(directory.Path);
            }
        }
    }
}

/// <summary>There is no room to keep mail.</summary>
internal sealed class DiskFullException(string path) : IOException($"The disk of {path} is full: no mail is taken in until there is room.");

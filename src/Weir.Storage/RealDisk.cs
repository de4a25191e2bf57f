using Weir.Storage.Contracts;

namespace Weir.Storage;

/// <summary>The disk of this machine.</summary>
internal sealed class RealDisk : IDisk
{
    public long FreeBytes(string path) => new DriveInfo(path).AvailableFreeSpace;
}

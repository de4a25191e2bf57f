using Weir.Storage.Contracts;

namespace Weir.Gateway.Tests.Support;

/// <summary>A disk with as much room as a test says.</summary>
internal sealed class SmallDisk : IDisk
{
    public long Free { get; set; } = 1L << 40;

    public long FreeBytes(string path) => Free;
}

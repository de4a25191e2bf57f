using System.Globalization;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Storage.Checks;

/// <summary>There is room for the mail of the next days.</summary>
internal sealed class DiskCheck(DataDirectory directory, IDisk disk) : ICheck
{
    private const long LeastFree = 2L << 30;

    public string Name => "Disk";

    public ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var free = disk.FreeBytes(directory.Path);
        var text = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1L << 30):F1} GiB are free for {directory.Path}");
        return ValueTask.FromResult(free >= LeastFree
            ? CheckResult.Ok(text)
            : CheckResult.Failed(text, "Make room, or move the data directory: when the disk is full, mail is answered 451 until there is room again."));
    }
}

using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Storage.Checks;

/// <summary>Not everybody on this machine can read the record.</summary>
internal sealed class DirectoryRightsCheck(DataDirectory directory) : ICheck
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string Name => "Directory rights";

    public ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult((File.GetUnixFileMode(directory.Path) & Others) == UnixFileMode.None
            ? CheckResult.Ok($"{directory.Path} is closed to other users")
            : CheckResult.Failed($"{directory.Path} is open to every user of this machine", $"It holds the record of all mail and the accounts: chmod o-rwx {directory.Path}"));
}

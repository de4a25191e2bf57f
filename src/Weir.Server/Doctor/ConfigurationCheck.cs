using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Server.Doctor;

/// <summary>The configuration: a host that runs has checked every key and value, so only its place is left to say.</summary>
internal sealed class ConfigurationCheck(DataDirectory directory) : ICheck
{
    private readonly string _file = Path.Combine(directory.Path, "weir.json");

    public string Name => "Configuration";

    public ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken) => ValueTask.FromResult(File.Exists(_file)
        ? CheckResult.Ok($"{_file} is understood")
        : CheckResult.Off($"There is no {_file}: everything is as built in", "Write one to connect a mail server (docs/install.md)."));
}

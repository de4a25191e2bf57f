using Weir.Storage.Contracts;

namespace Weir.Tests.Support;

/// <summary>A directory that goes away with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = TestRun.NewFolder();

    public DataDirectory Data => new(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

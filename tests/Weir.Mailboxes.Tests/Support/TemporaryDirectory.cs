namespace Weir.Mailboxes.Tests.Support;

/// <summary>A directory that is gone after the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = TestRun.NewFolder("mailboxes");

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}

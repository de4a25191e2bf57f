namespace Weir.Bench.Peers;

/// <summary>A folder for the files of one run, gone afterwards. Servers that give up their rights find theirs in it.</summary>
internal sealed class BenchFolder : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("weir-bench-");

    public BenchFolder() => _directory.UnixFileMode = (UnixFileMode)0b111_101_101;

    public string Path => _directory.FullName;

    /// <summary>A new folder in it.</summary>
    public string New(string name) => _directory.CreateSubdirectory(name).FullName;

    public void Dispose() => _directory.Delete(recursive: true);
}

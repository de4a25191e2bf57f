using System.Globalization;

namespace Weir.Bench.Peers;

/// <summary>A folder for the files of one run, gone afterwards. Servers that give up their rights find theirs in it.</summary>
internal sealed class BenchFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    private readonly DirectoryInfo _directory;

    /// <param name="inMemory">For what is not to be measured and writes through at every step; on the disk where there is no file system in memory.</param>
    public BenchFolder(bool inMemory = false)
    {
        _directory = inMemory && System.IO.Directory.Exists(Memory)
            ? System.IO.Directory.CreateDirectory(string.Create(CultureInfo.InvariantCulture, $"{Memory}/weir-bench-{Environment.ProcessId}"))
            : System.IO.Directory.CreateTempSubdirectory("weir-bench-");
        _directory.UnixFileMode = (UnixFileMode)0b111_101_101;
    }

    public string Path => _directory.FullName;

    /// <summary>A new folder in it.</summary>
    public string New(string name) => _directory.CreateSubdirectory(name).FullName;

    public void Dispose() => _directory.Delete(recursive: true);
}

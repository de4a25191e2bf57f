using System.Diagnostics;
using System.Globalization;

namespace Weir.Tests.Support;

/// <summary>A file system of its own in memory that a test can fill to its last byte. Needs the right to mount.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Skips the test by name where nothing may be mounted.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var path = TestRun.NewFolder("disk");
        var isMounted = await RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "none", path);
        Assert.SkipUnless(isMounted, "needs the right to mount a file system");
        return new SmallDisk(path);
    }

    /// <summary>To the last byte.</summary>
    public void Fill()
    {
        using var filler = File.OpenHandle(Filler, FileMode.Append, FileAccess.Write);
        foreach (var size in new[] { 1 << 16, 1 })
        {
            try
            {
                for (var block = new byte[size]; ;)
                {
                    RandomAccess.Write(filler, block, RandomAccess.GetLength(filler));
                }
            }
            catch (IOException)
            {
                // That is what it was for.
            }
        }
    }

    public void Empty() => File.Delete(Filler);

    public async ValueTask DisposeAsync() => await RunAsync("umount", "--lazy", Path);

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = TestRun.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true });
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0;
    }
}

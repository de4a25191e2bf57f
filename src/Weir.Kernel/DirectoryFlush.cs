using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Weir.Kernel;

/// <summary>Makes new names in a directory durable: without it a power cut may lose a file whose content was flushed.</summary>
public static class DirectoryFlush
{
    /// <summary>fsync of the directory itself. Does nothing on Windows, where it is neither needed nor possible.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open([.. Encoding.UTF8.GetBytes(path), 0], flags: 0); // O_RDONLY
        if (descriptor < 0)
        {
            throw Failure(path);
        }

        var flushed = Fsync(descriptor);
        var failure = flushed < 0 ? Failure(path) : null;
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static IOException Failure(string path) =>
        new($"The directory {path} could not be flushed to disk: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}

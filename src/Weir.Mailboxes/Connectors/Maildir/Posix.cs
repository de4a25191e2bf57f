using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Weir.Mailboxes.Connectors.Maildir;

/// <summary>What Maildir needs of the system and .NET does not offer: flushing directories, and giving new files to the mailbox's owner.</summary>
internal static class Posix
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int ReadOnlyDirectory = 0x90000; // O_RDONLY | O_DIRECTORY | O_CLOEXEC on x64; the flag for directories differs on arm64
    private const int ReadOnlyDirectoryArm = 0x84000;

    /// <summary>Makes renames and new names of a directory durable. A file system that cannot flush directories is left as it is.</summary>
    public static void Flush(string directory)
    {
        var flags = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? ReadOnlyDirectoryArm : ReadOnlyDirectory;
        var descriptor = Open(Bytes(directory), flags);
        if (descriptor < 0)
        {
            return;
        }

        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    /// <summary>Gives a file to the owner of another when Weir runs as root, so that the mail server can read what Weir wrote.</summary>
    public static void GiveTo(string path, string ownerOf)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        // struct statx is the same on every architecture: user id at 20, group id at 24.
        var buffer = new byte[256];
        if (StatX(CurrentDirectory, Bytes(ownerOf), NoFollow, mask: 0x18, buffer) == 0)
        {
            _ = ChangeOwner(Bytes(path), BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(20)), BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(24)));
        }
    }

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "open"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "lchown"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(byte[] path, uint user, uint group);

    [DllImport("libc", EntryPoint = "statx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int directory, byte[] path, int flags, uint mask, byte[] buffer);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Weir.Mailboxes.Connectors.Maildir;

/// <summary>Gives what Weir writes to the owner of the mailbox, so that the mail server can read it.</summary>
internal static class FileOwner
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint UserAndGroup = 0x18; // STATX_UID | STATX_GID

    /// <summary>Gives a file to the owner and group of another. Does nothing unless Weir runs as root: only root may.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void GiveTo(string path, string ownerOf)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        // struct statx is the same on every architecture: user id at 20, group id at 24.
        var status = new byte[256];
        if (StatX(CurrentDirectory, Bytes(ownerOf), NoFollow, UserAndGroup, status) != 0
            || ChangeOwner(Bytes(path), BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(20)), BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(24))) != 0)
        {
            throw new IOException($"{path} could not be given to the owner of {ownerOf}.");
        }
    }

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "lchown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(byte[] path, uint user, uint group);

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int directory, byte[] path, int flags, uint mask, byte[] buffer);
}

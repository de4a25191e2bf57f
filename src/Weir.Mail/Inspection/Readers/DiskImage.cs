using Weir.Mail.Files;

namespace Weir.Mail.Inspection.Readers;

/// <summary>
/// Images of disks that a double click mounts (VHD, VHDX, IMG): programs and shortcuts in them, found by their first bytes where a file system
/// may have put them. Names are not read, for any file system; ISO images are unpacked elsewhere.
/// </summary>
internal sealed class DiskImage : IFileReader
{
    private const int Sector = 512;
    private const int MostFiles = 20;
    private const int LongestShortcut = 64 << 10;

    public bool Reads(string fileType) => fileType is "vhd" or "vhdx" or "img" or "vmdk";

    public void Read(FileToRead file, FileFindings found)
    {
        var bytes = file.Content.Span;
        var count = 0;
        for (var at = 0; at + Sector <= bytes.Length && count < MostFiles; at += Sector)
        {
            // The first sector of a disk begins with code, too.
            if (at > 0 && bytes[at] == 'M' && bytes[at + 1] == 'Z' && FileTypes.Of(file.Content.Slice(at, Math.Min(64 << 10, bytes.Length - at)), "") is "exe" or "dll" && HoldsProgram(bytes[at..]))
            {
                found.Feature("disk-image-program", "holds a program", at);
                count++;
            }
        }

        // Small files lie inside the tables of NTFS, on no border of sectors.
        ReadOnlySpan<byte> shortcut = [0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
        for (var at = 0; count < MostFiles && bytes[at..].IndexOf(shortcut) is >= 0 and var next; count++)
        {
            at += next;
            found.Feature("disk-image-program", "holds a shortcut", at);
            found.Embedded($"shortcut{count + 1}.lnk", file.Content.Slice(at, Math.Min(LongestShortcut, bytes.Length - at)));
            at += shortcut.Length;
        }
    }

    /// <summary>Two letters alone are found by chance.</summary>
    private static bool HoldsProgram(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 64 && BitConverter.ToInt32(bytes[60..64]) is > 0 and < 4_096 and var header && header + 4 <= bytes.Length && bytes[header..].StartsWith("PE\0\0"u8);
}

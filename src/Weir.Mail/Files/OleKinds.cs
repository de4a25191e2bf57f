using System.Buffers.Binary;
using System.Text;

namespace Weir.Mail.Files;

/// <summary>What an OLE compound file holds, by the names in its directory (MS-CFB §2.6).</summary>
internal static class OleKinds
{
    private const int MostSectors = 256;

    public static string Of(ReadOnlySpan<byte> file, string extension)
    {
        var names = Names(file, out var root);
        bool Has(string name) => names.Contains(name);
        return Has("EncryptedPackage") ? extension is "docx" or "xlsx" or "pptx" or "docm" or "xlsm" or "pptm" or "xlsb" ? extension : "office-encrypted"
            : Has("WordDocument") ? "doc"
            : Has("Workbook") || Has("Book") ? "xls"
            : Has("PowerPoint Document") ? "ppt"
            : Has("__properties_version1.0") ? "msg"
            : Has("VisioDocument") ? "vsd"
            : Has("Quill") ? "pub"
            : Has("FileHeader") && Has("DocInfo") ? "hwp"
            : IsInstaller(root) ? "msi"
            : extension is "doc" or "xls" or "ppt" or "msi" or "msg" ? extension : "ole";
    }

    /// <summary>A document behind a password: the package, or the legacy crypto streams.</summary>
    public static bool IsEncrypted(ReadOnlySpan<byte> file) =>
        file.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]) && Names(file, out _) is var names && (names.Contains("EncryptedPackage") || names.Contains("EncryptedSummary"));

    /// <summary>CLSID 000C1084-… to 000C1086-0000-0000-C000-000000000046: installer package, patch, transform.</summary>
    private static bool IsInstaller(ReadOnlySpan<byte> root) =>
        root.Length == 16 && root[1] == 0x10 && root[2] == 0x0C && root[3] == 0 && root[0] is >= 0x82 and <= 0x86 && root[15] == 0x46;

    internal static HashSet<string> Names(ReadOnlySpan<byte> file, out byte[] rootClass)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        rootClass = [];
        if (file.Length < 512)
        {
            return names;
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(file[30..]);
        if (shift is not (9 or 12))
        {
            return names;
        }

        var size = 1 << shift;
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(file[48..]);
        for (var count = 0; count < MostSectors && sector < 0xFFFFFFFA; count++)
        {
            var start = ((long)sector + 1) << shift;
            if (start + size > file.Length)
            {
                break;
            }

            for (var entry = 0; entry < size / 128; entry++)
            {
                var bytes = file.Slice((int)start + (entry * 128), 128);
                var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[64..]);
                if (length is >= 2 and <= 64)
                {
                    names.Add(Encoding.Unicode.GetString(bytes[..(length - 2)]));
                }

                if (bytes[66] == 5)
                {
                    rootClass = bytes[80..96].ToArray();
                }
            }

            sector = Next(file, sector, shift);
        }

        return names;
    }

    /// <summary>The sector after this one in the allocation table; only the 109 table sectors of the header are read (files to 7 MB, directories stand early).</summary>
    private static uint Next(ReadOnlySpan<byte> file, uint sector, int shift)
    {
        var perTable = (uint)(1 << (shift - 2));
        var table = sector / perTable;
        if (table >= 109)
        {
            return uint.MaxValue;
        }

        var at = (((long)BinaryPrimitives.ReadUInt32LittleEndian(file[(76 + ((int)table * 4))..]) + 1) << shift) + (sector % perTable * 4);
        return at < 0 || at + 4 > file.Length ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(file[(int)at..]);
    }
}

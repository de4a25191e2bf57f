using System.Buffers.Binary;
using System.Text;
using Weir.Mail.Headers;

namespace Weir.Mail.Archives;

/// <summary>Reads the names in a ZIP file (APPNOTE 4.3): the central directory, else the local headers one after the other.</summary>
internal static class ZipDirectory
{
    public static List<ZipEntry> Read(ReadOnlySpan<byte> file, int most)
    {
        var end = FindEnd(file);
        var entries = end >= 0 ? Central(file, end, most) : [];
        return entries.Count > 0 ? entries : Local(file, most);
    }

    private static int FindEnd(ReadOnlySpan<byte> file)
    {
        var from = Math.Max(0, file.Length - 65_557);
        return file[from..].LastIndexOf("PK\u0005\u0006"u8) is >= 0 and var found && from + found + 22 <= file.Length ? from + found : -1;
    }

    private static List<ZipEntry> Central(ReadOnlySpan<byte> file, int end, int most)
    {
        var entries = new List<ZipEntry>();
        var size = BinaryPrimitives.ReadUInt32LittleEndian(file[(end + 12)..]);
        var declared = BinaryPrimitives.ReadUInt32LittleEndian(file[(end + 16)..]);

        // Bytes before the archive (self-extractors) shift every offset; the directory ends where its end record begins.
        var at = size <= end ? end - (long)size : declared;
        var shift = at - declared;
        if (at < 0 || at + 4 > file.Length || !file[(int)at..].StartsWith("PK\u0001\u0002"u8))
        {
            at = declared;
            shift = 0;
        }

        while (entries.Count < most && at + 46 <= file.Length && file[(int)at..].StartsWith("PK\u0001\u0002"u8))
        {
            var record = file[(int)at..];
            var flags = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
            var method = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
            var packed = BinaryPrimitives.ReadUInt32LittleEndian(record[20..]);
            var content = BinaryPrimitives.ReadUInt32LittleEndian(record[24..]);
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(record[28..]);
            var extra = BinaryPrimitives.ReadUInt16LittleEndian(record[30..]);
            var comment = BinaryPrimitives.ReadUInt16LittleEndian(record[32..]);
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(record[42..]) + shift;
            if (46 + nameLength > record.Length)
            {
                break;
            }

            var crc = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
            var (strength, inner) = Aes(record[Math.Min(record.Length, 46 + nameLength)..Math.Min(record.Length, 46 + nameLength + extra)]);
            entries.Add(new ZipEntry(Name(record.Slice(46, nameLength), flags), method, (flags & 1) != 0, DataStart(file, offset), packed, content)
            {
                Crc = crc,
                Check = (flags & 8) != 0 ? record[13] : (byte)(crc >> 24),
                AesStrength = strength,
                AesInnerMethod = inner,
            });
            at += 46 + nameLength + extra + comment;
        }

        return entries;
    }

    private static List<ZipEntry> Local(ReadOnlySpan<byte> file, int most)
    {
        var entries = new List<ZipEntry>();
        var at = file.IndexOf("PK\u0003\u0004"u8);
        while (at >= 0 && entries.Count < most && at + 30 <= file.Length)
        {
            var record = file[at..];
            var flags = BinaryPrimitives.ReadUInt16LittleEndian(record[6..]);
            var packed = BinaryPrimitives.ReadUInt32LittleEndian(record[18..]);
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(record[26..]);
            var data = DataStart(file, at);
            if (data < 0)
            {
                break;
            }

            // With a data descriptor (bit 3) the length is unknown here.
            var name = Name(record.Slice(30, Math.Min(nameLength, record.Length - 30)), flags);
            long length = (flags & 8) != 0 && packed == 0 ? file.Length - data : packed;
            var crc = BinaryPrimitives.ReadUInt32LittleEndian(record[14..]);
            var (strength, inner) = Aes(record[Math.Min(data - at, 30 + nameLength)..(data - at)]);
            entries.Add(new ZipEntry(name, BinaryPrimitives.ReadUInt16LittleEndian(record[8..]), (flags & 1) != 0, data, length, BinaryPrimitives.ReadUInt32LittleEndian(record[22..]))
            {
                Crc = crc,
                Check = (flags & 8) != 0 ? record[11] : (byte)(crc >> 24),
                AesStrength = strength,
                AesInnerMethod = inner,
            });
            var next = (flags & 8) != 0 && packed == 0 ? data : (int)Math.Min(file.Length, data + (long)packed);
            at = file[next..].IndexOf("PK\u0003\u0004"u8) is >= 0 and var found ? next + found : -1;
        }

        return entries;
    }

    private static int DataStart(ReadOnlySpan<byte> file, long offset)
    {
        if (offset < 0 || offset + 30 > file.Length || !file[(int)offset..].StartsWith("PK\u0003\u0004"u8))
        {
            return -1;
        }

        var record = file[(int)offset..];
        var start = offset + 30 + BinaryPrimitives.ReadUInt16LittleEndian(record[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(record[28..]);
        return start <= file.Length ? (int)start : -1;
    }

    /// <summary>The extra field of members encrypted with AES: how long the key is, and how the content is compressed.</summary>
    private static (int Strength, int Method) Aes(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 0x9901 && length >= 7 && extra.Length >= 11)
            {
                return (extra[8], BinaryPrimitives.ReadUInt16LittleEndian(extra[9..]));
            }

            extra = extra[Math.Min(extra.Length, 4 + length)..];
        }

        return (0, 0);
    }

    /// <summary>UTF-8 by flag bit 11 or by its form, else code page 437 (APPNOTE appendix D).</summary>
    private static string Name(ReadOnlySpan<byte> name, int flags) =>
        (flags & 0x800) != 0 || System.Text.Unicode.Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : (Charsets.Find("ibm437") ?? Encoding.Latin1).GetString(name);
}

/// <summary>An entry of a ZIP file as its directory names it.</summary>
/// <param name="Name">Path inside the archive.</param>
/// <param name="Method">0 stored, 8 deflate, 99 AES …</param>
/// <param name="DataStart">Offset of the packed bytes; -1 when they are outside the file.</param>
/// <param name="Packed">Declared length of the packed bytes.</param>
/// <param name="Size">Declared length of the content: a claim, not a fact.</param>
internal readonly record struct ZipEntry(string Name, int Method, bool IsEncrypted, int DataStart, long Packed, long Size)
{
    public uint Crc { get; init; }

    /// <summary>The byte that tells a wrong password of the old cipher from the right one, most times.</summary>
    public byte Check { get; init; }

    /// <summary>1 to 3 for AES of 128 to 256 bits; 0 when it is none.</summary>
    public int AesStrength { get; init; }

    /// <summary>How the content of an AES member is compressed.</summary>
    public int AesInnerMethod { get; init; }

    public bool IsFolder => Name.EndsWith('/') || Name.EndsWith('\\');
}

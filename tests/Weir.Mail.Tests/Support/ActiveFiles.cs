using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Weir.Mail.Tests.Support;

/// <summary>Files with active content, made here: harmless, and complete enough for their programs' formats.</summary>
internal static class ActiveFiles
{
    /// <summary>A macro project whose one module has this source.</summary>
    public static (string Path, byte[] Content)[] Vba(string source, string folder = "Macros/VBA/")
    {
        byte[] dir = [.. Record(0x03, BitConverter.GetBytes((ushort)1252)), .. Record(0x1A, "Module1"u8.ToArray()), .. Record(0x31, BitConverter.GetBytes(16))];
        return [(folder + "dir", Packed(dir)), (folder + "Module1", [.. new byte[16], .. Packed(Encoding.Latin1.GetBytes("Attribute VB_Name = \"Module1\"\r\n" + source))])];
    }

    public static byte[] Doc(string source) => CompoundFileWriter.Write([("WordDocument", new byte[5000]), .. Vba(source)]);

    /// <summary>A document of Word as ZIP with these parts.</summary>
    public static byte[] Package(params (string Name, string Content)[] parts) => Package([.. parts.Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Content)))]);

    public static byte[] Package(params (string Name, byte[] Content)[] parts)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts.Prepend(("[Content_Types].xml", "<Types/>"u8.ToArray())))
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return target.ToArray();
    }

    /// <summary>The stream of a file dragged into a document.</summary>
    public static byte[] Native(string name, byte[] content)
    {
        byte[] path = Encoding.ASCII.GetBytes(@"C:\" + name + "\0");
        byte[] native = [2, 0, .. Encoding.ASCII.GetBytes(name + "\0"), .. path, 0, 0, 3, 0, .. BitConverter.GetBytes(path.Length), .. path, .. BitConverter.GetBytes(content.Length), .. content];
        return [.. BitConverter.GetBytes(native.Length), .. native];
    }

    /// <summary>A shortcut with a path relative to itself, arguments and an icon.</summary>
    public static byte[] Lnk(string target, string arguments, string icon = "")
    {
        var header = new byte[0x4C];
        new byte[] { 0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46 }.CopyTo(header, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), 8 | 32 | (icon.Length > 0 ? 64u : 0) | 128);
        return [.. header, .. Counted(target), .. Counted(arguments), .. icon.Length > 0 ? Counted(icon) : [], 0, 0, 0, 0];
    }

    /// <summary>A section of OneNote with one file.</summary>
    public static byte[] OneNote(byte[] content) =>
        [
            0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3, .. new byte[100],
            0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45, 0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC, .. BitConverter.GetBytes((long)content.Length), .. new byte[12], .. content, .. new byte[20],
        ];

    /// <summary>A message of Outlook with a text, a link and one file.</summary>
    public static byte[] Msg(string subject, string text, string fileName, byte[] file) => CompoundFileWriter.Write(
        ("__properties_version1.0", new byte[32]),
        ("__substg1.0_0037001F", Encoding.Unicode.GetBytes(subject)),
        ("__substg1.0_0C1A001F", Encoding.Unicode.GetBytes("Ann Author")),
        ("__substg1.0_0C1F001F", Encoding.Unicode.GetBytes("ann@example.org")),
        ("__substg1.0_0E04001F", Encoding.Unicode.GetBytes("Tom Reader")),
        ("__substg1.0_1000001F", Encoding.Unicode.GetBytes(text)),
        ("__attach_version1.0_#00000000/__properties_version1.0", new byte[8]),
        ("__attach_version1.0_#00000000/__substg1.0_3707001F", Encoding.Unicode.GetBytes(fileName)),
        ("__attach_version1.0_#00000000/__substg1.0_37010102", file));

    /// <summary>An opaque signature around these bytes, whole or in pieces of unknown length.</summary>
    public static byte[] Signed(byte[] content, bool inPieces)
    {
        byte[] octets = inPieces ? [0x24, 0x80, .. Tagged(4, content[..10]), .. Tagged(4, content[10..]), 0, 0] : Tagged(4, content);
        byte[] inner = [.. Tagged(2, [1]), .. Tagged(0x31, []), .. Tagged(0x30, [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1, .. Tagged(0xA0, octets)])];
        return Tagged(0x30, [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2, .. Tagged(0xA0, Tagged(0x30, inner))]);
    }

    private static byte[] Tagged(byte tag, byte[] content) => content.Length < 128 ? [tag, (byte)content.Length, .. content] : [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static byte[] Counted(string text) => [.. BitConverter.GetBytes((ushort)text.Length), .. Encoding.Unicode.GetBytes(text)];

    private static byte[] Record(ushort id, byte[] value) => [.. BitConverter.GetBytes(id), .. BitConverter.GetBytes(value.Length), .. value];

    /// <summary>A container of MS-OVBA with literal bytes alone.</summary>
    private static byte[] Packed(byte[] content)
    {
        var target = new MemoryStream();
        target.WriteByte(1);
        foreach (var chunk in content.Chunk(3000))
        {
            byte[] body = [.. chunk.Chunk(8).SelectMany(eight => eight.Prepend((byte)0))];
            target.Write(BitConverter.GetBytes((ushort)(0xB000 | (body.Length - 1))));
            target.Write(body);
        }

        return target.ToArray();
    }
}

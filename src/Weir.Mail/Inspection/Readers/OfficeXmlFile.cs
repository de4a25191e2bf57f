using System.Buffers.Binary;
using System.IO.Compression;
using Weir.Mail.Inspection.Office;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Documents of Office saved as one XML file (Word 2003, and packages written flat): the same fields, relationships and objects.</summary>
internal sealed class OfficeXmlFile : IFileReader
{
    private const int LongestObject = 16 << 20;

    public bool Reads(string fileType) => fileType == "xml";

    public void Read(FileToRead file, FileFindings found)
    {
        var start = file.Content.Span[..Math.Min(file.Content.Length, 4_096)];
        if (start.IndexOf("mso-application"u8) < 0 && start.IndexOf("schemas.microsoft.com/office"u8) < 0 && start.IndexOf("wordDocument"u8) < 0)
        {
            return;
        }

        using var stream = new MemoryStream(file.Content.ToArray(), writable: false);
        var xml = new OfficeXml(found, file.FileName);
        xml.Read(stream);
        foreach (var (name, content) in xml.Binaries)
        {
            var bytes = content.AsSpan().StartsWith("ActiveMime"u8) ? Unpacked(content) : content;
            if (bytes.AsSpan().StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
            {
                OfficePackage.Object(name.TrimStart('/'), bytes, found);
            }
        }
    }

    /// <summary>What Word writes beside its XML: a header that says where the compressed compound file begins.</summary>
    private static byte[] Unpacked(byte[] active)
    {
        var at = active.Length > 0x20 ? BinaryPrimitives.ReadUInt16LittleEndian(active.AsSpan(0x1E)) + 46 : active.Length;
        if (at >= active.Length || active[at] != 0x78)
        {
            at = active.AsSpan().IndexOf((byte)0x78);
        }

        if (at < 0)
        {
            return [];
        }

        using var source = new ZLibStream(new MemoryStream(active[at..], writable: false), CompressionMode.Decompress);
        return BoundedStream.Read(source, LongestObject);
    }
}

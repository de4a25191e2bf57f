using System.IO.Compression;
using Weir.Mail.Archives;

namespace Weir.Mail.Inspection.Office;

/// <summary>The parts of a document that is a ZIP file, unpacked one by one within a budget.</summary>
internal sealed class PackageParts(ReadOnlyMemory<byte> file)
{
    private const int MostParts = 2_000;
    private const int LongestPart = 16 << 20;

    private long _left = 64L << 20;

    public IReadOnlyList<ZipEntry> Entries { get; } = ZipDirectory.Read(file.Span, MostParts);

    /// <summary>Not everything could be read, and why; empty when it could.</summary>
    public string WhyNot { get; private set; } = "";

    public byte[] Read(ZipEntry entry)
    {
        if (entry.DataStart < 0 || entry.IsEncrypted || _left <= 0)
        {
            WhyNot = _left <= 0 ? "the document unpacks to too much" : "a part of the document is out of reach";
            return [];
        }

        var packed = file.Slice(entry.DataStart, (int)Math.Min(entry.Packed, file.Length - entry.DataStart));
        using var source = new MemoryStream(packed.ToArray(), writable: false);
        using var stream = entry.Method switch { 0 => (Stream)source, 8 => new DeflateStream(source, CompressionMode.Decompress), _ => null };
        if (stream is null)
        {
            WhyNot = "a part of the document is compressed in an unknown way";
            return [];
        }

        var content = BoundedStream.Read(stream, (int)Math.Min(LongestPart, _left));
        _left -= content.Length;
        if (content.Length == LongestPart)
        {
            WhyNot = $"{entry.Name} is longer than is read";
        }

        return content;
    }
}

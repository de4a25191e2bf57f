using System.Buffers.Binary;
using System.IO.Compression;

namespace Weir.Mail.Inspection.Office;

/// <summary>Objects and macro projects in the records of a PowerPoint document (MS-PPT §2.10.34): compound files, most of them compressed.</summary>
internal static class PowerPointRecords
{
    private const int ObjectStorage = 0x1011;
    private const int MostRecords = 200_000;
    private const int MostObjects = 50;
    private const int LongestObject = 16 << 20;

    public static List<ReadOnlyMemory<byte>> Objects(ReadOnlyMemory<byte> document)
    {
        var objects = new List<ReadOnlyMemory<byte>>();
        var bytes = document.Span;
        for (int at = 0, count = 0; at + 8 <= bytes.Length && count < MostRecords && objects.Count < MostObjects; count++)
        {
            var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            var type = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]), bytes.Length - at - 8);
            at += 8;
            if (type == ObjectStorage)
            {
                objects.Add(version >> 4 == 1 && length > 4 ? Unpacked(document.Slice(at + 4, length - 4)) : document.Slice(at, length));
            }

            // A container's records stand inside it.
            at += (version & 0xF) == 0xF ? 0 : length;
        }

        return objects;
    }

    private static byte[] Unpacked(ReadOnlyMemory<byte> packed)
    {
        using var source = new ZLibStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
        return BoundedStream.Read(source, LongestObject);
    }
}

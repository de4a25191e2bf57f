using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Weir.Sample.Files;

/// <summary>A real PNG: coloured blocks, as a photo would be too large.</summary>
internal static class PngImage
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate((uint)value, (crc, _) => (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1))];

    /// <summary>A picture of blocks of 8 × 8 points.</summary>
    public static byte[] Write(Dice dice, int columns, int rows)
    {
        const int block = 8;
        var width = columns * block;
        var height = rows * block;
        var colours = dice.Bytes(columns * rows * 3);
        var lines = new byte[height * (1 + (width * 3))];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                colours.AsSpan((((y / block) * columns) + (x / block)) * 3, 3).CopyTo(lines.AsSpan((y * (1 + (width * 3))) + 1 + (x * 3)));
            }
        }

        return File(lines, width, height);
    }

    /// <summary>A picture of dark and light squares with a light border.</summary>
    /// <param name="scale">Points of a square.</param>
    /// <param name="border">Squares of the border.</param>
    public static byte[] Write(bool[,] dark, int scale, int border)
    {
        var side = (dark.GetLength(0) + (2 * border)) * scale;
        var lines = new byte[side * (1 + (side * 3))];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (row, column) = ((y / scale) - border, (x / scale) - border);
                var isDark = row >= 0 && column >= 0 && row < dark.GetLength(0) && column < dark.GetLength(1) && dark[row, column];
                lines.AsSpan((y * (1 + (side * 3))) + 1 + (x * 3), 3).Fill(isDark ? (byte)0 : (byte)255);
            }
        }

        return File(lines, side, side);
    }

    private static byte[] File(byte[] lines, int width, int height)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(lines);
        }

        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 8;
        head[9] = 2;
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", head), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>CRC-32 as PNG and zip use it.</summary>
    public static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var octet in data)
        {
            crc = CrcStep(crc, octet);
        }

        return ~crc;
    }

    public static uint CrcStep(uint crc, byte octet) => CrcTable[(crc ^ octet) & 0xFF] ^ (crc >> 8);

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[8 + named.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + named.Length), Crc(named));
        return chunk;
    }
}

using System.Buffers.Binary;

namespace Weir.Mail.Inspection.Office;

/// <summary>The compression of macro source (MS-OVBA §2.4.1): chunks of 4096 bytes, each of literal bytes and copies of what the chunk holds already.</summary>
internal static class VbaCompression
{
    private const byte Signature = 1;
    private const int ChunkLength = 4_096;

    /// <summary>What can be unpacked; a broken container ends where it breaks.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> container, int most)
    {
        var target = new MemoryStream();
        if (container.IsEmpty || container[0] != Signature)
        {
            return [];
        }

        Span<byte> chunk = stackalloc byte[ChunkLength];
        for (var at = 1; at + 2 <= container.Length && target.Length < most;)
        {
            var header = BinaryPrimitives.ReadUInt16LittleEndian(container[at..]);
            var length = Math.Min((header & 0xFFF) + 3, container.Length - at);
            if ((header & 0x7000) != 0x3000)
            {
                break;
            }

            var body = container.Slice(at + 2, length - 2);
            var filled = (header & 0x8000) != 0 ? Chunk(body, chunk) : Raw(body, chunk);
            target.Write(chunk[..Math.Min(filled, most - (int)target.Length)]);
            if (filled == 0)
            {
                break;
            }

            at += length;
        }

        return target.ToArray();
    }

    private static int Raw(ReadOnlySpan<byte> body, Span<byte> chunk)
    {
        var length = Math.Min(body.Length, chunk.Length);
        body[..length].CopyTo(chunk);
        return length;
    }

    private static int Chunk(ReadOnlySpan<byte> body, Span<byte> chunk)
    {
        var filled = 0;
        for (var at = 0; at < body.Length;)
        {
            var flags = body[at++];
            for (var bit = 0; bit < 8 && at < body.Length; bit++)
            {
                if ((flags & (1 << bit)) == 0)
                {
                    if (filled >= chunk.Length)
                    {
                        return filled;
                    }

                    chunk[filled++] = body[at++];
                    continue;
                }

                if (at + 2 > body.Length)
                {
                    return filled;
                }

                var token = BinaryPrimitives.ReadUInt16LittleEndian(body[at..]);
                at += 2;
                var offsetBits = OffsetBits(filled);
                var offset = (token >> (16 - offsetBits)) + 1;
                var length = (token & (0xFFFF >> offsetBits)) + 3;
                if (offset > filled || filled + length > chunk.Length)
                {
                    return filled;
                }

                for (; length > 0; length--)
                {
                    chunk[filled] = chunk[filled - offset];
                    filled++;
                }
            }
        }

        return filled;
    }

    /// <summary>The further the chunk is filled, the more bits tell how far back a copy begins.</summary>
    private static int OffsetBits(int filled)
    {
        var bits = 4;
        while (bits < 12 && 1 << bits < filled)
        {
            bits++;
        }

        return bits;
    }
}

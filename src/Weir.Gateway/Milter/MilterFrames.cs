using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;

namespace Weir.Gateway.Milter;

/// <summary>Packets on the wire: 32-bit length (letter included), letter, data.</summary>
internal static class MilterFrames
{
    /// <summary>The longest packet taken: Postfix cuts bodies at 64 KiB and a header field at 100 KiB.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>The next packet, or nothing at the end of the stream.</summary>
    /// <exception cref="MilterProtocolException">The length is 0 or beyond <see cref="MaxLength"/>, or the stream ends within a packet.</exception>
    public static async ValueTask<MilterFrame?> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (TryTake(buffer, out var frame, out var end))
            {
                reader.AdvanceTo(end);
                return frame;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new MilterProtocolException("The stream ended within a packet.");
            }
        }
    }

    public static void Write(IBufferWriter<byte> writer, char command, params ReadOnlySpan<byte> data)
    {
        var span = writer.GetSpan(5 + data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(span, (uint)data.Length + 1);
        span[4] = (byte)command;
        data.CopyTo(span[5..]);
        writer.Advance(5 + data.Length);
    }

    /// <summary>A packet of zero-terminated strings after an optional 32-bit number.</summary>
    public static void Write(IBufferWriter<byte> writer, char command, uint? number, params ReadOnlySpan<string> strings)
    {
        var data = new ArrayBufferWriter<byte>();
        if (number is { } value)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data.GetSpan(4), value);
            data.Advance(4);
        }

        foreach (var text in strings)
        {
            // Latin-1 because addresses and names came in as bytes and must go out as the same bytes.
            data.Write(Encoding.Latin1.GetBytes(text.Replace("\0", "", StringComparison.Ordinal)));
            data.Write("\0"u8);
        }

        Write(writer, command, data.WrittenSpan);
    }

    /// <summary>The zero-terminated strings of a packet; a missing last terminator is forgiven.</summary>
    public static IReadOnlyList<string> Strings(ReadOnlySpan<byte> data)
    {
        var strings = new List<string>();
        while (data.Length > 0)
        {
            var zero = data.IndexOf((byte)0);
            var text = zero < 0 ? data : data[..zero];
            strings.Add(Encoding.Latin1.GetString(text));
            data = zero < 0 ? [] : data[(zero + 1)..];
        }

        return strings;
    }

    private static bool TryTake(ReadOnlySequence<byte> buffer, out MilterFrame frame, out SequencePosition end)
    {
        frame = default;
        end = buffer.Start;
        if (buffer.Length < 4)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[4];
        buffer.Slice(0, 4).CopyTo(head);
        var length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length is 0 or > MaxLength)
        {
            throw new MilterProtocolException($"A packet of {length} bytes.");
        }

        if (buffer.Length < 4 + length)
        {
            return false;
        }

        var content = buffer.Slice(4, length).ToArray();
        frame = new MilterFrame((char)content[0], content.AsMemory(1));
        end = buffer.GetPosition(4 + length);
        return true;
    }
}

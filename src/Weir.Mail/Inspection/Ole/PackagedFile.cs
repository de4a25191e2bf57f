using System.Buffers.Binary;
using Weir.Mail.Text;

namespace Weir.Mail.Inspection.Ole;

/// <summary>A file that was dragged into a document: the stream <c>\x01Ole10Native</c>, and the data of an OLE 1 object of class Package.</summary>
/// <param name="Command">Where it was on its author's disk.</param>
internal sealed record PackagedFile(string Name, string Command, ReadOnlyMemory<byte> Content)
{
    private const int LongestName = 4_096;

    /// <param name="native">With or without the length before it.</param>
    public static PackagedFile? Of(ReadOnlyMemory<byte> native)
    {
        var hasLength = native.Length > 6 && BinaryPrimitives.ReadUInt32LittleEndian(native.Span) is var length && length <= native.Length && length >= native.Length - 8;
        return At(native[(hasLength ? 4 : 0)..]) ?? (hasLength ? null : native.Length > 4 ? At(native[4..]) : null);
    }

    private static PackagedFile? At(ReadOnlyMemory<byte> native)
    {
        var bytes = native.Span;
        if (bytes.Length < 16 || BinaryPrimitives.ReadUInt16LittleEndian(bytes) != 2)
        {
            return null;
        }

        var at = 2;
        if (Text(bytes, ref at) is not { } label || Text(bytes, ref at) is not { } path || at + 8 > bytes.Length)
        {
            return null;
        }

        // Two words, then the place of the temporary copy.
        at += 4;
        var commandLength = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        at += 4;
        if (commandLength > LongestName || at + commandLength + 4 > bytes.Length)
        {
            return null;
        }

        var command = TextDecoding.Decode(bytes.Slice(at, (int)commandLength)).TrimEnd('\0');
        at += (int)commandLength;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        at += 4;
        return new PackagedFile(label.Length > 0 ? label : path, command, native.Slice(at, (int)Math.Min(size, bytes.Length - at)));
    }

    private static string? Text(ReadOnlySpan<byte> bytes, ref int at)
    {
        var end = bytes[at..Math.Min(bytes.Length, at + LongestName)].IndexOf((byte)0);
        if (end < 0)
        {
            return null;
        }

        var text = TextDecoding.Decode(bytes.Slice(at, end));
        at += end + 1;
        return text;
    }
}

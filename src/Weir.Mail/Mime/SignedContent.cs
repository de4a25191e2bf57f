using System.Buffers.Text;

namespace Weir.Mail.Mime;

/// <summary>The content inside an opaque signature (CMS SignedData, RFC 5652 §5.1). The signature is not checked and nothing is believed because of it.</summary>
internal static class SignedContent
{
    private const int Deepest = 16;
    private const byte Sequence = 0x30;
    private const byte Explicit0 = 0xA0;
    private const byte OctetString = 0x04;
    private const byte Identifier = 0x06;

    /// <summary>The identifier of a signed content (1.2.840.113549.1.7.2).</summary>
    private static ReadOnlySpan<byte> SignedData => [Identifier, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];

    /// <summary>Empty when it is encrypted, signed apart from its content, or broken.</summary>
    /// <param name="isBroken">It ends before its end, or is nothing that can be taken apart.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> file, out bool isBroken)
    {
        var text = file.Span.TrimStart("\r\n\t "u8);
        var bytes = text.StartsWith("-----BEGIN "u8) ? Pem(text) : file.Span;
        var content = new MemoryStream();
        var isRead = Read(bytes, content);
        isBroken = IsCut(bytes) || (!isRead && !HasNoContent(bytes));
        return isRead ? content.ToArray() : default;
    }

    /// <summary>The length that the outermost element declares, or the end that it has instead of one, is not there.</summary>
    private static bool IsCut(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || bytes[1] == 0x80)
        {
            return bytes is not [.., 0, 0];
        }

        var length = 0L;
        var count = bytes[1] < 0x80 ? 0 : bytes[1] & 0x7F;
        foreach (var b in bytes.Slice(2, Math.Min(count, bytes.Length - 2)))
        {
            length = Math.Min((length << 8) | b, int.MaxValue);
        }

        return 2 + count + (count == 0 ? bytes[1] : length) > bytes.Length;
    }

    /// <summary>Another kind of container (mostly encrypted), or a signature without what it signs.</summary>
    private static bool HasNoContent(ReadOnlySpan<byte> bytes)
    {
        if (!Enter(ref bytes, Sequence) || !Head(bytes, out var tag, out _, out _) || tag != Identifier)
        {
            return false;
        }

        return !Is(ref bytes, SignedData)
            || (Enter(ref bytes, Explicit0) && Enter(ref bytes, Sequence) && Skip(ref bytes, 0) && Skip(ref bytes, 0) && Enter(ref bytes, Sequence) && Skip(ref bytes, 0) && !Enter(ref bytes, Explicit0));
    }

    private static byte[] Pem(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOf((byte)'\n') + 1;
        var length = text[start..].IndexOf("-----END"u8);
        var target = new byte[Math.Max(0, length)];
        return length > 0 && Base64.DecodeFromUtf8(text.Slice(start, length), target, out _, out var written) is System.Buffers.OperationStatus.Done ? target[..written] : [];
    }

    private static bool Read(ReadOnlySpan<byte> bytes, Stream content) =>
        Enter(ref bytes, Sequence)
        && Is(ref bytes, SignedData)
        && Enter(ref bytes, Explicit0)
        && Enter(ref bytes, Sequence)
        && Skip(ref bytes, 0)
        && Skip(ref bytes, 0)
        && Enter(ref bytes, Sequence)
        && Skip(ref bytes, 0)
        && Enter(ref bytes, Explicit0)
        && Octets(ref bytes, content, 0);

    private static bool Is(ref ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> expected)
    {
        if (!bytes.StartsWith(expected))
        {
            return false;
        }

        bytes = bytes[expected.Length..];
        return true;
    }

    /// <summary>Goes inside; what follows the element is never needed.</summary>
    private static bool Enter(ref ReadOnlySpan<byte> bytes, byte tag)
    {
        if (!Head(bytes, out var found, out var head, out var length) || found != tag)
        {
            return false;
        }

        bytes = length < 0 ? bytes[head..] : bytes.Slice(head, length);
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth > Deepest || !Head(bytes, out _, out var head, out var length))
        {
            return false;
        }

        bytes = bytes[(head + Math.Max(0, length))..];
        while (length < 0)
        {
            if (bytes is [0, 0, ..])
            {
                bytes = bytes[2..];
                return true;
            }

            if (!Skip(ref bytes, depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A string of bytes, whole or in pieces.</summary>
    private static bool Octets(ref ReadOnlySpan<byte> bytes, Stream content, int depth)
    {
        if (depth > Deepest || !Head(bytes, out var tag, out var head, out var length) || (tag & ~0x20) != OctetString)
        {
            return false;
        }

        if ((tag & 0x20) == 0)
        {
            content.Write(bytes.Slice(head, Math.Max(0, length)));
            bytes = bytes[(head + Math.Max(0, length))..];
            return length >= 0;
        }

        var inside = length < 0 ? bytes[head..] : bytes.Slice(head, length);
        while (!inside.IsEmpty && inside is not [0, 0, ..])
        {
            if (!Octets(ref inside, content, depth + 1))
            {
                return content.Length > 0;
            }
        }

        bytes = length < 0 ? inside[Math.Min(2, inside.Length)..] : bytes[(head + length)..];
        return true;
    }

    /// <summary>Tag and length of an element (X.690 §8.1); a length of -1 ends at two zero bytes.</summary>
    private static bool Head(ReadOnlySpan<byte> bytes, out byte tag, out int head, out int length)
    {
        (tag, head, length) = (0, 2, 0);
        if (bytes.Length < 2)
        {
            return false;
        }

        tag = bytes[0];
        if (bytes[1] < 0x80)
        {
            length = bytes[1];
        }
        else if (bytes[1] == 0x80)
        {
            length = -1;
        }
        else
        {
            var count = bytes[1] & 0x7F;
            if (count > 4 || 2 + count > bytes.Length)
            {
                return false;
            }

            head += count;
            var value = 0L;
            foreach (var b in bytes.Slice(2, count))
            {
                value = (value << 8) | b;
            }

            // A signature that was cut off still has the beginning of its content.
            length = (int)Math.Min(value, bytes.Length - head);
        }

        return length <= bytes.Length - head;
    }
}

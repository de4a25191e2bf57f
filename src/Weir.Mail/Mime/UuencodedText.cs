using System.Buffers;
using System.Text;
using Weir.Mail.Headers;

namespace Weir.Mail.Mime;

/// <summary>Files that stand uuencoded in a plain body, as mail had them before MIME; some clients still offer them.</summary>
internal static class UuencodedText
{
    private const int MostFiles = 20;

    /// <summary>Names as written, and what the lines decode to.</summary>
    public static IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> Files(ReadOnlyMemory<byte> text)
    {
        var at = 0;
        for (var found = 0; found < MostFiles && Next(text.Span, ref at) is { } file; found++)
        {
            yield return file;
        }
    }

    private static (string Name, ReadOnlyMemory<byte> Content)? Next(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length)
        {
            if (NameOf(Line(text, ref at)) is { Length: > 0 } name && Decode(text, ref at) is { Length: > 0 } content)
            {
                return (name, content);
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> text, ref int at)
    {
        var next = HeaderBlock.NextLine(text, at, text.Length);
        var line = text[at..HeaderBlock.TextEnd(text, at, next)];
        at = next;
        return line;
    }

    /// <summary>Of a line such as <c>begin 644 invoice.zip</c>.</summary>
    private static string NameOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("begin "u8))
        {
            return "";
        }

        var mode = line[6..].IndexOf((byte)' ');
        return mode is 3 or 4 && line.Slice(6, mode).IndexOfAnyExceptInRange((byte)'0', (byte)'7') < 0
            ? Encoding.Latin1.GetString(line[(7 + mode)..]).Trim()
            : "";
    }

    /// <summary>Lines of a length and as many groups of four, until one is not such a line.</summary>
    private static byte[] Decode(ReadOnlySpan<byte> text, ref int at)
    {
        var content = new ArrayBufferWriter<byte>();
        while (at < text.Length)
        {
            var after = at;
            var line = Line(text, ref after);
            if (line.IsEmpty || line[0] is < (byte)' ' or > (byte)'`' || line.IndexOfAnyExceptInRange((byte)' ', (byte)'`') >= 0)
            {
                break;
            }

            var length = Value(line[0]);
            var groups = (length + 2) / 3;
            // A checksum may follow; blanks at the end may be lost.
            if (line.Length > (groups * 4) + 2 || line.Length < (length * 4 / 3 / 2) + 1)
            {
                break;
            }

            at = after;
            Append(content, line[1..], length);
        }

        return content.WrittenSpan.ToArray();
    }

    private static void Append(ArrayBufferWriter<byte> content, ReadOnlySpan<byte> letters, int length)
    {
        var to = content.GetSpan(length + 2);
        for (var (written, from) = (0, 0); written < length; written += 3, from += 4)
        {
            var bits = (At(letters, from) << 18) | (At(letters, from + 1) << 12) | (At(letters, from + 2) << 6) | At(letters, from + 3);
            to[written] = (byte)(bits >> 16);
            to[written + 1] = (byte)(bits >> 8);
            to[written + 2] = (byte)bits;
        }

        content.Advance(length);
    }

    private static int At(ReadOnlySpan<byte> letters, int index) => index < letters.Length ? Value(letters[index]) : 0;

    private static int Value(byte letter) => (letter - ' ') & 63;
}

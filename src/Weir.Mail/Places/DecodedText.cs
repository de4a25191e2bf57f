using System.Text;

namespace Weir.Mail.Places;

/// <summary>Characters of decoded bytes, and for each the byte with which it begins.</summary>
/// <param name="Starts">One more than characters: the last is where the text ends.</param>
internal sealed record DecodedText(string Text, int[] Starts)
{
    public static DecodedText Of(ReadOnlySpan<byte> bytes, Encoding encoding, int skip) =>
        encoding.CodePage == Encoding.UTF8.CodePage ? Utf8(bytes, skip)
        : encoding.IsSingleByte ? Single(bytes, encoding, skip)
        : Any(bytes, encoding, skip);

    private static DecodedText Utf8(ReadOnlySpan<byte> bytes, int skip)
    {
        var (text, starts) = (new StringBuilder(bytes.Length), new List<int>(bytes.Length + 1));
        Span<char> pair = stackalloc char[2];
        for (var at = skip; at < bytes.Length;)
        {
            Rune.DecodeFromUtf8(bytes[at..], out var rune, out var length);
            var chars = rune.EncodeToUtf16(pair);
            text.Append(pair[..chars]);
            for (var i = 0; i < chars; i++)
            {
                starts.Add(at);
            }

            at += Math.Max(1, length);
        }

        starts.Add(bytes.Length);
        return new DecodedText(text.ToString(), [.. starts]);
    }

    private static DecodedText Single(ReadOnlySpan<byte> bytes, Encoding encoding, int skip)
    {
        var text = encoding.GetString(bytes[skip..]);
        return text.Length == bytes.Length - skip ? new DecodedText(text, [.. Enumerable.Range(skip, text.Length + 1)]) : Any(bytes, encoding, skip);
    }

    /// <summary>Byte by byte: a character begins with the first byte that it waited for.</summary>
    private static DecodedText Any(ReadOnlySpan<byte> bytes, Encoding encoding, int skip)
    {
        var (text, starts) = (new StringBuilder(bytes.Length), new List<int>(bytes.Length + 1));
        var decoder = encoding.GetDecoder();
        Span<char> chars = stackalloc char[32];
        var waiting = skip;
        for (var at = skip; at < bytes.Length; at++)
        {
            var count = decoder.GetChars(bytes.Slice(at, 1), chars, flush: at == bytes.Length - 1);
            text.Append(chars[..count]);
            for (var i = 0; i < count; i++)
            {
                starts.Add(waiting);
            }

            waiting = count > 0 ? at + 1 : waiting;
        }

        starts.Add(bytes.Length);
        return new DecodedText(text.ToString(), [.. starts]);
    }
}

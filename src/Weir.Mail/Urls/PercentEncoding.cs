using System.Buffers;
using System.Globalization;
using System.Text;

namespace Weir.Mail.Urls;

/// <summary>Percent-encoding of the URL Standard §1.3: UTF-8 bytes of what stands in a set become <c>%XX</c>.</summary>
internal static class PercentEncoding
{
    /// <summary>ASCII characters that each set leaves alone; everything beyond ASCII and all controls are encoded by every set.</summary>
    public static readonly SearchValues<char> Control = Without("");
    public static readonly SearchValues<char> Fragment = Without(" \"<>`");
    public static readonly SearchValues<char> Query = Without(" \"#<>");
    public static readonly SearchValues<char> SpecialQuery = Without(" \"#<>'");
    public static readonly SearchValues<char> Path = Without(" \"#<>?^`{}");
    public static readonly SearchValues<char> UserInfo = Without(" \"#<>?^`{}/:;=@[\\]|");

    public static void Append(StringBuilder target, Rune rune, SearchValues<char> kept)
    {
        if (rune.IsAscii && kept.Contains((char)rune.Value))
        {
            target.Append((char)rune.Value);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        var length = rune.EncodeToUtf8(bytes);
        foreach (var b in bytes[..length])
        {
            target.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
    }

    public static string Encode(string text, SearchValues<char> kept)
    {
        if (text.AsSpan().IndexOfAnyExcept(kept) < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(result, rune, kept);
        }

        return result.ToString();
    }

    public static byte[] Decode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] == '%' && at + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[at + 1]) && char.IsAsciiHexDigit((char)bytes[at + 2]))
            {
                bytes[length++] = (byte)((Hex(bytes[at + 1]) << 4) | Hex(bytes[at + 2]));
                at += 2;
            }
            else
            {
                bytes[length++] = bytes[at];
            }
        }

        return bytes[..length];
    }

    private static int Hex(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static SearchValues<char> Without(string encoded) =>
        SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(code => (char)code).Where(c => !encoded.Contains(c, StringComparison.Ordinal))]);
}

using System.Text;
using Weir.Mail.Headers;
using Weir.Mail.Mime;

namespace Weir.Mail.Text;

/// <summary>The characters of a text part: byte order mark, else declared character set, else the one HTML names, else a guess.</summary>
internal static class TextDecoding
{
    private static readonly System.Buffers.SearchValues<char> AfterValue = System.Buffers.SearchValues.Create("\"' />;");

    /// <summary>A file of text that nobody declared anything of.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? Encoding.UTF8.GetString(bytes[3..])
        : bytes.StartsWith<byte>([0xFF, 0xFE]) ? Encoding.Unicode.GetString(bytes[2..])
        : Charsets.Find(MetaCharset(bytes)) is { } encoding ? encoding.GetString(bytes)
        : Charsets.Guess(bytes);

    public static string Decode(MimeNode node, DefectList defects)
    {
        var bytes = node.Content.Span;
        var (encoding, skip, unknown) = Find(bytes, node.MediaType, node.Type.Get("charset") ?? "");
        if (unknown.Length > 0)
        {
            defects.Add("unknown-charset", $"Part {node.Path} declares the character set {unknown}.", node.OffsetOf(node.Block.FieldsStart));
        }

        return encoding.GetString(bytes[skip..]);
    }

    /// <summary>The character set that the text is read in.</summary>
    /// <returns>How many bytes of a byte order mark to skip, and the declared name when nobody knows it.</returns>
    public static (Encoding Encoding, int Skip, string Unknown) Find(ReadOnlySpan<byte> bytes, string mediaType, string declared)
    {
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            return (Encoding.UTF8, 3, "");
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE]))
        {
            return (Encoding.Unicode, 2, "");
        }

        if (declared.Length == 0 && mediaType == "text/html")
        {
            declared = MetaCharset(bytes);
        }

        if (declared.Length == 0)
        {
            return (Charsets.Guessed(bytes), 0, "");
        }

        // A declared ASCII or Latin-1 that is valid UTF-8 with multibyte characters is UTF-8 in truth.
        return Charsets.Find(declared) is not { } encoding ? (Charsets.Guessed(bytes), 0, declared)
            : encoding.CodePage == 1252 ? (Charsets.Guessed(bytes), 0, "")
            : (encoding, 0, "");
    }

    /// <summary>The character set that the first kilobyte of HTML names; empty when none.</summary>
    private static string MetaCharset(ReadOnlySpan<byte> html)
    {
        var start = html[..Math.Min(html.Length, 1_024)];
        var text = Encoding.Latin1.GetString(start);
        var at = text.IndexOf("charset", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return "";
        }

        var value = text.AsSpan(at + 7).TrimStart(" =\"'");
        var end = value.IndexOfAny(AfterValue);
        return end is > 0 and < 40 ? value[..end].ToString() : "";
    }
}

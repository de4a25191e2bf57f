using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Weir.Mail.Headers;

/// <summary>The text of header values: unfolding (RFC 5322 §2.2.3), encoded words (RFC 2047), bytes beyond ASCII.</summary>
internal static class HeaderText
{
    private static readonly ParserOptions Options = Lenient();

    /// <summary>The value as one line, bytes as Latin-1 characters, line breaks removed and trimmed.</summary>
    public static string Unfold(ReadOnlySpan<byte> value)
    {
        var text = Encoding.Latin1.GetString(value);
        if (text.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
        {
            text = text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);
        }

        return text.Trim(' ', '\t');
    }

    /// <summary>Decodes an unfolded value.</summary>
    /// <param name="latin1">One character for each byte.</param>
    public static string Decode(string latin1)
    {
        if (latin1.Contains("=?", StringComparison.Ordinal))
        {
            var text = Rfc2047.DecodeText(Options, Encoding.Latin1.GetBytes(HighFirst(latin1)));
            return latin1.Contains("utf-16", StringComparison.OrdinalIgnoreCase) ? text.Replace("\uFEFF", "", StringComparison.Ordinal) : text;
        }

        return Ascii.IsValid(latin1) && !latin1.Contains('\u001b', StringComparison.Ordinal) ? latin1 : Charsets.Guess(Encoding.Latin1.GetBytes(latin1));
    }

    /// <summary>
    /// RFC 2781 §4.3: a mark (in base64 /v8) tells which byte comes first. Without one, a zero first (A and a letter up to P) is the high byte of a Latin
    /// letter. By hand: an expression that looks ahead needs a time limit, and on a busy machine that passes for an honest field too.
    /// </summary>
    private static string HighFirst(string latin1)
    {
        const string before = "=?utf-16?b?";
        var text = new StringBuilder();
        var done = 0;
        for (var at = latin1.IndexOf(before, StringComparison.OrdinalIgnoreCase); at >= 0; at = latin1.IndexOf(before, at + before.Length, StringComparison.OrdinalIgnoreCase))
        {
            var next = latin1.AsSpan(at + before.Length);
            if (next.StartsWith("/v8") || next is ['A', >= 'A' and <= 'P', ..])
            {
                text.Append(latin1, done, at - done).Append("=?utf-16be?b?");
                done = at + before.Length;
            }
        }

        return done == 0 ? latin1 : text.Append(latin1, done, latin1.Length - done).ToString();
    }

    /// <summary>The character sets of the encoded words in a value.</summary>
    public static IEnumerable<string> CharsetsOf(string latin1)
    {
        for (var at = latin1.IndexOf("=?", StringComparison.Ordinal); at >= 0; at = latin1.IndexOf("=?", at + 2, StringComparison.Ordinal))
        {
            var end = latin1.IndexOf('?', at + 2);
            if (end > at + 2 && end - at < 60 && end + 2 < latin1.Length && latin1[end + 2] == '?' && latin1[end + 1] is 'b' or 'B' or 'q' or 'Q')
            {
                // RFC 2231 §5: a language may follow the character set.
                yield return latin1[(at + 2)..end].Split('*')[0];
            }
        }
    }

    /// <summary>Length of the encoded word that begins at <paramref name="at"/>; 0 when there is none.</summary>
    public static int EncodedWordLength(string latin1, int at)
    {
        if (at + 8 > latin1.Length || latin1[at] != '=' || latin1[at + 1] != '?')
        {
            return 0;
        }

        var charset = latin1.IndexOf('?', at + 2, Math.Min(60, latin1.Length - at - 2));
        if (charset < 0 || charset + 3 > latin1.Length || latin1[charset + 2] != '?')
        {
            return 0;
        }

        var end = latin1.IndexOf("?=", charset + 3, Math.Min(2_000, latin1.Length - charset - 3), StringComparison.Ordinal);
        return end < 0 || latin1.AsSpan(at, end - at).Contains(' ') ? 0 : end + 2 - at;
    }

    private static ParserOptions Lenient()
    {
        _ = Charsets.Find("koi8-r");
        return new ParserOptions { Rfc2047ComplianceMode = RfcComplianceMode.Loose, CharsetEncoding = Encoding.UTF8 };
    }
}

using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Utils;

namespace Weir.Mail.Headers;

/// <summary>The text of header values: unfolding (RFC 5322 §2.2.3), encoded words (RFC 2047), bytes beyond ASCII.</summary>
internal static partial class HeaderText
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
            var text = Rfc2047.DecodeText(Options, Encoding.Latin1.GetBytes(HighFirst().Replace(latin1, "=?utf-16be?b?")));
            return latin1.Contains("utf-16", StringComparison.OrdinalIgnoreCase) ? text.Replace("\uFEFF", "", StringComparison.Ordinal) : text;
        }

        return Ascii.IsValid(latin1) && !latin1.Contains('\u001b', StringComparison.Ordinal) ? latin1 : Charsets.Guess(Encoding.Latin1.GetBytes(latin1));
    }

    // RFC 2781 §4.3: a mark (in base64 /v8) tells which byte comes first. Without one, a zero first (A and a letter up to P) is the high byte of a Latin letter.
    [GeneratedRegex(@"(?i:=\?utf-16\?b\?)(?=/v8|A[A-P])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex HighFirst();

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

using System.Globalization;
using System.Text;

namespace Weir.Portal.Shell;

/// <summary>Text of mail as people see it. Characters that turn a line round, hide or end it are written out: with them <c>gnp.exe</c> reads as a picture.</summary>
internal static class SafeText
{
    public static string Of(string text)
    {
        if (!text.Any(IsTricky))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (IsTricky(character))
            {
                shown.Append(CultureInfo.InvariantCulture, $"[U+{(int)character:X4}]");
            }
            else
            {
                shown.Append(character);
            }
        }

        return shown.ToString();
    }

    /// <summary>Directions, the invisible, and controls; not what joins letters and pictograms (U+200C, U+200D).</summary>
    private static bool IsTricky(char character) => character is
        (< ' ' and not ('\t' or '\n' or '\r')) or (>= '\u007F' and <= '\u009F')
        or '\u00AD' or '\u061C' or '\u180E' or '\u200B' or '\u200E' or '\u200F' or '\u2028' or '\u2029'
        or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2064') or (>= '\u2066' and <= '\u2069') or '\uFEFF';
}

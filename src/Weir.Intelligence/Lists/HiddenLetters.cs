using System.Globalization;

namespace Weir.Intelligence.Lists;

/// <summary>Characters that are not seen and make a text look or act other than it is: control characters steer a terminal, marks of direction turn an address round.</summary>
internal static class HiddenLetters
{
    /// <summary>The first one; nothing when there is none.</summary>
    /// <param name="mayHaveLines">Line ends and tabs are none.</param>
    public static char? In(string text, bool mayHaveLines = false)
    {
        foreach (var letter in text)
        {
            if (IsHidden(letter) && !(mayHaveLines && letter is '\r' or '\n' or '\t'))
            {
                return letter;
            }
        }

        return null;
    }

    /// <summary>As Unicode names it.</summary>
    public static string Name(char letter) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)letter:X4}");

    /// <summary>The text on one line, with spaces for what is not seen.</summary>
    public static string Without(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(letter => IsHidden(letter) ? ' ' : letter));

    private static bool IsHidden(char letter) =>
        char.IsControl(letter) || letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}

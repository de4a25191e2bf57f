using System.Globalization;

namespace Weir.Mail.Text;

/// <summary>Lengths in CSS.</summary>
internal static class CssLength
{
    public static bool TryParse(string value, out double number, out string unit)
    {
        var end = 0;
        while (end < value.Length && (char.IsAsciiDigit(value[end]) || value[end] is '.' or '-' or '+'))
        {
            end++;
        }

        unit = value[end..].Trim();
        return double.TryParse(value.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A font size that cannot be read; relative sizes and words keep what was inherited only where they depend on it.</summary>
    public static bool IsTiny(string value, bool inherited) =>
        !TryParse(value, out var size, out var unit)
            ? inherited && value is "inherit" or "smaller" or "larger"
            : unit switch
            {
                "%" => size <= 5 || inherited,
                "em" or "ex" => size < 0.1 || inherited,
                "rem" => size < 0.1,
                _ => size < 2,
            };
}

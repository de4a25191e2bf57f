using System.Globalization;

namespace Weir.Mail.Text;

/// <summary>Colours of CSS and old HTML attributes, to 24-bit RGB.</summary>
internal static class CssColor
{
    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly Dictionary<string, int> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["black"] = 0x000000, ["white"] = 0xFFFFFF, ["red"] = 0xFF0000, ["green"] = 0x008000, ["blue"] = 0x0000FF, ["yellow"] = 0xFFFF00, ["gray"] = 0x808080,
        ["grey"] = 0x808080, ["silver"] = 0xC0C0C0, ["navy"] = 0x000080, ["teal"] = 0x008080, ["maroon"] = 0x800000, ["purple"] = 0x800080, ["olive"] = 0x808000,
        ["lime"] = 0x00FF00, ["aqua"] = 0x00FFFF, ["cyan"] = 0x00FFFF, ["fuchsia"] = 0xFF00FF, ["magenta"] = 0xFF00FF, ["orange"] = 0xFFA500, ["pink"] = 0xFFC0CB,
        ["brown"] = 0xA52A2A, ["gold"] = 0xFFD700, ["ivory"] = 0xFFFFF0, ["snow"] = 0xFFFAFA, ["whitesmoke"] = 0xF5F5F5, ["ghostwhite"] = 0xF8F8FF, ["floralwhite"] = 0xFFFAF0,
        ["lightgray"] = 0xD3D3D3, ["lightgrey"] = 0xD3D3D3, ["darkgray"] = 0xA9A9A9, ["dimgray"] = 0x696969, ["darkblue"] = 0x00008B, ["darkred"] = 0x8B0000, ["darkgreen"] = 0x006400,
        ["beige"] = 0xF5F5DC, ["azure"] = 0xF0FFFF, ["mintcream"] = 0xF5FFFA, ["aliceblue"] = 0xF0F8FF, ["lavender"] = 0xE6E6FA, ["linen"] = 0xFAF0E6, ["seashell"] = 0xFFF5EE,
    };

    public static bool TryParse(string value, out int rgb)
    {
        rgb = 0;
        var text = value.AsSpan().Trim();
        if (text.StartsWith("#") || (text.Length == 6 && text.IndexOfAnyExcept(HexDigits) < 0))
        {
            return Hex(text.TrimStart('#'), out rgb);
        }

        if (text.StartsWith("rgb", StringComparison.OrdinalIgnoreCase))
        {
            return Function(text, out rgb);
        }

        // The shorthand "background" may hold more words.
        foreach (var range in text.Split(' '))
        {
            var word = text[range];
            if (word.StartsWith("#") ? Hex(word[1..], out rgb) : Names.TryGetValue(word.ToString(), out rgb))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Hex(ReadOnlySpan<char> digits, out int rgb)
    {
        rgb = 0;
        var end = digits.IndexOfAnyExcept(HexDigits);
        digits = end < 0 ? digits : digits[..end];
        if (digits.Length is 3 or 4)
        {
            return int.TryParse($"{digits[0]}{digits[0]}{digits[1]}{digits[1]}{digits[2]}{digits[2]}", NumberStyles.HexNumber, CultureInfo.InvariantCulture, out rgb);
        }

        return digits.Length is 6 or 8 && int.TryParse(digits[..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out rgb);
    }

    private static bool Function(ReadOnlySpan<char> text, out int rgb)
    {
        rgb = 0;
        var open = text.IndexOf('(');
        var close = text.IndexOf(')');
        if (open < 0 || close < open)
        {
            return false;
        }

        var inside = text[(open + 1)..close];
        var count = 0;
        foreach (var range in inside.SplitAny(", /"))
        {
            var word = inside[range];
            if (word.IsEmpty || count >= 3)
            {
                continue;
            }

            if (!double.TryParse(word.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var channel))
            {
                return false;
            }

            var scaled = word.EndsWith("%") ? channel * 2.55 : channel;
            rgb = (rgb << 8) | (int)Math.Clamp(double.IsNaN(scaled) ? 0 : scaled, 0, 255);
            count++;
        }

        return count == 3;
    }
}

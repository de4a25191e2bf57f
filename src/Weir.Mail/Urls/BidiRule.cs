using System.Globalization;
using System.Text;

namespace Weir.Mail.Urls;

/// <summary>Right-to-left labels (RFC 5893 §2): scripts are not mixed in a label. Bidi classes are approximated by block and category.</summary>
internal static class BidiRule
{
    public static bool Allows(string[] labels)
    {
        if (!Array.Exists(labels, label => label.EnumerateRunes().Any(IsRightToLeft)))
        {
            return true;
        }

        return Array.TrueForAll(labels, label => label.Length == 0 || IsAllowed([.. label.EnumerateRunes()]));
    }

    private static bool IsAllowed(Rune[] label)
    {
        var first = label[0];
        if (IsRightToLeft(first) && (IsLetter(first) || IsAdlamDigit(first) || IsKharoshthiMark(first)))
        {
            var hasArabicDigit = Array.Exists(label, IsArabicDigit);
            var hasDigit = Array.Exists(label, rune => rune.Value is (>= '0' and <= '9') or (>= 0x6F0 and <= 0x6F9));
            return !Array.Exists(label, rune => IsLetter(rune) && !IsRightToLeft(rune)) && !(hasArabicDigit && hasDigit) && EndsWell(label);
        }

        return IsLetter(first) && !IsRightToLeft(first) && !Array.Exists(label, rune => IsRightToLeft(rune) || IsArabicDigit(rune)) && EndsWell(label);
    }

    private static bool EndsWell(Rune[] label)
    {
        var last = label.Length - 1;
        while (last > 0 && Rune.GetUnicodeCategory(label[last]) == UnicodeCategory.NonSpacingMark)
        {
            last--;
        }

        return IsLetter(label[last]) || Rune.IsDigit(label[last]) || IsKharoshthiMark(label[last]);
    }

    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;

    private static bool IsArabicDigit(Rune rune) => rune.Value is (>= 0x660 and <= 0x669) or 0x6DD or (>= 0x600 and <= 0x605);

    private static bool IsRightToLeft(Rune rune) =>
        rune.Value is (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF)
        && (IsAdlamDigit(rune) || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.DecimalDigitNumber));

    private static bool IsAdlamDigit(Rune rune) => rune.Value is >= 0x1E950 and <= 0x1E959;

    private static bool IsKharoshthiMark(Rune rune) => rune.Value is >= 0x10A50 and <= 0x10A58;
}

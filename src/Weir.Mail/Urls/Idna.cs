using System.Globalization;
using System.Text;

namespace Weir.Mail.Urls;

/// <summary>
/// Domain to ASCII (URL Standard §3.3, UTS #46 non-transitional, not strict). The mapping table of UTS #46 is approximated by what makes it up:
/// case folding, NFKC and the ignored characters; Unicode's own tables in the runtime do the rest.
/// </summary>
internal static class Idna
{
    /// <summary>Nothing when the domain is invalid.</summary>
    public static string? ToAscii(string domain)
    {
        if (domain.Length > 2_000)
        {
            return null;
        }

        if (Ascii.IsValid(domain))
        {
            // Domains in ASCII are not checked: there are registered names whose punycode is invalid.
            return domain.ToLowerInvariant();
        }

        return Map(domain) is { } mapped ? Encode(mapped) : null;
    }

    private static string? Encode(string mapped)
    {
        var labels = mapped.Split('.');
        var unicode = Array.ConvertAll(labels, label => label.StartsWith("xn--", StringComparison.Ordinal) ? Punycode.Decode(label[4..]) ?? label : label);
        if (!BidiRule.Allows(unicode))
        {
            return null;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (EncodeLabel(labels[i]) is not { } label)
            {
                return null;
            }

            labels[i] = label;
        }

        return string.Join('.', labels);
    }

    private static string? EncodeLabel(string label)
    {
        if (label.StartsWith("xn--", StringComparison.Ordinal))
        {
            if (!Ascii.IsValid(label))
            {
                return null;
            }

            // The label must be what encoding its own decoding gives, and hold something beyond ASCII.
            return Punycode.Decode(label[4..]) is { Length: > 0 } unicode && !Ascii.IsValid(unicode) && Map(unicode) == unicode && IsValid(unicode) ? label : null;
        }

        if (Ascii.IsValid(label))
        {
            return label;
        }

        return IsValid(label) && Punycode.Encode(label) is { } encoded ? "xn--" + encoded : null;
    }

    /// <summary>Lower case, compatibility forms composed, ignored characters gone, all full stops made dots.</summary>
    private static string? Map(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || IsDisallowed(rune))
            {
                return null;
            }

            if (rune.Value == 0x1E9E)
            {
                kept.Append('ß');
            }
            else if (rune.Value is 0x3002 or 0xFF0E or 0xFF61)
            {
                kept.Append('.');
            }
            else if (!IsIgnored(rune))
            {
                // A compatibility form that holds a full stop (one dot leader) would make new labels.
                var written = rune.ToString();
                if (!rune.IsAscii && written.Normalize(NormalizationForm.FormKC).Contains('.', StringComparison.Ordinal))
                {
                    return null;
                }

                kept.Append(written);
            }
        }

        var folded = kept.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant().Normalize(NormalizationForm.FormKC);
        return folded.Replace('\u3002', '.');
    }

    private static bool IsIgnored(Rune rune) => rune.Value is 0xAD or 0x34F or 0x180B or 0x180C or 0x180D or 0x180E or 0x180F or 0x200B or 0xFEFF or (>= 0x2060 and <= 0x2064) or (>= 0x206A and <= 0x206F)
        or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsDisallowed(Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        return rune.Value is 0x1680 or 0xFE12 or (>= 0x2FF0 and <= 0x2FFF) || category is UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (category == UnicodeCategory.Control && !rune.IsAscii)
            || (category == UnicodeCategory.OtherNotAssigned && rune.Value != 0x2065)
            || (category == UnicodeCategory.Format && !IsIgnored(rune) && rune.Value is not (0x200C or 0x200D));
    }

    /// <summary>UTS #46 §4.1 for labels beyond ASCII: normal form, no leading mark, joiners only where they join.</summary>
    private static bool IsValid(string label)
    {
        if (label.Length == 0 || !label.IsNormalized(NormalizationForm.FormC))
        {
            return false;
        }

        var first = Rune.GetRuneAt(label, 0);
        if (Rune.GetUnicodeCategory(first) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
        {
            return false;
        }

        for (var i = 0; i < label.Length; i++)
        {
            // RFC 5892 A.1, A.2: after a virama; other contexts (Arabic joining) are rare and accepted for the non-joiner.
            if (label[i] == '\u200D' && !IsVirama(label, i - 1))
            {
                return false;
            }

            if (label[i] == '\u200C' && (i == 0 || (!IsVirama(label, i - 1) && label[i - 1] is < '\u0600' or > '\u08FF')))
            {
                return false;
            }
        }

        return !label.Contains('.', StringComparison.Ordinal);
    }

    /// <summary>The character that ends at this place has combining class 9; those beyond the basic plane are of Indic scripts.</summary>
    private static bool IsVirama(string label, int end)
    {
        if (end < 0)
        {
            return false;
        }

        var code = end > 0 && char.IsSurrogatePair(label[end - 1], label[end]) ? char.ConvertToUtf32(label[end - 1], label[end]) : label[end];
        return code is 0x94D or 0x9CD or 0xA4D or 0xACD or 0xB4D or 0xBCD or 0xC4D or 0xCCD or 0xD4D or 0xDCA or 0xE3A or 0xF84 or 0x1039 or 0x103A or 0x17D2
            or 0x10A3F or 0x11046 or 0x1107F or 0x110B9 or 0x111C0 or 0x11235 or 0x1134D or 0x11442 or 0x114C2 or 0x115BF or 0x1163F or 0x116B6 or 0x11839;
    }
}

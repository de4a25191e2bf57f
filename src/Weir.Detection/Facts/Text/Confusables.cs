using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Weir.Detection.Facts.Text;

/// <summary>Letters that look like others. A small part of Unicode TS 39 confusables: those that make Latin names.</summary>
internal static class Confusables
{
    /// <summary>One look for each letter that is taken for a Latin one.</summary>
    private static readonly FrozenDictionary<char, string> Looks = new Dictionary<char, string>
    {
        // Cyrillic
        ['а'] = "a", ['в'] = "b", ['с'] = "c", ['ԁ'] = "d", ['е'] = "e", ['ѐ'] = "e", ['ё'] = "e", ['һ'] = "h", ['і'] = "i", ['ї'] = "i", ['ј'] = "j", ['к'] = "k", ['ӏ'] = "l", ['м'] = "m", ['н'] = "h", ['о'] = "o", ['р'] = "p", ['ԛ'] = "q",
        ['ѕ'] = "s", ['т'] = "t", ['у'] = "y", ['ѵ'] = "v", ['ԝ'] = "w", ['х'] = "x", ['г'] = "r", ['п'] = "n", ['ь'] = "b", ['з'] = "3", ['б'] = "6",
        // Greek
        ['α'] = "a", ['β'] = "b", ['ϲ'] = "c", ['ε'] = "e", ['η'] = "n", ['ι'] = "i", ['κ'] = "k", ['μ'] = "u", ['ν'] = "v", ['ο'] = "o", ['ρ'] = "p", ['σ'] = "o", ['τ'] = "t", ['υ'] = "u", ['χ'] = "x", ['ω'] = "w", ['γ'] = "y",
        // Armenian, Latin extensions and others that survive decomposition
        ['օ'] = "o", ['ո'] = "n", ['ս'] = "u", ['հ'] = "h", ['ց'] = "g", ['զ'] = "q", ['ı'] = "i", ['ł'] = "l", ['ø'] = "o", ['đ'] = "d", ['ħ'] = "h", ['ŧ'] = "t", ['ɑ'] = "a", ['ɡ'] = "g", ['ɩ'] = "i", ['ɪ'] = "i", ['ʏ'] = "y", ['ꜱ'] = "s", ['ᴏ'] = "o", ['ᴀ'] = "a", ['ᴇ'] = "e", ['ʟ'] = "l", ['ɴ'] = "n", ['ʀ'] = "r", ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ɢ'] = "g", ['ʜ'] = "h", ['ᴍ'] = "m", ['ᴘ'] = "p", ['ᴛ'] = "t", ['ᴜ'] = "u", ['ᴄ'] = "c", ['ᴅ'] = "d", ['ᴋ'] = "k",
    }.ToFrozenDictionary();

    /// <summary>Lower case, compatibility forms and accents removed, look-alike letters replaced: what a reader takes it for. Digits stay.</summary>
    public static string Latin(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var result = new StringBuilder(text.Length);
        foreach (var c in Decompose(text).ToLowerInvariant())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
            {
                continue;
            }

            _ = Looks.TryGetValue(c, out var look) ? result.Append(look) : result.Append(c);
        }

        return result.ToString();
    }

    /// <summary>Accents removed and lower case, other scripts kept: for comparing words of a language.</summary>
    public static string Fold(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var result = new StringBuilder(text.Length);
        foreach (var c in Decompose(text).ToLowerInvariant())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
            {
                _ = c == 'ß' ? result.Append("ss") : result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>The look of a name in small print: also digits for letters, <c>rn</c> for <c>m</c>, <c>vv</c> for <c>w</c>. Two names with one skeleton are mistaken for each other.</summary>
    public static string Skeleton(string text)
    {
        var latin = Latin(text).Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal).Replace("cl", "d", StringComparison.Ordinal);
        return string.Create(latin.Length, latin, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = source[i] switch { '0' => 'o', '1' or 'i' or '|' => 'l', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '8' => 'b', '9' => 'g', var c => c };
            }
        });
    }

    /// <summary>A word with Latin letters and Cyrillic or Greek ones that look Latin: nobody writes so.</summary>
    public static bool IsMixed(ReadOnlySpan<char> word)
    {
        bool latin = false, lookalike = false;
        foreach (var c in word)
        {
            latin |= char.IsAsciiLetter(c);
            lookalike |= c is >= '\u0370' and <= '\u058F' && Looks.ContainsKey(char.ToLowerInvariant(c));
        }

        return latin && lookalike;
    }

    private static string Decompose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            // A lone surrogate: the text is as it is.
            return text;
        }
    }
}

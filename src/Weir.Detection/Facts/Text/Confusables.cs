using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Weir.Detection.Facts.Text;

/// <summary>Letters that look like others (UTS #39).</summary>
internal static class Confusables
{
    /// <summary>A character becomes a look, a look its compatibility form, and so on: a few steps at most.</summary>
    private const int MostSteps = 8;

    /// <summary>Everything else that looks alike: by character.</summary>
    private static readonly Lazy<FrozenDictionary<int, string>> Others = new(ReadOthers);

    /// <summary>One look for each lower-case letter that is taken for a Latin one.</summary>
    private static readonly FrozenDictionary<char, string> Looks = new Dictionary<char, string>
    {
        // Cyrillic
        ['а'] = "a", ['в'] = "b", ['с'] = "c", ['ԁ'] = "d", ['е'] = "e", ['ѐ'] = "e", ['ё'] = "e", ['һ'] = "h", ['і'] = "i", ['ї'] = "i", ['ј'] = "j", ['к'] = "k", ['ӏ'] = "l", ['м'] = "m", ['н'] = "h", ['о'] = "o", ['р'] = "p", ['ԛ'] = "q",
        ['ѕ'] = "s", ['т'] = "t", ['у'] = "y", ['ѵ'] = "v", ['ԝ'] = "w", ['х'] = "x", ['г'] = "r", ['п'] = "n", ['ь'] = "b", ['з'] = "3", ['б'] = "6",
        // Greek
        ['α'] = "a", ['β'] = "b", ['ϲ'] = "c", ['ε'] = "e", ['η'] = "n", ['ι'] = "i", ['κ'] = "k", ['μ'] = "u", ['ν'] = "v", ['ο'] = "o", ['ρ'] = "p", ['σ'] = "o", ['τ'] = "t", ['υ'] = "u", ['χ'] = "x", ['ω'] = "w", ['γ'] = "y",
        // Armenian, Latin extensions and others that survive decomposition
        ['օ'] = "o", ['ո'] = "n", ['ս'] = "u", ['հ'] = "h", ['ց'] = "g", ['զ'] = "q", ['ı'] = "i", ['ł'] = "l", ['ø'] = "o", ['đ'] = "d", ['ħ'] = "h", ['ŧ'] = "t", ['ɑ'] = "a", ['ɡ'] = "g", ['ɩ'] = "i", ['ɪ'] = "i", ['ʏ'] = "y", ['ꜱ'] = "s", ['ᴏ'] = "o", ['ᴀ'] = "a", ['ᴇ'] = "e", ['ʟ'] = "l", ['ɴ'] = "n", ['ʀ'] = "r", ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ɢ'] = "g", ['ʜ'] = "h", ['ᴍ'] = "m", ['ᴘ'] = "p", ['ᴛ'] = "t", ['ᴜ'] = "u", ['ᴄ'] = "c", ['ᴅ'] = "d", ['ᴋ'] = "k", ['ʙ'] = "b", ['ĸ'] = "k", ['ʍ'] = "m", ['ꭑ'] = "m", ['ɛ'] = "e", ['ꞓ'] = "e", ['ɜ'] = "3", ['ƅ'] = "b", ['ʃ'] = "s", ['π'] = "n",
    }.ToFrozenDictionary();

    /// <summary>Lower case, compatibility forms and accents removed, look-alike letters replaced: what a reader takes it for. Digits stay.</summary>
    public static string Latin(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var result = new StringBuilder(text.Length);
        foreach (var c in Decompose(text, NormalizationForm.FormKD).ToLowerInvariant())
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
        foreach (var c in Decompose(text, NormalizationForm.FormKD).ToLowerInvariant())
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
        var looks = new StringBuilder(text.Length);
        foreach (var rune in Decompose(text, NormalizationForm.FormD).EnumerateRunes())
        {
            AppendLook(looks, rune, 0);
        }

        // Digits first: c1 looks like cl, and cl like d. The letters l and i are one at the end, since ci does not look like d.
        for (var i = 0; i < looks.Length; i++)
        {
            looks[i] = looks[i] switch { '0' => 'o', '1' or '|' => 'l', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '8' => 'b', '9' => 'g', var c => c };
        }

        return looks.Replace("rn", "m").Replace("vv", "w").Replace("cl", "d").Replace('l', 'i').ToString();
    }

    private static void AppendLook(StringBuilder looks, Rune rune, int steps)
    {
        if (rune.IsAscii)
        {
            looks.Append(char.ToLowerInvariant((char)rune.Value));
            return;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return;
        }

        var lower = Rune.ToLowerInvariant(rune);
        if (lower == rune && Own(rune) is { } own)
        {
            looks.Append(own);
            return;
        }

        if (steps < MostSteps && Next(rune, lower) is { } next)
        {
            foreach (var part in next.EnumerateRunes())
            {
                AppendLook(looks, part, steps + 1);
            }

            return;
        }

        looks.Append(Own(lower) ?? lower.ToString());
    }

    private static string? Own(Rune rune) => rune.IsBmp ? Looks.GetValueOrDefault((char)rune.Value) : null;

    /// <summary>What a character is taken for, its compatibility form, or its lower case: the first that there is.</summary>
    private static string? Next(Rune rune, Rune lower)
    {
        if (Others.Value.TryGetValue(rune.Value, out var look))
        {
            return Decompose(look, NormalizationForm.FormD);
        }

        var text = rune.ToString();
        var compatible = Decompose(text, NormalizationForm.FormKD);
        return compatible != text ? compatible : lower != rune ? lower.ToString() : null;
    }

    private static FrozenDictionary<int, string> ReadOthers()
    {
        var others = new Dictionary<int, string>();
        foreach (var line in FactLists.Lines("confusables.txt"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var look = string.Concat(line[..colon].Split('+').Select(code => new Rune(Number(code)).ToString()));
            foreach (var range in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var dash = range.IndexOf('-', StringComparison.Ordinal);
                var (first, last) = dash < 0 ? (Number(range), Number(range)) : (Number(range[..dash]), Number(range[(dash + 1)..]));
                for (var code = first; code <= last; code++)
                {
                    others[code] = look;
                }
            }
        }

        return others.ToFrozenDictionary();
    }

    private static int Number(string code) => int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

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

    private static string Decompose(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            // A lone surrogate: the text is as it is.
            return text;
        }
    }
}

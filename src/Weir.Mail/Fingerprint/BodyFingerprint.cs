using System.Text;

namespace Weir.Mail.Fingerprint;

/// <summary>
/// The 64-bit name of a body: a simhash (Charikar 2002) over its words and pairs of words. Before hashing, what differs between two copies of one
/// template is left out: words with digits, addresses and URLs, words that begin with a capital (names, and brands with them).
/// So copies for different people mostly have the same id, and an edited sentence changes few bits. Equal is meaningful, and so is a
/// Hamming distance of about 6 or less. The function never changes: ids of old mail stay comparable.
/// </summary>
internal static class BodyFingerprint
{
    /// <summary>Fewer words than this say too little: then capitals and names count too.</summary>
    private const int FewWords = 12;
    private const int MostCharacters = 100_000;

    /// <summary>0 for an empty body, else never 0.</summary>
    /// <param name="visibleText">What a person reads.</param>
    /// <param name="html">Source of the HTML body; its tags are the fingerprint when nothing can be read (pictures only).</param>
    public static long Of(string visibleText, string html)
    {
        var text = visibleText.Length > MostCharacters ? visibleText[..MostCharacters] : visibleText;
        var words = Words(text, keepCapitals: false);
        if (words.Count < FewWords)
        {
            words = Words(text, keepCapitals: true);
        }

        if (words.Count == 0)
        {
            words = Tags(html);
        }

        if (words.Count == 0)
        {
            return 0;
        }

        var features = new HashSet<ulong>();
        for (var i = 0; i < words.Count; i++)
        {
            features.Add(Hash(words[i], ""));
            features.Add(Hash(words[i], i + 1 < words.Count ? words[i + 1] : "\n"));
        }

        var hash = (long)Fold(features);
        return hash == 0 ? 1 : hash;
    }

    /// <summary>Bit i of the result is set when more than half of the features have it. Bits are counted eight at a time, one in each byte of a word.</summary>
    private static ulong Fold(HashSet<ulong> features)
    {
        Span<int> counts = stackalloc int[64];
        Span<ulong> lanes = stackalloc ulong[8];
        var pending = 0;
        foreach (var feature in features)
        {
            for (var i = 0; i < 8; i++)
            {
                lanes[i] += (feature >> i) & 0x0101010101010101UL;
            }

            if (++pending == 255)
            {
                Drain(lanes, counts);
                pending = 0;
            }
        }

        Drain(lanes, counts);
        var result = 0UL;
        for (var bit = 0; bit < 64; bit++)
        {
            result |= counts[bit] * 2 > features.Count ? 1UL << bit : 0;
        }

        return result;
    }

    private static void Drain(Span<ulong> lanes, Span<int> counts)
    {
        for (var i = 0; i < 8; i++)
        {
            for (var lane = 0; lane < 8; lane++)
            {
                counts[(lane * 8) + i] += (int)((lanes[i] >> (lane * 8)) & 0xFF);
            }

            lanes[i] = 0;
        }
    }

    private static List<string> Words(string text, bool keepCapitals)
    {
        var words = new List<string>();
        foreach (var token in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (token.Contains('@', StringComparison.Ordinal) || token.Contains("://", StringComparison.Ordinal) || token.Length > 100
                || token.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || IsDomain(token) || token.AsSpan().IndexOfAnyInRange('0', '9') >= 0)
            {
                continue;
            }

            AddLetters(token, keepCapitals, words);
        }

        return words;
    }

    private static void AddLetters(string token, bool keepCapitals, List<string> words)
    {
        var start = -1;
        for (var at = 0; at <= token.Length; at++)
        {
            var c = at < token.Length ? token[at] : ' ';
            if (IsIdeograph(c))
            {
                // Scripts without spaces: each character is a word, and pairs come by themselves.
                words.Add(c.ToString());
                continue;
            }

            var inWord = char.IsLetter(c) || (start >= 0 && c is '\'' or '’');
            if (inWord && start < 0)
            {
                start = at;
            }
            else if (!inWord && start >= 0)
            {
                var word = token[start..at].TrimEnd('\'', '’');
                if (keepCapitals || !char.IsUpper(word[0]))
                {
                    words.Add(Ascii.IsValid(word) ? word.ToLowerInvariant() : word.ToLowerInvariant().Normalize(NormalizationForm.FormKC));
                }

                start = -1;
            }
        }
    }

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF' or >= '\u0E00' and <= '\u0E7F';

    private static bool IsDomain(string token)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < token.Length - 2 && token.Contains('/', StringComparison.Ordinal);
    }

    private static List<string> Tags(string html)
    {
        var tags = new List<string>();
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at < MostCharacters; at = html.IndexOf('<', at + 1))
        {
            var end = at + 1;
            while (end < html.Length && end - at < 20 && char.IsAsciiLetterOrDigit(html[end]))
            {
                end++;
            }

            if (end > at + 1)
            {
                tags.Add("<" + html[(at + 1)..end].ToLowerInvariant());
            }
        }

        return tags;
    }

    /// <summary>FNV-1a over UTF-16 code units, finished with the mixer of SplitMix64 so that every bit depends on all characters.</summary>
    private static ulong Hash(string first, string second)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var c in first)
        {
            hash = (hash ^ c) * 1_099_511_628_211UL;
        }

        hash = (hash ^ ' ') * 1_099_511_628_211UL;
        foreach (var c in second)
        {
            hash = (hash ^ c) * 1_099_511_628_211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }
}

using System.Text;

namespace Weir.Response.Campaigns;

/// <summary>A subject without what differs between copies: numbers, the recipient's name and domain, prefixes of answers, case, spaces.</summary>
internal static class SubjectShape
{
    private const int LeastLetters = 10;
    private const int LeastWords = 2;
    private const int Longest = 200;

    /// <summary>Nothing when too little is left to say anything.</summary>
    public static string? Of(string subject, IEnumerable<string> recipients)
    {
        var own = recipients.Take(10).SelectMany(address => address.ToLowerInvariant().Split(['@', '.', '_', '-', '+'])).Where(part => part.Length > 2).ToHashSet(StringComparer.Ordinal);
        var words = new List<string>();
        foreach (var raw in (subject.Length > 1_000 ? subject[..1_000] : subject).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var word = Letters(raw.ToLowerInvariant());
            if (words.Count == 0 && word is "re" or "fw" or "fwd" or "aw" or "wg" or "tr" or "odp" && raw.EndsWith(':'))
            {
                continue;
            }

            if (word.Length > 0)
            {
                words.Add(own.Contains(word) || raw.Contains('@', StringComparison.Ordinal) ? "@" : word);
            }
        }

        var shape = string.Join(' ', words);
        return words.Count(word => char.IsLetter(word[0])) < LeastWords || shape.Count(char.IsLetter) < LeastLetters ? null : shape.Length > Longest ? shape[..Longest] : shape;
    }

    /// <summary>The word's letters; <c>#</c> when a digit is in it.</summary>
    private static string Letters(string word)
    {
        if (word.AsSpan().IndexOfAnyInRange('0', '9') >= 0)
        {
            return "#";
        }

        var letters = new StringBuilder(word.Length);
        foreach (var rune in word.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                letters.Append(rune);
            }
        }

        return letters.ToString();
    }
}

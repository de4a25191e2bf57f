using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Weir.Detection.Facts.Text;

namespace Weir.Detection.Facts.Intents;

/// <summary>Finds the cues of <c>Lists/intents.txt</c>, sums and telephone numbers. A pure function; the list is read once.</summary>
internal static partial class Cues
{
    public const string Telephone = "telephone";

    /// <summary>Also a kind of the list: there with words for currencies, here with their signs.</summary>
    private const string Amount = "amount";

    private const int Most = 1_500;

    /// <summary>Letters by which phrases that begin with an open word are found.</summary>
    private const int Stem = 3;

    private static readonly SearchValues<char> Currencies = SearchValues.Create("$€£¥₹");
    private static readonly SearchValues<char> Groups = SearchValues.Create(" .-()/");

    private static readonly FrozenDictionary<string, PhrasePattern[]> ByFirst = Load(step => step.Words);
    private static readonly FrozenDictionary<string, PhrasePattern[]> ByStem = Load(step => step.Beginnings.Select(beginning => beginning[..Stem]));

    /// <summary>In the order of their first words. Cues do not reach from one sentence into another.</summary>
    public static List<Cue> Find(TextFacts text, Sentences sentences)
    {
        var found = new List<Cue>();
        var words = text.Words;
        for (var i = 0; i < sentences.OfWord.Length && found.Count < Most; i++)
        {
            var word = words[i].Folded;
            if (char.IsAsciiDigit(word[0]) && IsSum(text.Source, words[i]))
            {
                found.Add(new Cue(Amount, Amount, sentences.OfWord[i], words[i].Start, words[i].End));
            }

            Add(ByFirst.GetValueOrDefault(char.IsAsciiDigit(word[0]) ? PhrasePattern.Number : word), text, sentences, i, found);
            if (word.Length >= Stem && ByStem.TryGetValue(word[..Stem], out var open))
            {
                Add([.. open.Where(pattern => pattern.Steps[0].Matches(word))], text, sentences, i, found);
            }
        }

        AddTelephones(text, sentences, found);
        return found;
    }

    private static void Add(PhrasePattern[]? patterns, TextFacts text, Sentences sentences, int at, List<Cue> found)
    {
        foreach (var pattern in patterns ?? [])
        {
            if (pattern.End(text.Words, at) is >= 0 and var last && last < sentences.OfWord.Length && sentences.OfWord[last] == sentences.OfWord[at])
            {
                found.Add(new Cue(pattern.Kind, pattern.Text, sentences.OfWord[at], text.Words[at].Start, text.Words[last].End));
            }
        }
    }

    /// <summary>A currency sign stands before or after the number.</summary>
    private static bool IsSum(string source, Word word)
    {
        var (before, after) = (word.Start - 1, word.End);
        before -= before >= 0 && source[before] == ' ' ? 1 : 0;
        after += after < source.Length && source[after] is ' ' or '\u00A0' or '\u202F' ? 1 : 0;
        return (before >= 0 && Currencies.Contains(source[before])) || (after < source.Length && Currencies.Contains(source[after]));
    }

    private static void AddTelephones(TextFacts text, Sentences sentences, List<Cue> found)
    {
        if (sentences.OfWord.Length == 0)
        {
            return;
        }

        var end = text.Words[sentences.OfWord.Length - 1].End;
        foreach (var match in TelephoneNumber().EnumerateMatches(text.Source.AsSpan(0, end)))
        {
            var number = text.Source.AsSpan(match.Index, match.Length);
            var digits = 0;
            foreach (var c in number)
            {
                digits += char.IsAsciiDigit(c) ? 1 : 0;
            }

            // Order numbers are plain digits; a number to call is grouped, or says its country.
            if (digits is >= 9 and <= 15 && (number[0] is '+' or '(' || number.ContainsAny(Groups)) && WordAt(text, sentences, match.Index) is { } at)
            {
                found.Add(new Cue(Telephone, Telephone, sentences.OfWord[at], match.Index, match.Index + match.Length));
            }
        }
    }

    private static int? WordAt(TextFacts text, Sentences sentences, int place)
    {
        int low = 0, high = sentences.OfWord.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (text.Words[middle].End <= place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < sentences.OfWord.Length ? low : null;
    }

    private static FrozenDictionary<string, PhrasePattern[]> Load(Func<PhraseStep, IEnumerable<string>> keys) => PhrasePattern.Read("intents.txt")
        .SelectMany(pattern => keys(pattern.Steps[0]).Distinct(StringComparer.Ordinal).Select(key => (key, pattern)))
        .GroupBy(pair => pair.key, pair => pair.pattern, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    [GeneratedRegex(@"\+?\(?\d[\d\s.\-()/]{7,22}\d", RegexOptions.NonBacktracking)]
    private static partial Regex TelephoneNumber();
}

/// <summary>A cue in the text.</summary>
/// <param name="Phrase">As written in the list: two cues of one phrase say one thing.</param>
internal readonly record struct Cue(string Kind, string Phrase, int Sentence, int Start, int End);

using System.Collections.Frozen;

namespace Weir.Detection.Facts.Text;

/// <summary>
/// Phrases by kind, from <c>Lists/phrases.txt</c>: <c>[kind]</c>, then one phrase a line; <c>a|b</c> either word, <c>*</c> up to three words,
/// <c>word~</c> any word that begins so, <c>%</c> any number.
/// Accents and case don't matter. A pure function; the book is read once.
/// </summary>
internal static class Phrasebook
{
    private const int MostMatches = 200;

    private static readonly FrozenDictionary<string, PhrasePattern[]> ByFirstWord = Load();
    /// <summary>Short words of cues are near too many honest names to be what somebody disguised.</summary>
    private static readonly FrozenSet<string> Vocabulary = WordsOf("phrases.txt", 4).Concat(WordsOf("intents.txt", 6)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The word stands in some phrase or cue.</summary>
    public static bool Knows(string word) => Vocabulary.Contains(word);

    /// <summary>The first place of each phrase by kind.</summary>
    /// <param name="repeats">Takes the other places.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<PhraseMatch>> Find(TextFacts text, List<(string Kind, PhraseMatch Match)> repeats)
    {
        var found = new Dictionary<string, List<PhraseMatch>>(StringComparer.Ordinal);
        var total = 0;
        for (var i = 0; i < text.Words.Count && total < MostMatches; i++)
        {
            var first = text.Words[i].Folded;
            if (!ByFirstWord.TryGetValue(char.IsAsciiDigit(first[0]) ? PhrasePattern.Number : first, out var patterns))
            {
                continue;
            }

            foreach (var pattern in patterns)
            {
                if (pattern.End(text.Words, i) is not (>= 0 and var last))
                {
                    continue;
                }

                if (!found.TryGetValue(pattern.Kind, out var matches))
                {
                    found[pattern.Kind] = matches = [];
                }

                var place = new PhraseMatch(pattern.Text, text.Words[i].Start, text.Words[last].End);
                if (!matches.Exists(match => ReferenceEquals(match.Phrase, pattern.Text)))
                {
                    matches.Add(place);
                    total++;
                }
                else if (repeats.Count < MostMatches)
                {
                    repeats.Add((pattern.Kind, place));
                }
            }
        }

        return found.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<PhraseMatch>)pair.Value, StringComparer.Ordinal);
    }

    private static IEnumerable<string> WordsOf(string list, int least) => PhrasePattern.Read(list).SelectMany(pattern => pattern.Steps).SelectMany(step => step.Words).Where(word => word.Length >= least);

    private static FrozenDictionary<string, PhrasePattern[]> Load()
    {
        var byFirst = new Dictionary<string, List<PhrasePattern>>(StringComparer.Ordinal);
        foreach (var pattern in PhrasePattern.Read("phrases.txt"))
        {
            foreach (var first in pattern.Steps[0].Words)
            {
                if (!byFirst.TryGetValue(first, out var patterns))
                {
                    byFirst[first] = patterns = [];
                }

                patterns.Add(pattern);
            }
        }

        return byFirst.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }
}

/// <summary>Where a phrase stands in the text.</summary>
/// <param name="Phrase">As written in the list.</param>
internal readonly record struct PhraseMatch(string Phrase, int Start, int End);

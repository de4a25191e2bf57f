using System.Collections.Frozen;

namespace Weir.Detection.Facts.Text;

/// <summary>
/// Phrases by kind, from <c>Lists/phrases.txt</c>: <c>[kind]</c>, then one phrase a line; <c>a|b</c> either word, <c>*</c> up to three words,
/// <c>word~</c> any word that begins so, <c>%</c> any number.
/// Accents and case don't matter. A pure function; the book is read once.
/// </summary>
internal static class Phrasebook
{
    private const int LongestGap = 3;
    private const int MostMatches = 200;
    private const string Number = "%";

    private static readonly FrozenDictionary<string, Pattern[]> ByFirstWord = Load();
    private static readonly FrozenSet<string> Vocabulary = ByFirstWord.Values.SelectMany(patterns => patterns).SelectMany(pattern => pattern.Steps).SelectMany(step => step.Words).Where(word => word.Length >= 4).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The word stands in some phrase.</summary>
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
            if (!ByFirstWord.TryGetValue(char.IsAsciiDigit(first[0]) ? Number : first, out var patterns))
            {
                continue;
            }

            foreach (var pattern in patterns)
            {
                if (End(text.Words, i, pattern.Steps, 1) is not (>= 0 and var last))
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

    /// <summary>The index of the last word matched, or -1.</summary>
    private static int End(IReadOnlyList<Word> words, int at, Step[] steps, int step)
    {
        if (step == steps.Length)
        {
            return at;
        }

        if (steps[step].IsGap)
        {
            for (var skip = 0; skip <= LongestGap; skip++)
            {
                if (End(words, at + skip, steps, step + 1) is >= 0 and var end)
                {
                    return end;
                }
            }

            return -1;
        }

        return at + 1 < words.Count && steps[step].Matches(words[at + 1].Folded) ? End(words, at + 1, steps, step + 1) : -1;
    }

    private static FrozenDictionary<string, Pattern[]> Load()
    {
        var byFirst = new Dictionary<string, List<Pattern>>(StringComparer.Ordinal);
        var kind = "";
        foreach (var line in FactLists.Lines("phrases.txt"))
        {
            if (line[0] == '[')
            {
                kind = line.Trim('[', ']');
                continue;
            }

            var steps = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Step.Parse).ToArray();
            var pattern = new Pattern(kind, line, steps);
            foreach (var first in steps[0].Words)
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

    private sealed record Pattern(string Kind, string Text, Step[] Steps);

    private sealed record Step(string[] Words, string[] Beginnings, bool IsGap, bool IsNumber)
    {
        public bool Matches(string word) =>
            Array.IndexOf(Words, word) >= 0
            || Array.Exists(Beginnings, beginning => word.StartsWith(beginning, StringComparison.Ordinal))
            || (IsNumber && char.IsAsciiDigit(word[0]));

        public static Step Parse(string text)
        {
            var alternatives = text.Split('|').Select(Confusables.Fold).ToArray();
            return new Step(
                [.. alternatives.Where(word => !word.EndsWith('~'))],
                [.. alternatives.Where(word => word.EndsWith('~')).Select(word => word[..^1])],
                text == "*",
                alternatives.Contains(Number));
        }
    }
}

/// <summary>Where a phrase stands in the text.</summary>
/// <param name="Phrase">As written in the list.</param>
internal readonly record struct PhraseMatch(string Phrase, int Start, int End);

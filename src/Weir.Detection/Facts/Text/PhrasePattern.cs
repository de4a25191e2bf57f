namespace Weir.Detection.Facts.Text;

/// <summary>A phrase of a list: <c>a|b</c> either word, <c>*</c> up to three words, <c>word~</c> any word that begins so, <c>%</c> any number.</summary>
/// <param name="Kind">The heading it stands under.</param>
/// <param name="Text">As written in the list.</param>
internal sealed record PhrasePattern(string Kind, string Text, PhraseStep[] Steps)
{
    public const string Number = "%";

    private const int LongestGap = 3;

    /// <summary>The phrases of a list: <c>[kind]</c>, then one phrase a line.</summary>
    public static IEnumerable<PhrasePattern> Read(string list)
    {
        var kind = "";
        foreach (var line in FactLists.Lines(list))
        {
            if (line[0] == '[')
            {
                kind = line.Trim('[', ']');
                continue;
            }

            yield return new PhrasePattern(kind, line, [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(PhraseStep.Parse)]);
        }
    }

    /// <summary>The index of the last word when the phrase begins at a word that is its first, else -1.</summary>
    public int End(IReadOnlyList<Word> words, int at) => End(words, at, 1);

    private int End(IReadOnlyList<Word> words, int at, int step)
    {
        if (step == Steps.Length)
        {
            return at;
        }

        if (Steps[step].IsGap)
        {
            for (var skip = 0; skip <= LongestGap; skip++)
            {
                if (End(words, at + skip, step + 1) is >= 0 and var end)
                {
                    return end;
                }
            }

            return -1;
        }

        return at + 1 < words.Count && Steps[step].Matches(words[at + 1].Folded) ? End(words, at + 1, step + 1) : -1;
    }
}

/// <summary>One place of a phrase.</summary>
internal sealed record PhraseStep(string[] Words, string[] Beginnings, bool IsGap, bool IsNumber)
{
    public bool Matches(string word) =>
        Array.IndexOf(Words, word) >= 0
        || Array.Exists(Beginnings, beginning => word.StartsWith(beginning, StringComparison.Ordinal))
        || (IsNumber && char.IsAsciiDigit(word[0]));

    public static PhraseStep Parse(string text)
    {
        var alternatives = text.Split('|').Select(Confusables.Fold).ToArray();
        return new PhraseStep(
            [.. alternatives.Where(word => !word.EndsWith('~'))],
            [.. alternatives.Where(word => word.EndsWith('~')).Select(word => word[..^1])],
            text == "*",
            alternatives.Contains(PhrasePattern.Number));
    }
}

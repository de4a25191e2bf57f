using Weir.Detection.Facts.Text;

namespace Weir.Detection.Facts.Intents;

/// <summary>
/// What the writer of a text is after, from sentences: a request with its object. Sentences that speak about fraud, and what a warning quotes, are
/// not what this mail asks for. Bounded: the beginning of a long text, since a thread or newsletter below it is not what is asked now.
/// </summary>
internal sealed class IntentFacts
{
    /// <summary>A letter of one person; of what is longer only the beginning is read.</summary>
    private const int Letter = 400;
    private const int Beginning = 200;

    /// <summary>Extortion tells a long story.</summary>
    private const int Story = 900;

    /// <summary>Sentences about fraud from which a text is a warning as a whole.</summary>
    private const int Warns = 3;

    private const int LongestSentence = 130;
    private const int QuotedWords = 4;
    private const int MostPlaces = 20;

    private readonly TextFacts _text;
    private readonly Sentences _sentences;
    private readonly List<Cue>[] _bySentence;

    private IntentFacts(TextFacts text)
    {
        _text = text;
        var reach = Math.Min(OwnWords(text), Story);
        _sentences = Sentences.Of(text, reach);
        _bySentence = [.. _sentences.All.Select(_ => new List<Cue>())];
        foreach (var cue in Cues.Find(text, _sentences))
        {
            _bySentence[cue.Sentence].Add(cue);
        }

        Reported = [.. _sentences.All.Where((_, i) => _bySentence[i].Exists(cue => cue.Kind == "reported")).Select(sentence => (text.Words[sentence.First].Start, text.Words[sentence.Last].End))];
        Silence();
        var letter = reach <= Letter ? reach : Beginning;
        var letterEnd = letter == 0 ? 0 : _sentences.OfWord[letter - 1] + 1;
        Words = letter;
        Found = [.. IntentRules.All
            .GroupBy(rule => rule.Intent, StringComparer.Ordinal)
            .Select(rules => rules.Select(rule => Match(rule, rule.Sentences == IntentRules.Anywhere ? _bySentence.Length : letterEnd)).FirstOrDefault(found => found is not null))
            .OfType<Intent>()];
    }

    /// <summary>The intents found, in the order of <see cref="IntentRules"/>; each once.</summary>
    public IReadOnlyList<Intent> Found { get; }

    /// <summary>Every place of what presses.</summary>
    public IEnumerable<(int Start, int End)> Presses => Places("press");

    /// <summary>Every place of what asks for silence.</summary>
    public IEnumerable<(int Start, int End)> Secrets => Places("secret");

    /// <summary>Sentences that tell what others are warned of: what stands there is not what this mail asks.</summary>
    public IReadOnlyList<(int Start, int End)> Reported { get; }

    /// <summary>The text speaks about fraud, as trainings and warnings do: what it quotes is not what it asks.</summary>
    public bool IsWarning { get; private set; }

    /// <summary>How many words were read for all but extortion.</summary>
    public int Words { get; }

    public static IntentFacts Of(TextFacts text) => new(text);

    public Intent? Find(string kind) => Found.FirstOrDefault(intent => intent.Kind == kind);

    /// <summary>Words before an answered or forwarded message; all when hardly anything stands before it.</summary>
    private static int OwnWords(TextFacts text)
    {
        const int Least = 15;
        ReadOnlySpan<string> marks = ["\n-----Original", "\n----- Original", "\n-------- Original", "\n---------- Forwarded", "\n-----Urspr", "\nVon: ", "\nFrom: ", "\nDe : ", "\nDe: ", "\nDa: ", "\nVan: "];
        var end = text.Source.Length;
        foreach (var mark in marks)
        {
            if (text.Source.IndexOf(mark, StringComparison.OrdinalIgnoreCase) is >= 0 and var at && at < end)
            {
                end = at;
            }
        }

        var words = 0;
        while (words < text.Words.Count && text.Words[words].Start < end)
        {
            words++;
        }

        return words >= Least ? words : text.Words.Count;
    }

    /// <summary>Takes the cues out of small print and of sentences that speak about fraud or quote it, and out of all when the text is a warning.</summary>
    private void Silence()
    {
        foreach (var cues in _bySentence.Where(cues => cues.Exists(cue => cue.Kind == "disclaimer")))
        {
            cues.Clear();
        }

        var warnings = _bySentence.Count(cues => cues.Exists(cue => cue.Kind == "warning"));
        if (warnings == 0)
        {
            return;
        }

        IsWarning = warnings >= Warns;
        var quoted = QuotedParts(_text.Source);
        for (var i = 0; i < _bySentence.Length; i++)
        {
            var (first, last) = (_text.Words[_sentences.All[i].First].Start, _text.Words[_sentences.All[i].Last].End);
            if (warnings >= Warns || _bySentence[i].Exists(cue => cue.Kind is "warning" or "reported") || quoted.Exists(part => part.Start <= first && last <= part.End))
            {
                _bySentence[i].Clear();
            }
        }
    }

    /// <summary>Longer text in quotation marks.</summary>
    private static List<(int Start, int End)> QuotedParts(string source)
    {
        var parts = new List<(int, int)>();
        var open = -1;
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] is not ('"' or '“' or '„' or '”' or '«' or '»'))
            {
                continue;
            }

            if (open >= 0 && source.AsSpan(open, i - open).Count(' ') >= QuotedWords - 1)
            {
                parts.Add((open, i));
                open = -1;
            }
            else
            {
                open = i;
            }
        }

        return parts;
    }

    private Intent? Match(IntentRule rule, int end)
    {
        var isAnywhere = rule.Sentences == IntentRules.Anywhere;
        for (var i = 0; i < (isAnywhere ? Math.Min(1, end) : end); i++)
        {
            if ((!isAnywhere && _bySentence[i].Count == 0) || Within(rule.Needs, i, isAnywhere ? end : Math.Min(end, i + rule.Sentences)) is not { } cues)
            {
                continue;
            }

            var (from, to) = (cues.Min(cue => cue.Sentence), cues.Max(cue => cue.Sentence));
            return new Intent(rule.Intent, Quote(cues), Beside("press", from, to), Beside("secret", from, to), [.. cues.Select(cue => (cue.Start, cue.End)).Concat(Places(IntentRules.ObjectsOf(rule.Intent))).Distinct().Take(MostPlaces)]);
        }

        return null;
    }

    /// <summary>The first cues that satisfy every need, when there are such.</summary>
    private List<Cue>? Within(IReadOnlyList<CueNeed> needs, int from, int to)
    {
        var chosen = new List<Cue>();
        foreach (var need in needs)
        {
            var different = new List<Cue>(need.Times);
            for (var i = from; i < to && different.Count < need.Times; i++)
            {
                foreach (var cue in _bySentence[i])
                {
                    if (different.Count < need.Times && Array.IndexOf(need.Kinds, cue.Kind) >= 0 && !different.Exists(other => other.Phrase == cue.Phrase || other.Start == cue.Start))
                    {
                        different.Add(cue);
                    }
                }
            }

            if (different.Count < need.Times)
            {
                return null;
            }

            chosen.AddRange(different);
        }

        return chosen;
    }

    private IEnumerable<(int Start, int End)> Places(params IEnumerable<string> kinds) =>
        _bySentence.SelectMany(cues => cues).Where(cue => kinds.Contains(cue.Kind, StringComparer.Ordinal)).Select(cue => (cue.Start, cue.End)).Take(MostPlaces);

    /// <summary>A cue in the sentences of an intent or next to them, quoted.</summary>
    private string Beside(string kind, int from, int to)
    {
        for (var i = Math.Max(0, from - 1); i <= Math.Min(_bySentence.Length - 1, to + 2); i++)
        {
            if (_bySentence[i].Find(cue => cue.Kind == kind) is { Kind.Length: > 0 } cue)
            {
                return $"\"{Sentence(i, cue.Start)}\"";
            }
        }

        return "";
    }

    /// <summary>The very sentences, the first three of them.</summary>
    private string Quote(List<Cue> cues) => string.Join(' ', cues.GroupBy(cue => cue.Sentence).OrderBy(group => group.Key).Take(3).Select(group => $"\"{Sentence(group.Key, group.Min(cue => cue.Start))}\""));

    /// <summary>A sentence as it stands; of a long one the part from a little before the cue.</summary>
    private string Sentence(int number, int cue)
    {
        var (first, last) = _sentences.All[number];
        var (start, end) = (_text.Words[first].Start, _text.Words[last].End);
        var isCutBefore = end - start > LongestSentence && cue - start > LongestSentence / 3;
        var from = isCutBefore ? _text.Source.LastIndexOf(' ', Math.Max(start, cue - (LongestSentence / 4))) is var space && space > start ? space + 1 : start : start;
        var to = Math.Min(end, from + LongestSentence);
        if (to < end && _text.Source.LastIndexOf(' ', to - 1, to - from) is var cut && cut > from)
        {
            to = cut;
        }

        var words = string.Join(' ', _text.Source[from..to].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{(from > start ? "…" : "")}{words}{(to < end ? "…" : "")}";
    }
}

/// <summary>What a text is after.</summary>
/// <param name="Quote">The sentences that show it.</param>
/// <param name="Places">The cues, and every other place of the object of the intent: without them it would not be there.</param>
/// <param name="Press">A sentence at it or next to it that presses; empty when there is none.</param>
/// <param name="Secret">One that asks for silence or to stay off the telephone; empty when there is none.</param>
internal sealed record Intent(string Kind, string Quote, string Press, string Secret, IReadOnlyList<(int Start, int End)> Places);

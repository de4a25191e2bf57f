using System.Buffers;

namespace Weir.Detection.Facts.Text;

/// <summary>Subject and visible text as words, and what Weir's phrasebook finds in them. Bounded: the first 256 K characters are read.</summary>
internal sealed class TextFacts
{
    /// <summary>Some eighty pages. What people send is shorter; what is longer is a log, or hides something.</summary>
    private const int Longest = 1 << 18;

    /// <summary>Characters of a quote before and after what was found.</summary>
    private const int Context = 25;

    /// <summary>Characters from the first to the last phrase of one quote.</summary>
    private const int LongestQuote = 120;
    private const int Passage = 300;

    private static readonly SearchValues<char> Disguises = SearchValues.Create("01345$");

    private readonly List<(string Kind, PhraseMatch Match)> _repeats = [];

    private TextFacts(string source, int subjectEnd, IReadOnlyList<Word> words, IReadOnlyList<Word> mixed, IReadOnlyList<Word> disguised)
    {
        Source = source;
        SubjectEnd = subjectEnd;
        Words = words;
        MixedWords = mixed;
        Disguised = disguised;
        Phrases = Phrasebook.Find(this, _repeats);
    }

    /// <summary>Subject, line break, visible text.</summary>
    public string Source { get; }

    /// <summary>Characters behind <see cref="Source"/> that were not read.</summary>
    public int Unread { get; private init; }

    /// <summary>Where the subject ends in <see cref="Source"/>.</summary>
    public int SubjectEnd { get; }

    public IReadOnlyList<Word> Words { get; }

    /// <summary>Words of Latin letters with look-alikes of another alphabet among them.</summary>
    public IReadOnlyList<Word> MixedWords { get; }

    /// <summary>Words of the phrasebook written with letters or digits that only look right: <c>walIet</c>, <c>acc0unt</c>.</summary>
    public IReadOnlyList<Word> Disguised { get; }

    /// <summary>Phrases by kind.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PhraseMatch>> Phrases { get; }

    /// <summary>How many different phrases of a kind there are.</summary>
    public int Count(string kind) => Phrases.TryGetValue(kind, out var matches) ? matches.Count : 0;

    /// <summary>Every place of every phrase of a kind, repetitions last.</summary>
    public IEnumerable<(int Start, int End)> Places(string kind) =>
        Phrases.TryGetValue(kind, out var matches)
            ? matches.Concat(_repeats.Where(repeat => repeat.Kind == kind).Select(repeat => repeat.Match)).Select(match => (match.Start, match.End))
            : [];

    public bool Has(string kind) => Phrases.ContainsKey(kind);

    /// <summary>
    /// How much the text is about a kind: different phrases in its first 300 words, or in 300 words on average. A long newsletter holds some
    /// phrase of every kind; what a mail is about stands at its beginning or all over it.
    /// </summary>
    public double Strength(string kind) => Strength(kind, []);

    /// <param name="without">Parts of the text that do not count.</param>
    public double Strength(string kind, IReadOnlyList<(int Start, int End)> without)
    {
        if (!Phrases.TryGetValue(kind, out var matches))
        {
            return 0;
        }

        if (without.Count > 0)
        {
            matches = [.. matches.Where(match => !without.Any(part => part.Start <= match.Start && match.End <= part.End))];
        }

        var end = Words.Count > Passage ? Words[Passage].Start : int.MaxValue;
        return Math.Max(matches.Count(match => match.Start < end), matches.Count * Passage / (double)Math.Max(Passage, Words.Count));
    }

    /// <summary>The text around the first phrases of a kind, for people. Phrases close together are one quote.</summary>
    public string Quote(string kind)
    {
        if (!Phrases.TryGetValue(kind, out var matches))
        {
            return "";
        }

        var quotes = new List<(int Start, int End)>();
        foreach (var match in matches.OrderBy(match => match.Start))
        {
            if (quotes.Count == 0 || match.Start - Context >= quotes[^1].End + Context)
            {
                quotes.Add((match.Start, match.End));
            }
            else if (match.End - quotes[^1].Start <= LongestQuote)
            {
                quotes[^1] = (quotes[^1].Start, Math.Max(quotes[^1].End, match.End));
            }
        }

        return string.Join(" … ", quotes.Take(3).Select(quote => $"\"{Around(quote.Start, quote.End)}\""));
    }

    public string Around(int start, int end)
    {
        var from = Math.Max(0, start - Context);
        var to = Math.Min(Source.Length, end + Context);
        while (from > 0 && from < start && !char.IsWhiteSpace(Source[from - 1]))
        {
            from++;
        }

        while (to < Source.Length && to > end && !char.IsWhiteSpace(Source[to]))
        {
            to--;
        }

        return string.Join(' ', Source[from..to].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public static TextFacts Of(string subject, string text)
    {
        var source = subject + "\n" + Unquoted(text);
        var unread = Math.Max(0, source.Length - Longest);
        if (unread > 0)
        {
            source = source[..Longest];
        }

        var words = new List<Word>(Math.Min(1_024, (source.Length / 5) + 1));
        var disguised = new List<Word>();
        var mixed = new List<Word>();
        var start = -1;
        for (var i = 0; i <= source.Length; i++)
        {
            var c = i < source.Length ? source[i] : ' ';
            if (char.IsLetterOrDigit(c) || (char.IsSurrogate(c) && IsStyledLetter(source, i)))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0 && IsInvisible(c) && i + 1 < source.Length && (char.IsLetter(source[i + 1]) || IsInvisible(source[i + 1])))
            {
                // Inside the word.
            }
            else if (start >= 0 && !(char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark))
            {
                var raw = source.AsSpan(start, i - start);
                var isMixed = Confusables.IsMixed(raw);
                var folded = isMixed ? Confusables.Latin(raw.ToString()) : Confusables.Fold(raw.ToString());
                if (isMixed)
                {
                    mixed.Add(new Word(folded, start, i));
                }

                if (Undisguise(raw, folded) is { } meant)
                {
                    disguised.Add(new Word(meant, start, i));
                    folded = meant;
                }

                // Some letters are only marks (U+FF9E alone): nothing is left of them to compare.
                if (folded.Length > 0)
                {
                    words.Add(new Word(folded, start, i));
                }

                start = -1;
            }
        }

        return new TextFacts(source, Math.Min(subject.Length, source.Length), words, mixed, disguised) { Unread = unread };
    }

    /// <summary>The word that is meant, when it stands in the phrasebook and the written one does not.</summary>
    private static string? Undisguise(ReadOnlySpan<char> raw, string folded)
    {
        if (raw.Length is < 4 or > 24 || Phrasebook.Knows(folded))
        {
            return null;
        }

        var capital = raw[1..].Contains('I') && raw.ContainsAnyInRange('a', 'z');
        var digit = raw.ContainsAny(Disguises) && char.IsLetter(raw[0]) && char.IsLetter(raw[^1]);
        if (!capital && !digit)
        {
            return null;
        }

        var meant = capital ? raw.ToString().Replace('I', 'l').ToLowerInvariant() : folded.Replace('0', 'o').Replace('1', 'l').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('$', 's');
        if (Phrasebook.Knows(meant))
        {
            return meant;
        }

        var otherwise = digit ? folded.Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's') : "";
        return otherwise.Length > 0 && Phrasebook.Knows(otherwise) ? otherwise : null;
    }

    /// <summary>Lines that quote another message are not what this one says.</summary>
    private static string Unquoted(string text) =>
        text.Contains("\n>", StringComparison.Ordinal) || text.StartsWith('>')
            ? string.Join('\n', text.Split('\n').Where(line => !line.StartsWith('>') && !line.StartsWith(" >", StringComparison.Ordinal)))
            : text;

    private static bool IsInvisible(char c) => c is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u00AD' or '\u034F' or '\u180E';

    /// <summary>Mathematical letters (U+1D400 to U+1D7FF), used as bold or script type to slip past word lists.</summary>
    private static bool IsStyledLetter(string text, int at)
    {
        var high = char.IsHighSurrogate(text[at]) ? at : at - 1;
        return high >= 0 && high + 1 < text.Length && char.IsSurrogatePair(text[high], text[high + 1])
            && char.ConvertToUtf32(text[high], text[high + 1]) is >= 0x1D400 and <= 0x1D7FF;
    }
}

/// <summary>A word of the text, folded, and where it stands.</summary>
internal readonly record struct Word(string Folded, int Start, int End);

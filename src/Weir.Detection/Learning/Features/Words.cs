using System.Collections.Frozen;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Learning.Features;

/// <summary>Words and pairs of words of the beginning of the text, once each, those of the subject again by themselves.</summary>
internal sealed class Words : IFeatures
{
    /// <summary>What a mail wants stands at its beginning; the rest of a long one is not read.</summary>
    private const int Most = 400;

    /// <summary>A text counts as at least so many words: few words are no proof.</summary>
    private const int Least = 12;

    /// <summary>Letters that inflected and compound words have in common.</summary>
    private const int Stem = 6;

    /// <summary>And relatives in kindred languages.</summary>
    private const int Root = 4;

    private static readonly FrozenSet<string> Stop = FactLists.Set("stop-words.txt");

    public IEnumerable<Feature> Of(MessageFacts message, IReadOnlyList<Signal> signals)
    {
        var seen = new Dictionary<string, (int Start, int End)>(StringComparer.Ordinal);
        var subject = new HashSet<string>(StringComparer.Ordinal);
        var pairs = new Dictionary<string, (int Start, int End)>(StringComparer.Ordinal);
        var (before, beforeStart) = ("", 0);
        foreach (var word in message.Text.Words.Take(Most))
        {
            if (!IsTelling(word.Folded, message))
            {
                before = IsWord(word.Folded) ? before : "";
                continue;
            }

            if (word.Start < message.Text.SubjectEnd)
            {
                subject.Add(word.Folded);
            }

            seen.TryAdd(word.Folded, (word.Start, word.End));
            if (before.Length > 0)
            {
                pairs.TryAdd($"{before} {word.Folded}", (beforeStart, word.End));
            }

            (before, beforeStart) = (word.Folded, word.Start);
        }

        // The longer the text, the less one word of it says.
        var value = 3 / MathF.Sqrt(Math.Max(Least, seen.Count));
        Sighting At((int Start, int End) place) => In.Text(message.Text, place.Start, place.End);
        return seen.Select(word => new Feature($"word:{word.Key}", value, At(word.Value)))
            .Concat(seen.Where(word => word.Key.Length > Stem + 1).DistinctBy(word => word.Key[..Stem], StringComparer.Ordinal).Select(word => new Feature($"stem:{word.Key[..Stem]}", value, At(word.Value))))
            .Concat(seen.Where(word => word.Key.Length > Root).DistinctBy(word => word.Key[..Root], StringComparer.Ordinal).Select(word => new Feature($"root:{word.Key[..Root]}", value, At(word.Value))))
            .Concat(pairs.Select(pair => new Feature($"pair:{pair.Key}", value, At(pair.Value))))
            .Concat(subject.Select(word => new Feature($"subject:{word}", 1 / MathF.Sqrt(Math.Max(4, subject.Count)), In.Subject)));
    }

    /// <summary>Names of people, places and things of ours say nothing of danger; function words only say which language it is.</summary>
    private static bool IsTelling(string word, MessageFacts message) =>
        IsWord(word) && !Stop.Contains(word)
        && !message.Envelope.Recipients.Any(recipient => recipient.Contains(word, StringComparison.OrdinalIgnoreCase))
        && !message.AuthorName.Contains(word, StringComparison.OrdinalIgnoreCase)
        && !message.Organisation.OwnDomains.Any(own => own.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsWord(string word) => word.Length is >= 3 and <= 24 && !word.Any(char.IsDigit);
}

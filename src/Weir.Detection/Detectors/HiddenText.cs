using System.Text.RegularExpressions;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Html;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>Text for filters and not for people: hidden by style, split by invisible characters, or in letters of another alphabet.</summary>
internal sealed partial class HiddenText : IDetector
{
    // A preheader of a newsletter hides up to a few hundred letters with good intent.
    private const int MoreThanPreheader = 600;

    public string Id => "hidden-text";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Html.HiddenLetters > MoreThanPreheader && message.Html.HiddenLetters > message.Text.Source.Length / 3)
        {
            yield return Say.Any("hidden-text", $"{message.Html.HiddenLetters} letters are hidden by style: \"{message.Html.HiddenText}\"").At(In.Html(message, HtmlSpot.Hidden));
        }

        if (message.Text.Unread > 0)
        {
            yield return Say.Any("text-not-read", $"The text goes on for {message.Text.Unread:N0} letters behind what was read.").At(In.Knowledge("limits of reading"));
        }

        if (message.Html.HiddenInsideWords > 0)
        {
            yield return Say.Phish("hidden-inside-words", $"{message.Html.HiddenInsideWords} words are split by something hidden.").At(In.Html(message, HtmlSpot.HiddenInsideWord));
        }

        var (inName, inSubject) = (Invisible(message.AuthorName).Count, Invisible(message.Message.Subject).Count);
        var inBody = Invisible(message.Message.HtmlBody.Length > 0 ? message.Message.HtmlBody : message.Message.TextBody);
        if (inName + inSubject + inBody.Count >= 3)
        {
            yield return Say.Phish("invisible-in-words", $"{inName + inSubject + inBody.Count} invisible characters stand inside words.")
                .At(inName > 0 ? [In.Author(message)] : []).At(inSubject > 0 ? [In.Subject] : []).At(inBody.Take(Locator.Most).Select(place => In.Body(message, place.Start, place.End)));
        }

        if (message.Text.Disguised.Count > 0)
        {
            yield return Say.Phish("disguised-words", $"Written with letters that only look right: {string.Join(", ", message.Text.Disguised.Select(word => message.Text.Source[word.Start..word.End]).Distinct(StringComparer.Ordinal).Take(5))}").At(message.Text.Disguised.Select(word => In.Text(message.Text, word.Start, word.End)).Distinct());
        }

        if (Placeholder().Match(message.Text.Source) is { Success: true } placeholder)
        {
            yield return Say.Any("unfilled-placeholder", $"A template was sent unfilled: \"{placeholder.Value}\"").At(In.Text(message.Text, placeholder.Index, placeholder.Index + placeholder.Length));
        }

        if (message.Text.MixedWords.Count > 0)
        {
            yield return Say.Phish("mixed-alphabets", $"{message.Text.MixedWords.Count} words mix Latin letters with look-alikes of another alphabet.").At(message.Text.MixedWords.Take(Locator.Most).Select(word => In.Text(message.Text, word.Start, word.End)));
        }

        if (message.Html.UnknownTags >= 8)
        {
            yield return Say.Any("invented-tags", $"{message.Html.UnknownTags} HTML elements that do not exist break up the text.").At(In.Html(message, HtmlSpot.UnknownTag));
        }

        if (StyledLetters(message.Message.Subject) + StyledLetters(message.AuthorName) >= 4)
        {
            yield return Say.Any("styled-letters", $"Mathematical letters stand for plain ones: \"{message.AuthorName}: {message.Message.Subject}\"").At(In.Author(message), In.Subject);
        }

        if (Salad(message) is [var first, ..] salad)
        {
            yield return Say.Any("random-text", $"Text of no language follows: \"{first[..Math.Min(40, first.Length)]}\"").At(salad.Take(Locator.Most).Select(In.Words));
        }
    }

    private static List<(int Start, int End)> Invisible(string text)
    {
        var beginning = text.AsSpan(0, Math.Min(text.Length, 1 << 17));
        var found = new List<(int, int)>();
        foreach (var match in InvisibleBeforeLetter().EnumerateMatches(beginning))
        {
            if (match.Index > 0 && char.IsLetter(beginning[match.Index - 1]))
            {
                found.Add((match.Index, match.Index + match.Length - 1));
            }
        }

        return found;
    }

    private static int StyledLetters(string text)
    {
        var count = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            count += char.IsSurrogatePair(text[i], text[i + 1]) && char.ConvertToUtf32(text[i], text[i + 1]) is >= 0x1D400 and <= 0x1D7FF ? 1 : 0;
        }

        return count;
    }

    /// <summary>Long words of letters in wild case and digits, many of them: filler that makes each copy different.</summary>
    private static List<string> Salad(MessageFacts message)
    {
        var found = new List<string>();
        foreach (var word in message.Text.Words)
        {
            if (word.End - word.Start is < 12 or > 200 || word.Start <= message.Text.SubjectEnd)
            {
                continue;
            }

            var text = message.Text.Source.AsSpan(word.Start, word.End - word.Start);
            if (IsWild(text))
            {
                found.Add(text.ToString());
            }
        }

        // Patches and logs hold a few hashes; filler is a good part of the text.
        return found.Count >= 3 && found.Count * 12 > message.Text.Words.Count ? found : [];
    }

    /// <summary>Case changes within the word at least four times.</summary>
    private static bool IsWild(ReadOnlySpan<char> word)
    {
        var changes = 0;
        for (var i = 1; i < word.Length; i++)
        {
            changes += char.IsAsciiLetterLower(word[i - 1]) && (char.IsAsciiLetterUpper(word[i]) || char.IsAsciiDigit(word[i])) ? 1 : 0;
        }

        return changes >= 4;
    }

    /// <summary>Soft hyphens are left out: they hyphenate long words honestly.</summary>
    [GeneratedRegex(@"([\u200B\u200C\u200D\u2060\uFEFF\u034F]|&(zwnj|zwj|#8203|#8204|#8205|#8288|#65279|#847|#x200[bcd]|#x34f);)+\p{L}", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InvisibleBeforeLetter();

    [GeneratedRegex(@"\[(user_?name|first_?name|name|e-?mail|firstname|domain|company)\]|\{\{ ?[a-z_. ]{2,30} ?\}\}|%(first_?name|email|name|user|domain)%|##[a-z_]{3,20}##|\$\{[a-z_]{2,20}\}", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}

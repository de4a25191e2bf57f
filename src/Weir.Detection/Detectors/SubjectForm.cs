using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>The form of a subject: shouting, pictograms, tags that make each copy different.</summary>
internal sealed partial class SubjectForm : IDetector
{
    public string Id => "subject-form";

    public IEnumerable<Signal> Examine(MessageFacts message) => Of(message).Select(signal => signal.At(In.Subject));

    private static IEnumerable<Signal> Of(MessageFacts message)
    {
        var subject = message.Message.Subject;
        if (message.Direction != Direction.Inbound || subject.Length == 0)
        {
            yield break;
        }

        var letters = subject.Count(char.IsLetter);
        var capitals = subject.Count(char.IsUpper);
        if (letters >= 12 && capitals > letters * 0.75)
        {
            yield return Say.Any("subject-shouts", $"\"{subject}\"");
        }

        if (subject.Count(c => c == '!') >= 2 || subject.Contains("$$", StringComparison.Ordinal))
        {
            yield return Say.Any("subject-exclaims", $"\"{subject}\"");
        }

        if (Money().IsMatch(subject))
        {
            yield return Say.Spam("subject-money", $"A sum in the subject: \"{subject}\"");
        }

        var pictograms = Pictograms(subject) + Pictograms(message.AuthorName);
        if (pictograms > 0)
        {
            yield return Say.Any("subject-pictograms", $"{pictograms} pictograms: \"{message.AuthorName}: {subject}\"").At(Pictograms(message.AuthorName) > 0 ? [In.Author(message)] : []);
        }

        if (HasTag(subject))
        {
            yield return Say.Any("subject-tagged", $"A meaningless tag makes the subject unique: \"{subject}\"");
        }

        // Words held apart so that no word list finds them; not names of program code, where one underscore joins.
        if (Split(subject, "__") >= 2 || subject.Trim().Contains("     ", StringComparison.Ordinal))
        {
            yield return Say.Any("subject-spaced", $"\"{subject}\"");
        }
    }

    private static int Split(string text, string by) => text.Split(' ').Max(word => word.Split(by, StringSplitOptions.RemoveEmptyEntries).Length - 1);

    private static int Pictograms(string text)
    {
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            count += IsPictogram(rune.Value) ? 1 : 0;
        }

        return count;
    }

    private static bool IsPictogram(int value) => value is (>= 0x1F300 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or 0x2B50 or 0x23F0 or 0x203C;

    /// <summary>A last word without vowels, or of mixed digits and letters, of at least eight.</summary>
    private static bool HasTag(string subject)
    {
        var last = subject.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^1].Trim('[', ']', '(', ')', '#', '{', '}', '-', '_', ':');
        // Hexadecimal is a commit or a ticket; capitals and digits a reference.
        if (last.Length < 8 || !last.All(char.IsAsciiLetterOrDigit) || last.All(char.IsAsciiHexDigit) || last.Count(char.IsAsciiDigit) * 2 > last.Length)
        {
            return false;
        }

        var vowels = last.Count(c => "aeiouyAEIOUY".Contains(c, StringComparison.Ordinal));
        var switches = 0;
        for (var i = 1; i < last.Length; i++)
        {
            switches += CharUnicodeInfo.GetUnicodeCategory(last[i]) != CharUnicodeInfo.GetUnicodeCategory(last[i - 1]) ? 1 : 0;
        }

        return vowels * 6 < last.Length || switches >= 5;
    }

    [GeneratedRegex(@"([$€£] ?\d{2,}|\d{2,}([.,]\d+)* ?([$€£]|usd|eur|btc|dollars|euros?)\b|\d{1,3} ?% (off|rabatt|discount|bonus|korting))", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Money();
}

using System.Globalization;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Learning.Features;

/// <summary>The form of subject and body. Only what plain text can show as well as HTML, or what honest HTML does not need.</summary>
internal sealed class Form : IFeatures
{
    public IEnumerable<Feature> Of(MessageFacts message, IReadOnlyList<Signal> signals) => Names(message).Select(name => new Feature($"form:{name}", 1, name.Contains("subject", StringComparison.Ordinal) ? In.Subject : null));

    private static IEnumerable<string> Names(MessageFacts message)
    {
        var text = message.Text;
        var subject = message.Message.Subject;
        var words = text.Words.Count - text.Words.TakeWhile(word => word.Start < text.SubjectEnd).Count();
        var foreign = message.Targets.Count(target => target.IsWeb && !message.IsAuthors(target) && !message.IsOurs(target.Host));
        if (foreign > 0 && words < 60)
        {
            yield return words < 8 ? "link and hardly a word" : "link and few words";
        }

        if (foreign == 1)
        {
            yield return "one stranger's link";
        }

        if (foreign > 1 && message.Targets.Where(target => target.IsWeb).Select(target => target.Url).Distinct(StringComparer.Ordinal).Skip(1).Any() is false)
        {
            yield return "same link again and again";
        }

        if (message.Html.Pictures.Any(picture => picture.IsLinked && !picture.IsTiny))
        {
            yield return words < 30 ? "linked picture, few words" : "linked picture";
        }

        if (subject.EnumerateRunes().Any(rune => rune.Value >= 0x2190 && CharUnicodeInfo.GetUnicodeCategory(rune.Value) is UnicodeCategory.OtherSymbol))
        {
            yield return "pictogram in the subject";
        }

        if (subject.Length > 0 && subject.Count(char.IsDigit) >= 6)
        {
            yield return "subject with a number";
        }

        if (text.Source.AsSpan(text.SubjectEnd).IndexOfAny(Money) >= 0)
        {
            yield return "sum of money";
        }

        if (words > 0 && text.Source.AsSpan(text.SubjectEnd).Count('!') >= 3)
        {
            yield return "exclamations";
        }

        if (message.Html.HiddenLetters > 200)
        {
            yield return "much hidden text";
        }

        if (message.Html.UnknownTags > 3)
        {
            yield return "unknown elements";
        }
    }

    private static readonly System.Buffers.SearchValues<char> Money = System.Buffers.SearchValues.Create("$€£¥");
}

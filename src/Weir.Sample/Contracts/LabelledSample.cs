using Weir.Sample.Twins;

namespace Weir.Sample.Contracts;

/// <summary>Honest mail of today and, of each template, a twin as frauds send it; advertising that nobody asked for and its honest counterpart.</summary>
public static class LabelledSample
{
    /// <summary>Made as it is read. What a mail looks like (parts, encodings, optional fields, dates) is drawn without regard to what it is.</summary>
    /// <param name="brands">Names that half of the mails come from, or claim to; the other half is of invented companies. May be empty.</param>
    public static IEnumerable<LabelledMail> Generate(int seed, int count, IReadOnlyList<KnownBrand> brands)
    {
        var writer = new LabelledWriter(seed, brands);
        return Enumerable.Range(0, count).Select(writer.Write);
    }

    /// <summary>One mail of one template.</summary>
    /// <exception cref="ArgumentException">There is no such template, or it has no mail of this class.</exception>
    public static LabelledMail Of(int seed, int number, IReadOnlyList<KnownBrand> brands, string template, SampleLabel label) => new LabelledWriter(seed, brands).Write(number, template, label);

    /// <summary>Every template, with the classes it has.</summary>
    public static IReadOnlyList<(string Template, IReadOnlyList<SampleLabel> Labels)> Templates { get; } =
        [.. TwinTexts.Languages.SelectMany(language => TwinTexts.In(language).Themes).Select(theme => (theme.Template, theme.Labels))];
}

using Weir.Sample.Contracts;

namespace Weir.Sample.Twins;

/// <summary>What a labelled mail can be about, in one language.</summary>
/// <param name="Unwanted">The class of the twin; Ham when the theme has none.</param>
/// <param name="IsPersonal">From a person, not from a service.</param>
/// <param name="Kinds">Kinds of companies that send it; empty = any.</param>
internal sealed record TwinTheme(string Name, string Language, SampleLabel Unwanted, bool IsPersonal, IReadOnlyList<string> Kinds, IReadOnlyList<TwinLine> Lines)
{
    public string Template => $"{Name}.{Language}";

    public IReadOnlyList<SampleLabel> Labels => Unwanted == SampleLabel.Ham ? [SampleLabel.Ham] : [SampleLabel.Ham, Unwanted];

    /// <summary>The lines of a part (empty name: sentences) that a class may use.</summary>
    public IEnumerable<TwinLine> Of(string part, bool isHonest) => Lines.Where(line => line.Part == part && (isHonest ? line.Use != '!' : line.Use != '='));
}

/// <summary>A line of a theme.</summary>
/// <param name="Part"><c>subject</c>, <c>button</c>, <c>rows</c>, <c>from</c>, or empty for a sentence of the text.</param>
/// <param name="Use"><c>=</c> the honest mail only, <c>!</c> the twin only, a space both.</param>
internal sealed record TwinLine(string Part, char Use, bool IsOptional, IReadOnlyList<string> Choices);

using Weir.Sample.Contracts;

namespace Weir.Sample.Twins;

/// <summary>What one labelled mail is made from.</summary>
internal sealed record Case
{
    public required Dice Dice { get; init; }
    public required TwinTheme Theme { get; init; }
    public required TwinTexts Texts { get; init; }
    public required SampleLabel Label { get; init; }
    public required Form Form { get; init; }
    public required House House { get; init; }
    public required Recipients To { get; init; }

    /// <summary>Who writes; a company's mail has no author.</summary>
    public required string Author { get; init; }

    public required Dictionary<string, string> Slots { get; init; }
    public List<string> Traits { get; } = [];
    public bool IsHonest => Label == SampleLabel.Ham;
    public string Language => Theme.Language;

    /// <summary>True, and written down, as often as the probability says.</summary>
    public bool Does(string trait, double probability)
    {
        var does = Dice.Chance(probability);
        if (does)
        {
            Traits.Add(trait);
        }

        return does;
    }

    public string Phrase(string list) => Writing.Phrases.Fill(Dice.Pick(Dice.Pick(Texts.Words(list)).Split(" | ")), Slots);
}

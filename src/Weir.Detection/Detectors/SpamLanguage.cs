using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>What unwanted mail offers. Each kind counts once.</summary>
internal sealed class SpamLanguage : IDetector
{
    private static readonly (string Kind, string Meaning)[] Kinds =
    [
        ("prize", "promises a prize or gift"),
        ("casino", "offers gambling"),
        ("pills", "offers remedies"),
        ("dating", "offers acquaintances"),
        ("advance-fee", "speaks as advance fee fraud does"),
        ("crypto-money", "promises money in crypto currency"),
        ("get-rich", "promises easy money"),
        ("debt-insurance", "offers loans, insurance or contracts"),
        ("marketing", "advertises"),
    ];

    /// <summary>Below it a long text only brushes the matter.</summary>
    private const double Mention = 0.7;

    public string Id => "spam-language";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var (kind, meaning) in Kinds)
        {
            var strength = message.Text.Strength(kind);
            if (strength >= Mention)
            {
                var name = strength switch { < 2 => $"language-{kind}-once", < 4 => $"language-{kind}", _ => $"language-{kind}-much" };
                yield return Say.Spam(name, $"The text {meaning}: {message.Text.Quote(kind)}").At(In.Phrases(message.Text, kind));
            }
        }
    }
}

using Weir.Detection.Contracts;
using Weir.Detection.Facts;

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

    public string Id => "spam-language";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var (kind, meaning) in Kinds)
        {
            var count = message.Text.Count(kind);
            if (count > 0)
            {
                var name = count switch { 1 => $"language-{kind}-once", 2 or 3 => $"language-{kind}", _ => $"language-{kind}-much" };
                yield return Say.Spam(name, $"The text {meaning}: {message.Text.Quote(kind)}");
            }
        }
    }
}

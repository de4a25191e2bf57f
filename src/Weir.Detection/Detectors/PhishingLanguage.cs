using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>What the text asks for and how it presses. Each kind counts once, however often it is said.</summary>
internal sealed class PhishingLanguage : IDetector
{
    private static readonly (string Kind, string Meaning)[] Kinds =
    [
        ("credentials", "asks to sign in or confirm data"),
        ("account-threat", "says that an account is in danger"),
        ("payment-problem", "speaks of a payment that failed or is due"),
        ("parcel", "speaks of a parcel that waits"),
        ("document", "speaks of a document or message that waits"),
        ("extortion", "threatens to publish something"),
    ];

    /// <summary>Below it a long text only brushes the matter.</summary>
    private const double Mention = 0.7;

    public string Id => "phishing-language";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var (kind, meaning) in Kinds)
        {
            var strength = message.Text.Strength(kind);
            if (strength >= Mention)
            {
                yield return Say.Phish(strength >= 2 ? $"language-{kind}" : $"language-{kind}-once", $"The text {meaning}: {message.Text.Quote(kind)}").At(In.Phrases(message.Text, kind));
            }
        }

        // Urgency alone is everyday life; with a request it is pressure.
        if (message.Text.Strength("urgency") >= Mention && (message.Text.Has("credentials") || message.Text.Has("account-threat") || message.Text.Has("payment-problem") || message.Text.Has("parcel") || message.Text.Has("document")))
        {
            yield return Say.Phish("language-urgency", $"The text presses: {message.Text.Quote("urgency")}").At(In.Phrases(message.Text, "urgency"));
        }

        if (message.Text.Has("greeting"))
        {
            yield return Say.Any("language-impersonal-greeting", $"Greets nobody in particular: {message.Text.Quote("greeting")}").At(In.Phrases(message.Text, "greeting"));
        }
    }
}

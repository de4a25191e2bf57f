using System.Collections.Frozen;
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

    private static readonly FrozenSet<string> Greetings = new[]
    {
        "dear", "hello", "hi", "hey", "greetings", "attention", "attn", "user", "customer", "client", "hallo", "lieber", "liebe", "geehrte", "geehrter", "kunde", "bonjour", "cher", "chere",
        "hola", "estimado", "estimada", "ola", "prezado", "prezada", "caro", "cara", "beste", "geachte", "ciao", "gentile",
    }.ToFrozenSet(StringComparer.Ordinal);

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var (kind, meaning) in Kinds)
        {
            var strength = message.Text.Strength(kind, message.Intents.Reported);
            if (strength >= Mention)
            {
                yield return Say.Phish(strength >= 2 && !message.Intents.IsWarning ? $"language-{kind}" : $"language-{kind}-once", $"The text {meaning}: {message.Text.Quote(kind)}").At(In.Phrases(message.Text, kind));
            }
        }

        // Urgency alone is everyday life; with a request it is pressure.
        if (message.Text.Strength("urgency") >= Mention && !message.Intents.IsWarning && (message.Text.Has("credentials") || message.Text.Has("account-threat") || message.Text.Has("payment-problem") || message.Text.Has("parcel") || message.Text.Has("document")))
        {
            yield return Say.Phish("language-urgency", $"The text presses: {message.Text.Quote("urgency")}").At(In.Phrases(message.Text, "urgency"));
        }

        if (GreetedAddress(message) is { Length: > 0 } address)
        {
            yield return Say.Phish("greets-by-address", $"Greets the reader by the address: \"{address}\"").At(In.Words(address));
        }

        if (message.Text.Has("greeting"))
        {
            yield return Say.Any("language-impersonal-greeting", $"Greets nobody in particular: {message.Text.Quote("greeting")}").At(In.Phrases(message.Text, "greeting"));
        }
    }

    /// <summary>Who knows nothing of a reader but the address greets by it.</summary>
    private static string? GreetedAddress(MessageFacts message)
    {
        // A mail server that sends a message back knows no name.
        if (message.Message.Author is { } author && (author.LocalPart.Equals("postmaster", StringComparison.OrdinalIgnoreCase) || author.LocalPart.StartsWith("mailer-daemon", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var text = message.Text;
        foreach (var recipient in message.Envelope.Recipients.Where(recipient => recipient.Length > 5))
        {
            var at = text.Source.IndexOf(recipient, Math.Min(text.SubjectEnd, text.Source.Length), StringComparison.OrdinalIgnoreCase);
            if (at < 0 || message.Direction != Direction.Inbound)
            {
                continue;
            }

            var before = text.Words.TakeWhile(word => word.End <= at).TakeLast(2).ToList();
            if (before.Count > 0 && at - before[^1].End <= 3 && before.Exists(word => Greetings.Contains(word.Folded)) && before[^1].Start > text.SubjectEnd)
            {
                return text.Source[at..(at + recipient.Length)];
            }
        }

        return null;
    }
}

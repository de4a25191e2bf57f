using System.Text.RegularExpressions;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>Fraud by plain words: gift cards, changed bank details, salary, a task from the boss. Only from outside, and heavier when the sender borrows one of our names, uses a free mailbox or never wrote before.</summary>
internal sealed partial class PaymentFraud : IDetector
{
    private static readonly (string Kind, string Meaning)[] Kinds =
    [
        ("gift-card", "asks for gift cards"),
        ("bank-change", "announces other bank details or presses for a transfer"),
        ("payroll", "asks to change where a salary goes"),
        ("task", "opens with a small request"),
    ];

    public string Id => "payment-fraud";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound || message.Text.Words.Count > 400)
        {
            yield break;
        }

        foreach (var (kind, meaning) in Kinds)
        {
            // A prize is sent by card too; that is another fraud.
            if (message.Text.Has(kind) && !(kind == "gift-card" && message.Text.Has("prize")))
            {
                var borrowed = BorrowsName(message) || IsFromStranger(message);
                yield return Say.Phish(borrowed ? $"fraud-{kind}" : $"fraud-{kind}-words", $"The text {meaning}: {message.Text.Quote(kind)}{(borrowed ? $" From {message.Message.Author?.Address}." : "")}")
                    .At(In.Phrases(message.Text, kind)).At(borrowed ? [In.Author(message)] : []);
            }
        }

        if (message.Text.Has("invoice") && Phone().Match(message.Text.Source) is { Success: true } phone && !message.Targets.Any(target => message.IsAuthors(target)))
        {
            var name = KnownHosts.IsFreeMail(message.AuthorDomain) ? "fraud-callback" : "fraud-callback-words";
            yield return Say.Phish(name, $"A charge to be disputed by telephone ({phone.Value}): {message.Text.Quote("invoice")}").At(In.Text(message.Text, phone.Index, phone.Index + phone.Length)).At(In.Phrases(message.Text, "invoice"));
        }
        else if (message.Text.Count("invoice") >= 2 && IsFromStranger(message))
        {
            yield return Say.Phish("fraud-invoice", $"A bill from a free or foreign address: {message.Text.Quote("invoice")}").At(In.Phrases(message.Text, "invoice")).At(In.Author(message));
        }
    }

    private static bool BorrowsName(MessageFacts message)
    {
        var name = message.AuthorName;
        return name.Length > 0 && !message.IsOurs(message.AuthorDomain) && message.Organisation.People.Any(person => person.DisplayName.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A free mailbox, the first mail of its author, or answers that leave the author's domain.</summary>
    private static bool IsFromStranger(MessageFacts message) =>
        message.History is { IsLearned: true, IsFirstForAll: true } || KnownHosts.IsFreeMail(message.AuthorDomain) || message.Message.ReplyTo.Any(reply => reply.Domain.Length > 0 && !Domains.AreSame(reply.Domain, message.AuthorDomain) && !message.IsOurs(reply.Domain));

    [GeneratedRegex(@"(\+?1[\s.\-+(]{0,3})?\(?[2-9]\d{2}[\s.\-+)]{1,3}\d{3}[\s.\-+]{1,3}\d{4}\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Phone();
}

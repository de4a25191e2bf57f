using Weir.Detection.Contracts;
using Weir.Detection.Facts;

namespace Weir.Detection.Detectors;

/// <summary>Fraud by plain words: gift cards, changed bank details, salary, a task from the boss. Only from outside, and heavier when the sender borrows one of our names or a free mailbox.</summary>
internal sealed class PaymentFraud : IDetector
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
                yield return Say.Phish(borrowed ? $"fraud-{kind}" : $"fraud-{kind}-words", $"The text {meaning}: {message.Text.Quote(kind)}{(borrowed ? $" From {message.Message.Author?.Address}." : "")}");
            }
        }

        if (message.Text.Count("invoice") >= 2 && (IsFromStranger(message) || HasPhone(message)))
        {
            yield return Say.Phish("fraud-invoice", $"A bill from a free or foreign address: {message.Text.Quote("invoice")}");
        }
    }

    private static bool BorrowsName(MessageFacts message)
    {
        var name = message.AuthorName;
        return name.Length > 0 && !message.IsOurs(message.AuthorDomain) && message.Organisation.People.Any(person => person.DisplayName.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A free mailbox, or answers that leave the author's domain.</summary>
    private static bool IsFromStranger(MessageFacts message) =>
        KnownHosts.IsFreeMail(message.AuthorDomain) || message.Message.ReplyTo.Any(reply => reply.Domain.Length > 0 && !Domains.AreSame(reply.Domain, message.AuthorDomain) && !message.IsOurs(reply.Domain));

    /// <summary>The text asks to call about a charge, and there is hardly a link: the fraud goes on by telephone.</summary>
    private static bool HasPhone(MessageFacts message) =>
        message.Targets.Count == 0 && message.Text.Words.Any(word => word.Folded is "call" or "helpline" or "toll" or "phone" or "helpdesk")
        && message.Text.Words.Count(word => word.Folded.Length is 3 or 4 && word.Folded.All(char.IsAsciiDigit)) >= 2;
}

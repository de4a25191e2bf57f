using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Intents;
using Weir.Detection.Facts.Names;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>
/// Fraud by plain words, by what the writer is after: gift cards, changed bank details, salary, a transfer, a bill, personal or company data, a small
/// task, a contact, a call, a ransom. Only from outside, and heavier when the sender borrows one of our names, uses a free mailbox, wants answers
/// elsewhere or never wrote before.
/// </summary>
internal sealed class PaymentFraud : IDetector
{
    /// <summary>An answer to a question like "are you there?" is a few lines.</summary>
    private const int ShortLetter = 100;

    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["gift-card"] = "asks for gift cards",
        ["gift-card-codes"] = "wants the codes of gift cards",
        ["payroll"] = "asks to change where a salary goes",
        ["bank-change"] = "announces other bank details",
        ["transfer"] = "asks for a transfer",
        ["invoice"] = "presses for a bill to be paid",
        ["business-intelligence"] = "asks for business data",
        ["pii"] = "asks for personal data",
        ["task"] = "opens with a small task",
        ["contact"] = "wants contact first",
        ["callback"] = "names a charge that is to be disputed by telephone",
        ["extortion"] = "demands a ransom",
    };

    public string Id => "payment-fraud";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound)
        {
            yield break;
        }

        var isStranger = BorrowsName(message) || IsFromStranger(message);
        IEnumerable<Sighting> Texts(IEnumerable<(int Start, int End)> places) => places.Select(place => In.Text(message.Text, place.Start, place.End)).Distinct();
        var counted = new List<Intent>();
        foreach (var intent in message.Intents.Found.Where(intent => Counts(intent, message, isStranger)))
        {
            counted.Add(intent);
            yield return Say.Phish(
                isStranger ? $"fraud-{intent.Kind}" : $"fraud-{intent.Kind}-words",
                $"The text {Meanings[intent.Kind]}: {intent.Quote}{(isStranger ? $" From {message.Message.Author?.Address}." : "")}")
                .At(Texts(intent.Places)).At(isStranger ? [In.Author(message)] : []);
        }

        // Haste and silence are everyday life; beside a request for money or data, or from a stranger, they are pressure.
        var weighty = counted.FindAll(intent => isStranger || intent.Kind is not ("task" or "contact"));
        if (weighty.Find(intent => intent.Press.Length > 0) is { } pressing)
        {
            yield return Say.Phish("fraud-presses", $"The request comes with haste: {pressing.Press}").At(Texts(message.Intents.Presses));
        }

        if (weighty.Find(intent => intent.Secret.Length > 0) is { } secret)
        {
            yield return Say.Phish("fraud-secrecy", $"The request comes with secrecy: {secret.Secret}").At(Texts(message.Intents.Secrets));
        }
    }

    private static bool Counts(Intent intent, MessageFacts message, bool isStranger) => intent.Kind switch
    {
        // A prize is sent by card too; that is another fraud.
        "gift-card" or "gift-card-codes" => !message.Text.Has("prize"),
        // A shop's receipt leads to the shop; who wants a call has no other way.
        "callback" => !message.Targets.Any(target => message.IsAuthors(target)),
        // Whom one knows asks for these every day.
        "contact" => isStranger && message.Intents.Words <= ShortLetter,
        "task" or "invoice" => isStranger || message.Intents.Words <= ShortLetter,
        _ => true,
    };

    private static bool BorrowsName(MessageFacts message)
    {
        var name = PersonName.Key(message.AuthorName);
        return name.Length > 0 && !message.IsOurs(message.AuthorDomain) && message.Organisation.People.Any(person => PersonName.Key(person.DisplayName) == name);
    }

    /// <summary>A free mailbox, the first mail of its author, or answers that leave the author's domain. Not who has long been written to.</summary>
    private static bool IsFromStranger(MessageFacts message) =>
        message.History is { IsLearned: true, IsFirstForAll: true }
        || (KnownHosts.IsFreeMail(message.AuthorDomain) && !(message.IsAuthorProven && message.History.Bonds.Any(bond => bond is { Sent: > 0, Proven: > 1 })))
        || message.Message.ReplyTo.Any(reply => reply.Domain.Length > 0 && !Domains.AreSame(reply.Domain, message.AuthorDomain) && !message.IsOurs(reply.Domain));
}

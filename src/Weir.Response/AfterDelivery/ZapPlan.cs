using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.Record;
using Weir.Response.Remediations;

namespace Weir.Response.AfterDelivery;

/// <summary>What a second judgement means for each mailbox that has the message: a pure function of the judgement and of where the message is.</summary>
internal static class ZapPlan
{
    public const string Reprocessed = "Reprocessed";

    private const string Inbox = "Inbox/folder";
    private const string Junk = "Junk folder";
    private const string Deleted = "Deleted items";
    private const string Unknown = "Unknown";

    /// <summary>What to do; nothing when it is where policy wants it, or out of reach.</summary>
    public static (EntryKind Kind, MailboxPlace To, string ActionType)? Of(RejudgedMessage message, TargetRecord record)
    {
        var isBad = IsBad(message.Verdict);
        if (DecisionOf(message, record) is not { } decision || (!isBad && !IsBad(message.Before)))
        {
            return null;
        }

        return (isBad, decision, record.Location) switch
        {
            (true, nameof(DeliveryDecision.Quarantine) or nameof(DeliveryDecision.Reject), Inbox or Junk or Deleted or Unknown or "") when record.Action != Places.HardDelete =>
                (EntryKind.Requarantine, MailboxPlace.HardDeleted, ZapOf(message.Verdict)),
            (true, nameof(DeliveryDecision.Junk), Inbox or Unknown or "") => (EntryKind.Move, MailboxPlace.Junk, ZapOf(message.Verdict)),
            (false, nameof(DeliveryDecision.Deliver), Places.Quarantine) => (EntryKind.Release, MailboxPlace.Inbox, Reprocessed),
            (false, nameof(DeliveryDecision.Deliver), Junk) => (EntryKind.Move, MailboxPlace.Inbox, Reprocessed),
            _ => null,
        };
    }

    /// <summary>What policy decides now for the envelope recipient through which the message reached the mailbox.</summary>
    private static string? DecisionOf(RejudgedMessage message, TargetRecord record) =>
        message.Decisions.TryGetValue(record.OriginalRecipient.ToLowerInvariant(), out var through) ? through
        : message.Decisions.TryGetValue(record.Target.Recipient.ToLowerInvariant(), out var direct) ? direct
        : message.Decisions.Values.Distinct(StringComparer.Ordinal).ToList() is [var same] ? same
        : null;

    private static bool IsBad(string verdict) => verdict.Length > 0 && verdict != Names.Of(Verdict.Clean) && verdict != Names.Of(Verdict.Bulk);

    /// <summary>ActionType of EmailPostDeliveryEvents.</summary>
    public static string ZapOf(string verdict) =>
        verdict == Names.Of(Verdict.Malware) ? "Malware ZAP"
        : verdict == Names.Of(Verdict.Phish) || verdict == Names.Of(Verdict.HighConfidencePhish) ? "Phish ZAP"
        : "Spam ZAP";
}

/// <summary>What is needed of a second judgement.</summary>
/// <param name="Before">The verdict before.</param>
/// <param name="Decisions">By envelope recipient in lower case: what policy decides now.</param>
/// <param name="Disabled">Recipients whose policy has ZAP switched off and would have acted.</param>
internal sealed record RejudgedMessage(
    Kernel.NetworkMessageId Id, DateTimeOffset ReceivedAt, string Verdict, string Before, IReadOnlyDictionary<string, string> Decisions, IReadOnlyList<string> Disabled)
{
    public static RejudgedMessage Of(MessageJudged judged)
    {
        var decisions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var recipient in judged.Recipients)
        {
            decisions.TryAdd(recipient.Address.ToLowerInvariant(), recipient.Decision);
        }

        return new RejudgedMessage(judged.Id, judged.ReceivedAt, judged.Verdict, judged.RejudgedFrom, decisions, [.. judged.Recipients.Where(recipient => recipient.Held == PolicyNames.ZapOff).Select(recipient => recipient.Address)]);
    }
}

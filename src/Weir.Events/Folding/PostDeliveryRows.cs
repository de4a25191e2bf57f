using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Events.Store;

namespace Weir.Events.Folding;

/// <summary>EmailPostDeliveryEvents, and where the message is now in each mailbox where something was done.</summary>
internal static class PostDeliveryRows
{
    public static IEnumerable<StoreRow> Of(MessageFacts message) =>
        message.Acted.Select(acted => new StoreRow(MailTables.EmailPostDeliveryEvents)
        {
            ["Timestamp"] = acted.At.UtcTicks,
            ["NetworkMessageId"] = message.Id.ToString(),
            ["InternetMessageId"] = message.Judgement?.InternetMessageId ?? "",
            ["Action"] = acted.Action,
            ["ActionType"] = acted.ActionType,
            ["ActionTrigger"] = acted.ActionTrigger,
            ["ActionResult"] = acted.ActionResult,
            ["RecipientEmailAddress"] = AddressText.Key(acted.Recipient),
            ["DeliveryLocation"] = acted.Location,
            ["SourceLocation"] = acted.SourceLocation,
            ["ThreatTypes"] = message.Judgement?.ThreatTypes ?? "",
            ["DetectionMethods"] = message.Judgement?.DetectionMethods ?? "",
            ["ReportId"] = AddressText.ReportId(message.Id, AddressText.Key(acted.Recipient), acted.ActionKey),
            ["SenderFromAddress"] = message.Judgement?.SenderFromAddress ?? "",
            ["EmailDirection"] = message.Judgement?.EmailDirection ?? "",
        });

    public static IEnumerable<MailboxState> StatesOf(MessageFacts message, IReadOnlyList<Mailbox> mailboxes)
    {
        var acted = message.Acted.ToLookup(action => AddressText.Key(action.Recipient), StringComparer.Ordinal);
        return mailboxes.Where(mailbox => acted.Contains(mailbox.Address)).Select(mailbox => State(message, mailbox, acted[mailbox.Address]));
    }

    private static MailboxState State(MessageFacts message, Mailbox mailbox, IEnumerable<MailboxActed> actions)
    {
        var location = mailbox.Location;
        var action = mailbox.Action;
        var additional = new List<string>();
        foreach (var acted in actions)
        {
            var succeeded = acted.ActionResult == "Success";
            if (succeeded)
            {
                action = acted.Action;
                var name = AdditionalAction(acted);
                additional.Remove(name);
                additional.Add(name);
            }

            // Found where it should go: nothing was done, but now it is known where it is.
            if ((succeeded || acted.ActionResult == "Already in destination") && acted.Location.Length > 0)
            {
                location = acted.Location;
            }
        }

        return new MailboxState(message.Id, mailbox.Address, location, action, MailRows.AdditionalFields(message, mailbox, additional));
    }

    private static string AdditionalAction(MailboxActed acted) => acted switch
    {
        { ActionType: "Reprocessed" } => "Reprocessed",
        { Action: "Quarantine release" } => "Quarantine release",
        { ActionType: var type } when type.EndsWith(" ZAP", StringComparison.Ordinal) => "ZAP",
        _ => acted.ActionType,
    };
}

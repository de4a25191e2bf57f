using System.Text.Json;
using Weir.Events.Contracts;
using Weir.Events.Log;
using Weir.Events.Schema;
using Weir.Events.Store;
using Weir.Kernel;

namespace Weir.Events.Folding;

/// <summary>WeirDeliveryEvents and UrlClickEvents: one row per fact, never changed.</summary>
internal static class TimelineRows
{
    /// <summary>The message that a fact is about; nothing for a click.</summary>
    public static NetworkMessageId? MessageOf(Fact fact) => fact switch
    {
        MessageReceived received => received.Id,
        MessageJudged judged => judged.Id,
        MessageSeen seen => seen.Id,
        DeliveryObserved delivery => delivery.Id,
        RecipientRefused refused => refused.Id,
        MailboxActed acted => acted.Id,
        CampaignJoined joined => joined.Id,
        CampaignLeft left => left.Id,
        _ => null,
    };

    public static StoreRow Of(NetworkMessageId id, Fact fact)
    {
        var (name, recipient) = fact switch
        {
            MessageReceived => ("Received", ""),
            MessageSeen => ("Seen", ""),
            MessageJudged => ("Judged", ""),
            DeliveryObserved delivery => ("Delivery", AddressText.Key(delivery.Recipient)),
            RecipientRefused refused => ("Refused", AddressText.Key(refused.Recipient)),
            MailboxActed acted => ("Action", AddressText.Key(acted.Recipient)),
            CampaignJoined => ("Campaign", ""),
            CampaignLeft => ("Campaign left", ""),
            _ => throw new InvalidOperationException($"{fact.GetType().Name} has no place in a message's timeline."),
        };
        var row = new StoreRow(WeirTables.WeirDeliveryEvents)
        {
            ["Timestamp"] = fact.At.UtcTicks,
            ["NetworkMessageId"] = id.ToString(),
            ["RecipientEmailAddress"] = recipient,
            ["Event"] = name,
            ["ReportId"] = AddressText.ReportId(id, recipient, fact is MessageReceived or MessageJudged { RejudgingId: "" } ? name : JsonSerializer.Serialize(fact, EventJson.Default.Fact)),
        };
        Fill(row, fact);
        return row;
    }

    public static StoreRow Of(ClickRecorded click) => new(MailTables.UrlClickEvents)
    {
        ["Timestamp"] = click.At.UtcTicks,
        ["Url"] = click.Url,
        ["ActionType"] = click.ActionType,
        ["AccountUpn"] = AddressText.Key(click.AccountUpn),
        ["Workload"] = click.Workload,
        ["NetworkMessageId"] = click.Id?.ToString() ?? "",
        ["ThreatTypes"] = click.ThreatTypes,
        ["IPAddress"] = click.IpAddress,
        ["IsClickedThrough"] = click.IsClickedThrough,
        ["UrlChain"] = StoreJson.Text(click.UrlChain, StoreJson.Plain.IReadOnlyListString),
        ["ReportId"] = click.ClickId,
        ["AppName"] = click.UserAgent,
    };

    private static void Fill(StoreRow row, Fact fact)
    {
        switch (fact)
        {
            case MessageReceived received:
                row["Source"] = received.Door;
                break;
            case MessageSeen seen:
                row["Source"] = seen.Door;
                break;
            case MessageJudged judged:
                row["Result"] = judged.Verdict;
                row["Why"] = judged.RejudgedFor.Length == 0 ? "" : $"{judged.RejudgedFor}; before: {judged.RejudgedFrom}";
                break;
            case CampaignJoined joined:
                row["Result"] = joined.CampaignId;
                break;
            case CampaignLeft left:
                row["Result"] = left.CampaignId;
                break;
            case DeliveryObserved delivery:
                row["OriginalRecipient"] = AddressText.Key(delivery.OriginalRecipient);
                row["Source"] = delivery.Source;
                row["Location"] = delivery.Location;
                row["Folder"] = delivery.Folder;
                row["DistributionList"] = delivery.DistributionList;
                row["Forwarding"] = delivery.Forwarding;
                row["Reply"] = delivery.Reply;
                break;
            case RecipientRefused refused:
                row["Location"] = "Failed";
                row["Reply"] = refused.Reply;
                break;
            case MailboxActed acted:
                row["Location"] = acted.Location;
                row["SourceLocation"] = acted.SourceLocation;
                row["Action"] = acted.Action;
                row["ActionType"] = acted.ActionType;
                row["ActionTrigger"] = acted.ActionTrigger;
                row["Result"] = acted.ActionResult;
                row["By"] = acted.By;
                row["ApprovalId"] = acted.ApprovalId;
                row["Why"] = acted.Why;
                break;
        }
    }
}

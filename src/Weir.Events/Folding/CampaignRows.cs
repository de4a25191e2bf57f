using System.Globalization;
using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Events.Store;

namespace Weir.Events.Folding;

/// <summary>WeirCampaigns: a row per campaign. CampaignInfo: a row per mailbox that a message of one reached. WeirCampaignTies: why a message belongs.</summary>
internal static class CampaignRows
{
    public static StoreRow Of(CampaignChanged campaign) => new(WeirTables.WeirCampaigns)
    {
        ["Timestamp"] = campaign.At.UtcTicks,
        ["CampaignId"] = campaign.CampaignId,
        ["CampaignName"] = campaign.Name,
        ["CampaignType"] = campaign.Type,
        ["CampaignSubtype"] = campaign.Subtype,
        ["SampleSubject"] = campaign.SampleSubject,
        ["MergedInto"] = campaign.MergedInto ?? "",
        ["Revision"] = campaign.Revision,
    };

    public static IEnumerable<StoreRow> Of(MessageFacts message, IReadOnlyList<Mailbox> mailboxes)
    {
        if (message.Campaign is not { } joined || message.Judgement is null)
        {
            yield break;
        }

        foreach (var mailbox in mailboxes)
        {
            yield return new StoreRow(MailTables.CampaignInfo)
            {
                ["Timestamp"] = message.Timestamp.UtcTicks,
                ["CampaignName"] = joined.Name,
                ["CampaignId"] = joined.CampaignId,
                ["CampaignType"] = joined.Type,
                ["CampaignSubtype"] = joined.Subtype,
                ["NetworkMessageId"] = message.Id.ToString(),
                ["RecipientEmailAddress"] = mailbox.Address,
                ["ReportId"] = AddressText.ReportId(message.Id, mailbox.Address, joined.CampaignId),
            };
        }

        var ties = joined.Because.Count == 0 ? [new RecordedTie { Kind = "First", IsStrong = true }] : joined.Because;
        foreach (var (number, tie) in ties.Index())
        {
            yield return new StoreRow(WeirTables.WeirCampaignTies)
            {
                ["Timestamp"] = message.Timestamp.UtcTicks,
                ["CampaignId"] = joined.CampaignId,
                ["NetworkMessageId"] = message.Id.ToString(),
                ["Kind"] = tie.Kind,
                ["IsStrong"] = tie.IsStrong,
                ["Value"] = tie.Value,
                ["WithNetworkMessageId"] = tie.With?.ToString() ?? "",
                ["IsLookalike"] = joined.IsLookalike,
                ["JoinedAs"] = joined.Verdict,
                ["JoinedAt"] = joined.At.UtcTicks,
                ["ReportId"] = AddressText.ReportId(message.Id, recipient: "", string.Create(CultureInfo.InvariantCulture, $"{joined.CampaignId} {number} {tie.Kind}")),
            };
        }
    }
}

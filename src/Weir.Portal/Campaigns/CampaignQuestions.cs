using System.Globalization;
using Weir.Events.Contracts;
using Weir.Portal.Explorer;

namespace Weir.Portal.Campaigns;

/// <summary>What the pages of campaigns ask, in KQL. Messages are counted per recipient, as everywhere.</summary>
internal static class CampaignQuestions
{
    /// <summary>Campaigns that the list shows.</summary>
    public const int Shown = 500;

    public static IReadOnlyList<string> Types { get; } = ["Malware", "Phish", "Spam"];

    public const string Impact = """
        summarize First = min(Timestamp), Last = max(Timestamp), Messages = count(), Recipients = dcount(RecipientEmailAddress), Inboxed = countif(DeliveryLocation == "Inbox/folder"), StillThere = countif(LatestDeliveryLocation == "Inbox/folder" and LatestDeliveryAction !in ("Soft delete", "Hard delete"))
        """;

    public const string Clicks = "summarize Clicked = dcount(strcat(NetworkMessageId, ' ', AccountUpn)), Visited = dcountif(strcat(NetworkMessageId, ' ', AccountUpn), ActionType == 'ClickAllowed' or IsClickedThrough)";

    /// <param name="type">A campaign type; empty: malware and phish.</param>
    /// <param name="words">Part of the name, subtype or subject, or an id; empty for all.</param>
    public static string List(string span, string type, string words) => $"""
        let Members = CampaignInfo
        | where Timestamp > ago({span})
        | where {(type.Length > 0 ? $"CampaignType == {KqlText.Literal(type)}" : "CampaignType != \"Spam\"")};
        Members
        | join kind=inner (EmailEvents | where Timestamp > ago({span}) | project NetworkMessageId, RecipientEmailAddress, DeliveryLocation, LatestDeliveryLocation, LatestDeliveryAction) on NetworkMessageId, RecipientEmailAddress
        | {Impact} by CampaignId, CampaignName, CampaignType, CampaignSubtype
        | join kind=leftouter (WeirCampaigns | project CampaignId, SampleSubject) on CampaignId
        | join kind=leftouter (UrlClickEvents | where Timestamp > ago({span}) | join kind=inner (Members | distinct NetworkMessageId, CampaignId) on NetworkMessageId | {Clicks} by CampaignId) on CampaignId
        | project CampaignId, CampaignName, SampleSubject, CampaignType, CampaignSubtype, First, Last, Messages, Recipients, Inboxed, StillThere, Clicked = coalesce(Clicked, 0), Visited = coalesce(Visited, 0){(words.Length > 0 ? $"\n| where CampaignId == {KqlText.Literal(words)} or CampaignName contains {KqlText.Literal(words)} or SampleSubject contains {KqlText.Literal(words)} or CampaignSubtype contains {KqlText.Literal(words)}" : "")}
        | order by Messages desc, Last desc
        """;

    /// <summary>One campaign over its whole life.</summary>
    public static string One(string id) => $"""
        {Members(id)}
        | join kind=inner (EmailEvents | project NetworkMessageId, RecipientEmailAddress, DeliveryLocation, LatestDeliveryLocation, LatestDeliveryAction) on NetworkMessageId, RecipientEmailAddress
        | {Impact} by CampaignId, CampaignName, CampaignType, CampaignSubtype
        | join kind=leftouter (WeirCampaigns | project CampaignId, SampleSubject) on CampaignId
        | extend Clicked = toscalar(UrlClickEvents | where NetworkMessageId in (({Members(id)} | project NetworkMessageId)) | {Clicks} | project Clicked), Visited = toscalar(UrlClickEvents | where NetworkMessageId in (({Members(id)} | project NetworkMessageId)) | {Clicks} | project Visited)
        | project CampaignId, CampaignName, SampleSubject, CampaignType, CampaignSubtype, First, Last, Messages, Recipients, Inboxed, StillThere, Clicked, Visited
        """;

    /// <summary>The campaign that an id stands for now; empty when it is the campaign's own.</summary>
    public static string MergedInto(string id) => $"WeirCampaigns\n| where CampaignId == {KqlText.Literal(id)}\n| project MergedInto";

    /// <summary>Messages over time, split by what became of them.</summary>
    public static string Chart(CampaignRecord campaign)
    {
        var (step, form) = (campaign.Last - campaign.First).TotalHours switch { > 96 => ("1d", "yyyy-MM-dd"), > 12 => ("1h", "MM-dd HH:mm"), _ => ("10m", "MM-dd HH:mm") };
        return $"{Mail(campaign.Id)}\n| summarize Messages = count() by Start = bin(Timestamp, {step}), DeliveryAction\n| order by Start asc\n| project Start = format_datetime(Start, '{form}'), DeliveryAction, Messages\n| render columnchart";
    }

    /// <summary>Messages by the places that they passed, from the sender's network to the click.</summary>
    public static string Flow(string id) => $"""
        {Members(id)}
        | join kind=inner (EmailEvents | project NetworkMessageId, RecipientEmailAddress, SenderIp = iff(SenderIPv4 != '', SenderIPv4, SenderIPv6), SenderFromDomain, OrgLevelAction, OriginalThreatTypes, ThreatTypes, DeliveryLocation) on NetworkMessageId, RecipientEmailAddress
        | join kind=leftouter (UrlClickEvents | where NetworkMessageId in (({Members(id)} | project NetworkMessageId)) | summarize Reached = countif(ActionType == 'ClickAllowed'), Through = countif(IsClickedThrough), Blocked = countif(ActionType == 'ClickBlocked'), Pending = countif(ActionType == 'UrlScanInProgress'), Errors = countif(ActionType == 'UrlErrorPage') by NetworkMessageId, RecipientEmailAddress = AccountUpn) on NetworkMessageId, RecipientEmailAddress
        | extend Verdict = case(OrgLevelAction == 'Allow', 'Allowed by a list or policy', OrgLevelAction == 'Block', 'Blocked by a list or policy', OriginalThreatTypes != '', 'Detected', ThreatTypes != '', 'Detected later', 'Not detected')
        | extend Click = case(Reached > 0, 'ClickAllowed', Through > 0, 'ClickOverridden', Blocked > 0, 'ClickBlocked', Pending > 0, 'UrlScanInProgress', Errors > 0, 'UrlErrorPage', '')
        | summarize Messages = count() by SenderIp, SenderFromDomain, Verdict, DeliveryLocation, Click
        | order by Messages desc
        """;

    public static IReadOnlyList<CampaignTab> Tabs(string id) =>
    [
        new("members", "Messages", $"""
            {Members(id)}
            | join kind=inner (EmailEvents | project NetworkMessageId, RecipientEmailAddress, Subject, SenderFromAddress, ThreatTypes, DeliveryLocation, LatestDeliveryLocation) on NetworkMessageId, RecipientEmailAddress
            | join kind=leftouter (WeirCampaignTies | summarize Why = strcat_array(make_set(Kind), ", "), Lookalike = max(iff(IsLookalike, "Yes", "")) by NetworkMessageId) on NetworkMessageId
            | project Timestamp, Subject, Recipient = RecipientEmailAddress, Sender = SenderFromAddress, Threats = ThreatTypes, ["Delivered to"] = DeliveryLocation, ["Now in"] = LatestDeliveryLocation, Lookalike, Shares = Why, NetworkMessageId
            | order by Timestamp desc
            """),
        new("senders", "Senders", $"""
            {Mail(id)}
            | summarize Total = count(), Inboxed = countif(DeliveryLocation == "Inbox/folder"), ["Not inboxed"] = countif(DeliveryLocation != "Inbox/folder"), ["DKIM passed"] = countif(AuthenticationDetails has "\"DKIM\":\"pass\""), ["DMARC passed"] = countif(AuthenticationDetails has "\"DMARC\":\"pass\"") by ["MAIL FROM"] = SenderMailFromAddress
            | order by Total desc
            """),
        new("ips", "Sender IPs", $"""
            {Mail(id)}
            | summarize Total = count(), Inboxed = countif(DeliveryLocation == "Inbox/folder"), ["Not inboxed"] = countif(DeliveryLocation != "Inbox/folder"), ["SPF passed"] = countif(AuthenticationDetails has "\"SPF\":\"pass\"") by ["Sender IP"] = iff(SenderIPv4 != "", SenderIPv4, SenderIPv6)
            | order by Total desc
            """),
        new("urls", "URLs", $"""
            EmailUrlInfo
            | where NetworkMessageId in (({Members(id)} | project NetworkMessageId))
            | summarize Messages = dcount(NetworkMessageId) by URL = Url, Domain = UrlDomain
            | order by Messages desc
            """),
        new("attachments", "Attachments", $"""
            EmailAttachmentInfo
            | where NetworkMessageId in (({Members(id)} | project NetworkMessageId))
            | summarize Total = count() by ["File name"] = FileName, SHA256, ["Malware family"] = ThreatNames
            | order by Total desc
            """),
        new("clicks", "URL clicks", $"""
            UrlClickEvents
            | where NetworkMessageId in (({Members(id)} | project NetworkMessageId))
            | project Timestamp, User = AccountUpn, URL = Url, ["Click verdict"] = ActionType, ["Clicked through"] = IsClickedThrough
            | order by Timestamp desc
            """),
        new("why", "What holds it together", $"""
            WeirCampaignTies
            | where NetworkMessageId in (({Members(id)} | project NetworkMessageId)) and Kind != "First"
            | summarize Messages = dcount(NetworkMessageId) by Shared = Kind, Value = iff(Kind == "Body", "", Value), Strong = iff(IsStrong, "Yes", "")
            | order by Messages desc
            """),
    ];

    public static IReadOnlyList<CampaignRecord> Campaigns(Answer answer) => [.. answer.Rows.Select(row => new CampaignRecord(
        Text(row[0]), Text(row[1]), Text(row[2]), Text(row[3]), Text(row[4]), Instant(row[5]), Instant(row[6]), Number(row[7]), Number(row[8]), Number(row[9]), Number(row[10]), Number(row[11]), Number(row[12])))];

    private static string Members(string id) => $"CampaignInfo | where CampaignId == {KqlText.Literal(id)}";

    private static string Mail(string id) => $"EmailEvents\n| where NetworkMessageId in (({Members(id)} | project NetworkMessageId))";

    private static string Text(object? cell) => cell as string ?? "";

    private static long Number(object? cell) => cell is null ? 0 : Convert.ToInt64(cell, CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(object? cell) => cell is DateTime at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : default;
}

/// <summary>A table of a campaign's page, and the question behind it.</summary>
internal sealed record CampaignTab(string Id, string Name, string Kql);

/// <summary>A campaign with its impact.</summary>
/// <param name="Inboxed">Messages that reached an inbox.</param>
/// <param name="StillThere">Messages that are in an inbox now, as far as Weir knows.</param>
/// <param name="Clicked">Copies of which a link was followed.</param>
/// <param name="Visited">Copies of which a link led its reader to the page.</param>
internal sealed record CampaignRecord(
    string Id, string Name, string Subject, string Type, string Subtype, DateTimeOffset First, DateTimeOffset Last, long Messages, long Recipients, long Inboxed, long StillThere, long Clicked, long Visited)
{
    public string Pill => Threats.Pill(Type, "");

    /// <summary>Clicked of inboxed; nothing where nothing reached an inbox.</summary>
    public string ClickRate => Inboxed == 0 || Type != "Phish" ? "" : (Clicked / (double)Inboxed).ToString("P0", CultureInfo.InvariantCulture);

    public string Activity => (Last - First) switch
    {
        { TotalDays: >= 2 } time => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalDays)} days"),
        { TotalHours: >= 2 } time => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalHours)} hours"),
        var time => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Ceiling(time.TotalMinutes))} min"),
    };
}

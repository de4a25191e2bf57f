using Weir.Portal.Campaigns;

namespace Weir.Portal.Explorer;

/// <summary>A table below the chart as a question, and how its answer is shown. None has a limit: the page shows the first rows, its export has all.</summary>
internal sealed record DetailTable(string Kql, IReadOnlyList<DetailColumn> Columns)
{
    private static readonly ConditionTest Threat = new("threat", ConditionOperator.Is, ["Malware", "Phish", "Spam"]);

    public static DetailTable Of(ExplorerQuery query, DetailTab tab) => tab.Id switch
    {
        "clicks" => Clicks(query),
        "urls" => Urls(query),
        "top-clicks" => TopClicks(query),
        "users" => query.View.IsOfClicks ? Clickers(query) : Users(query),
        "families" => Families(query),
        "origin" => Origin(query),
        "campaigns" => Campaigns(query),
        _ => throw new ArgumentException($"{tab.Id} is no table.", nameof(tab)),
    };

    private static DetailTable Clicks(ExplorerQuery query) => new(
        $"""
        {query.Clicks()}
        | project Timestamp, AccountUpn, Verdict = {Vocabulary.ClickVerdict}, Url, ThreatTypes, IPAddress, UrlChain, NetworkMessageId, ReportId
        | sort by Timestamp desc
        """,
        [
            new("Timestamp", "Time clicked", "date", "204px"),
            new("AccountUpn", "Recipient", "text", "minmax(180px, 1fr)") { Property = "clickUser" },
            new("Verdict", "Click verdict", "text", "170px") { Words = Vocabulary.Click, Property = "click" },
            new("Url", "URL", "mono", "minmax(260px, 2fr)") { Property = "clickUrl" },
            new("ThreatTypes", "Threat type", "badge", "130px"),
            new("IPAddress", "Client IP", "mono", "140px") { Property = "clickIp" },
            new("UrlChain", "URL chain", "mono", "220px") { Words = text => string.Join(" → ", LooseJson.Strings(LooseJson.Read(text)).Select(Shell.SafeText.Of)) },
            new("NetworkMessageId", "Network message ID", "mono", "300px") { Page = "email" },
            new("ReportId", "Click ID", "mono", "300px") { Property = "clickId" },
        ]);

    private static DetailTable Urls(ExplorerQuery query) => new(
        $"""
        {query.Mail()}
        | project NetworkMessageId, DeliveryAction
        | join kind=inner (EmailUrlInfo | where {Times(query)} | distinct NetworkMessageId, Url) on NetworkMessageId
        | summarize Messages = count(), {Delivery} by Url
        | sort by Messages desc, Url asc
        """,
        [
            new("Url", "URL", "mono", "minmax(320px, 3fr)") { Property = "url" },
            .. Deliveries("url", "Url"),
        ]);

    private static DetailTable TopClicks(ExplorerQuery query) => new(
        $"""
        {query.Clicks()}
        | extend Verdict = {Vocabulary.ClickVerdict}
        | summarize Clicks = count(), {ByVerdict} by Url
        | sort by Clicks desc, Url asc
        """,
        [
            new("Url", "URL", "mono", "minmax(320px, 3fr)") { Property = "clickUrl" },
            .. Verdicts("clickUrl", "Url"),
        ]);

    private static DetailTable Clickers(ExplorerQuery query) => new(
        $"""
        {query.Clicks()}
        | extend Verdict = {Vocabulary.ClickVerdict}
        | summarize Clicks = count(), {ByVerdict} by AccountUpn
        | sort by Clicks desc, AccountUpn asc
        """,
        [
            new("AccountUpn", "Recipient", "text", "minmax(240px, 2fr)") { Property = "clickUser" },
            .. Verdicts("clickUser", "AccountUpn"),
        ]);

    private static DetailTable Users(ExplorerQuery query) => new(
        $"""
        {query.Mail()}
        | where ThreatTypes != ''
        | summarize Attempts = count(), Malware = countif(ThreatTypes contains 'Malware'), Phish = countif(ThreatTypes contains 'Phish'), Spam = countif(ThreatTypes contains 'Spam'), Delivered = countif(DeliveryAction == 'Delivered') by RecipientEmailAddress
        | sort by Attempts desc, RecipientEmailAddress asc
        """,
        [
            new("RecipientEmailAddress", "User", "text", "minmax(240px, 2fr)") { Property = "recipient", And = [Threat] },
            Number("Attempts", "Attempts", "recipient", "RecipientEmailAddress", Threat),
            .. Threat.Values.Select(threat => Number(threat, threat, "recipient", "RecipientEmailAddress", new ConditionTest("threat", ConditionOperator.Is, [threat]))),
            Number("Delivered", "Attempts delivered", "recipient", "RecipientEmailAddress", Threat, new ConditionTest("deliveryAction", ConditionOperator.Is, ["Delivered"])),
        ]);

    private static DetailTable Families(ExplorerQuery query) => new(
        $"""
        {query.Mail()}
        | where ThreatNames != ''
        | summarize Attempts = count(), Recipients = dcount(RecipientEmailAddress), First = min(Timestamp), Last = max(Timestamp), {Delivery} by ThreatNames
        | sort by Attempts desc, ThreatNames asc
        """,
        [
            new("ThreatNames", "Malware family", "text", "minmax(220px, 2fr)") { Property = "malwareFamily" },
            Number("Attempts", "Attempts", "malwareFamily", "ThreatNames"),
            new("Recipients", "Recipients", "number", "110px"),
            .. ByDelivery("malwareFamily", "ThreatNames"),
            new("First", "First", "date", "164px"),
            new("Last", "Last", "date", "164px"),
        ]);

    private static DetailTable Origin(ExplorerQuery query) => new(
        $"""
        {query.Mail()}
        | project NetworkMessageId, ThreatTypes, DeliveryAction, SenderFromDomain, Timestamp, SenderIp = iff(SenderIPv4 != '', SenderIPv4, SenderIPv6)
        | where SenderIp != ''
        | join kind=leftouter (WeirMessageEvidence | where {Times(query)} | project NetworkMessageId, ClientName, Helo) on NetworkMessageId
        | summarize Messages = count(), Threats = countif(ThreatTypes != ''), {Delivery}, Domains = dcount(SenderFromDomain), Helo = max(Helo), First = min(Timestamp), Last = max(Timestamp) by SenderIp, ClientName
        | sort by Messages desc, SenderIp asc
        """,
        [
            new("SenderIp", "Sender IP", "mono", "minmax(150px, 1fr)") { Property = "senderIp" },
            new("ClientName", "Reverse name", "mono", "minmax(190px, 2fr)") { Property = "reverseName" },
            new("Helo", "HELO", "mono", "minmax(170px, 1.5fr)") { Property = "helo" },
            .. Deliveries("senderIp", "SenderIp"),
            Number("Threats", "With a threat", "senderIp", "SenderIp", Threat),
            new("Domains", "Sender domains", "number", "120px"),
            new("First", "First", "date", "164px"),
            new("Last", "Last", "date", "164px"),
        ]);

    private static DetailTable Campaigns(ExplorerQuery query) => new(
        $"""
        {query.Mail()}
        | project NetworkMessageId, RecipientEmailAddress, Timestamp, DeliveryLocation, LatestDeliveryLocation, LatestDeliveryAction
        | join kind=inner (CampaignInfo | where {Times(query)} | project NetworkMessageId, RecipientEmailAddress, CampaignId, CampaignName, CampaignType, CampaignSubtype) on NetworkMessageId, RecipientEmailAddress
        | {CampaignQuestions.Impact} by CampaignId, CampaignName, CampaignType, CampaignSubtype
        | join kind=leftouter (WeirCampaigns | project CampaignId, SampleSubject) on CampaignId
        | join kind=leftouter (UrlClickEvents | where Timestamp >= {KqlText.Literal(query.Window.From)} | join kind=inner (CampaignInfo | where {Times(query)} | distinct NetworkMessageId, CampaignId) on NetworkMessageId | {CampaignQuestions.Clicks} by CampaignId) on CampaignId
        | project CampaignId, CampaignName, SampleSubject, CampaignType, CampaignSubtype, Recipients, Messages, Inboxed, StillThere, Clicked = coalesce(Clicked, 0), Visited = coalesce(Visited, 0), ClickRate = iff(CampaignType == 'Phish' and Inboxed > 0, strcat(tostring(tolong(round(100.0 * coalesce(Clicked, 0) / Inboxed))), ' %'), ''), First, Last
        | sort by Messages desc, CampaignName asc
        """,
        [
            new("CampaignName", "Name", "text", "minmax(190px, 1.2fr)") { Page = "campaign", By = "CampaignId" },
            new("SampleSubject", "Sample subject", "text", "minmax(200px, 2fr)"),
            new("CampaignType", "Type", "badge", "130px"),
            new("CampaignSubtype", "Subtype", "text", "120px") { Property = "campaignSubtype" },
            Number("Messages", "Messages", "campaign", "CampaignId"),
            new("Recipients", "Recipients", "number", "100px"),
            Number("Inboxed", "Inboxed", "campaign", "CampaignId", new ConditionTest("originalLocation", ConditionOperator.Is, ["Inbox/folder"])),
            Number("StillThere", "Still in inboxes", "campaign", "CampaignId", new ConditionTest("latestLocation", ConditionOperator.Is, ["Inbox/folder"])),
            new("Clicked", "Clicked", "number", "90px"),
            new("ClickRate", "Click rate", "text", "90px"),
            new("Visited", "Visited", "number", "90px"),
            new("First", "First", "date", "164px"),
            new("Last", "Last", "date", "164px"),
        ]);

    private static readonly string[] DeliveryActions = ["Blocked", "Junked", "Delivered"];

    private const string Delivery = "Blocked = countif(DeliveryAction == 'Blocked'), Junked = countif(DeliveryAction == 'Junked'), Delivered = countif(DeliveryAction == 'Delivered')";

    private static string ByVerdict { get; } = string.Join(", ", Vocabulary.ClickVerdicts.Select(verdict => $"{verdict.Value} = countif(Verdict == '{verdict.Value}')"));

    private static IEnumerable<DetailColumn> Deliveries(string property, string by) => [Number("Messages", "Messages", property, by), .. ByDelivery(property, by)];

    private static IEnumerable<DetailColumn> ByDelivery(string property, string by) =>
        DeliveryActions.Select(action => Number(action, action, property, by, new ConditionTest("deliveryAction", ConditionOperator.Is, [action])));

    private static IEnumerable<DetailColumn> Verdicts(string property, string by) =>
    [
        Number("Clicks", "Clicks", property, by),
        .. Vocabulary.ClickVerdicts.Select(verdict => Number(verdict.Value, verdict.Name, property, by, new ConditionTest("click", ConditionOperator.Is, [verdict.Value])) with { Width = verdict.Name.Length > 14 ? "190px" : "130px" }),
    ];

    private static DetailColumn Number(string source, string title, string property, string by, params ConditionTest[] and) =>
        new(source, title, "number", title.Length > 10 ? "150px" : "110px") { Property = property, By = by, And = and };

    private static string Times(ExplorerQuery query) => query.View.IsOfClicks
        ? $"Timestamp < {KqlText.Literal(query.Window.To)}"
        : $"Timestamp >= {KqlText.Literal(query.Window.From)} and Timestamp < {KqlText.Literal(query.Window.To)}";
}

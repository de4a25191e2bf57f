namespace Weir.Portal.Explorer;

/// <summary>What the bars of the chart are split by.</summary>
/// <param name="Series">Expression that gives the series of a message.</param>
/// <param name="IsOpen">Any value may come: the six most frequent are shown, the rest is "Other".</param>
internal sealed record Pivot(string Id, string Name, string Series, bool IsOpen)
{
    /// <summary>Links are counted, not messages.</summary>
    public bool IsOfLinks => Table == "EmailUrlInfo";

    /// <summary>The table that <see cref="Series"/> is read from, message by message; nothing for the table of the view. Messages without a row in it are not counted.</summary>
    public string? Table { get; init; }

    /// <summary>Columns of few values that <see cref="Series"/> is made of: messages are counted by them first, so that the series is worked out a few times and not for each message.</summary>
    public string? Groups { get; init; }

    public const string Other = "Other";

    private const string ThreatGroups = "ThreatTypes, IsHigh = iff(ThreatTypes == '', false, AdditionalFields contains 'High confidence phish')";

    private const string Threat =
        "case(ThreatTypes contains 'Malware', 'Malware', ThreatTypes contains 'Phish' and IsHigh, 'High confidence phish', " +
        "ThreatTypes contains 'Phish', 'Phish', ThreatTypes contains 'Spam', 'Spam', 'No threat')";

    public static IReadOnlyList<Pivot> All { get; } =
    [
        new("threat", "Threat type", Threat, IsOpen: false) { Groups = ThreatGroups },
        new("deliveryAction", "Delivery action", "DeliveryAction", IsOpen: false),
        new("latestLocation", "Latest delivery location", Vocabulary.LatestPlace, IsOpen: true) { Groups = "LatestDeliveryAction, LatestDeliveryLocation" },
        new("direction", "Directionality", "EmailDirection", IsOpen: false),
        new("senderDomain", "Sender domain", "SenderFromDomain", IsOpen: true),
        new("senderIp", "Sender IP", "iff(SenderIPv4 != '', SenderIPv4, SenderIPv6)", IsOpen: true),
        new("technology", "Detection technology", Technology(), IsOpen: true) { Groups = "DetectionMethods" },
        new("classification", "Threat classification", "ThreatClassification", IsOpen: true),
        new("malwareFamily", "Malware family", "ThreatNames", IsOpen: true),
        new("reverseName", "Sending host (reverse name)", "ClientName", IsOpen: true) { Table = "WeirMessageEvidence" },
        new("helo", "HELO", "Helo", IsOpen: true) { Table = "WeirMessageEvidence" },
        new("dkimDomain", "DKIM domain (d=)", "DkimDomains", IsOpen: true) { Table = "WeirMessageEvidence" },
        new("campaign", "Campaign", "CampaignName", IsOpen: true) { Table = "CampaignInfo" },
        new("campaignType", "Campaign type", "CampaignType", IsOpen: true) { Table = "CampaignInfo" },
        new("campaignSubtype", "Campaign subtype", "CampaignSubtype", IsOpen: true) { Table = "CampaignInfo" },
        new("url", "Full URL", "Url", IsOpen: true) { Table = "EmailUrlInfo" },
        new("urlDomain", "URL domain", "UrlDomain", IsOpen: true) { Table = "EmailUrlInfo" },
        new("urlPath", "URL domain and path", Vocabulary.UrlDomainAndPath, IsOpen: true) { Table = "EmailUrlInfo" },
    ];

    /// <summary>Of clicks.</summary>
    public static IReadOnlyList<Pivot> Clicks { get; } =
    [
        new("clickDomain", "URL domain", Vocabulary.ClickDomain, IsOpen: true),
        new("click", "Click verdict", Vocabulary.ClickVerdict, IsOpen: false) { Groups = "ActionType, IsClickedThrough" },
        new("clickThreat", "Threat type", "ThreatTypes", IsOpen: true),
        new("clickUrl", "URL", "Url", IsOpen: true),
        new("clickPath", "URL domain and path", Vocabulary.UrlDomainAndPath, IsOpen: true),
        new("clickUser", "Recipient", "AccountUpn", IsOpen: true),
        new("clickIp", "Client IP", "IPAddress", IsOpen: true),
        new("clickWorkload", "Workload", "Workload", IsOpen: false),
    ];

    /// <summary>The split that an id names among those of a view; the first when there is none.</summary>
    public static Pivot Find(string? id, ExplorerView? view = null) => (view?.Pivots ?? All) is var pivots && pivots.FirstOrDefault(pivot => pivot.Id == id) is { } found ? found : pivots[0];

    /// <summary>A series as pages call it.</summary>
    public string Show(string series) => Id switch
    {
        _ when series.Length == 0 => "None",
        "deliveryAction" => Vocabulary.DeliveryAction(series),
        "click" => Vocabulary.Click(series),
        "latestLocation" => Vocabulary.LatestLocation(series),
        _ => series,
    };

    /// <summary>Bottom to top; also the colour's name.</summary>
    public static IReadOnlyList<(string Series, string Swatch)> ThreatOrder { get; } =
        [("No threat", "clean"), ("Phish", "phish"), ("Malware", "malware"), ("Spam", "spam"), ("High confidence phish", "hcphish")];

    private static string Technology() =>
        $"case({string.Join(", ", Vocabulary.Technologies.Select(choice => $"DetectionMethods contains {KqlText.Literal($"\"{choice.Value}\"")}, {KqlText.Literal(choice.Value)}"))}, '')";
}

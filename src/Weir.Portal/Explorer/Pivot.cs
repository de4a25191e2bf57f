namespace Weir.Portal.Explorer;

/// <summary>What the bars of the chart are split by.</summary>
/// <param name="Series">Expression that gives the series of a message.</param>
/// <param name="IsOpen">Any value may come: the six most frequent are shown, the rest is "Other".</param>
internal sealed record Pivot(string Id, string Name, string Series, bool IsOpen)
{
    /// <summary>Links are counted, not messages.</summary>
    public bool IsOfLinks { get; init; }

    /// <summary>The table that <see cref="Series"/> is read from, message by message; nothing for EmailEvents. Messages without a row in it are not counted.</summary>
    public string? Table => IsOfLinks ? "EmailUrlInfo" : Id == "campaign" ? "CampaignInfo" : null;

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
        new("campaign", "Campaign", "CampaignName", IsOpen: true),
        new("url", "Full URL", "Url", IsOpen: true) { IsOfLinks = true },
        new("urlDomain", "URL domain", "UrlDomain", IsOpen: true) { IsOfLinks = true },
        new("urlPath", "URL domain and path", Vocabulary.UrlDomainAndPath, IsOpen: true) { IsOfLinks = true },
    ];

    public static Pivot Find(string? id) => All.FirstOrDefault(pivot => pivot.Id == id) ?? All[0];

    /// <summary>A series as pages call it.</summary>
    public string Show(string series) => Id switch
    {
        _ when series.Length == 0 => "None",
        "deliveryAction" => Vocabulary.DeliveryAction(series),
        "latestLocation" => Vocabulary.LatestLocation(series),
        _ => series,
    };

    /// <summary>Bottom to top; also the colour's name.</summary>
    public static IReadOnlyList<(string Series, string Swatch)> ThreatOrder { get; } =
        [("No threat", "clean"), ("Phish", "phish"), ("Malware", "malware"), ("Spam", "spam"), ("High confidence phish", "hcphish")];

    private static string Technology() =>
        $"case({string.Join(", ", Vocabulary.Technologies.Select(choice => $"DetectionMethods contains {KqlText.Literal($"\"{choice.Value}\"")}, {KqlText.Literal(choice.Value)}"))}, '')";
}

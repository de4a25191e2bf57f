using Weir.Portal.Shell;

namespace Weir.Portal.Explorer;

/// <summary>A column that the grid can show.</summary>
/// <param name="Kind">How a cell is drawn: <c>text</c>, <c>subject</c>, <c>badge</c>, <c>mono</c>, <c>number</c>, <c>address</c>.</param>
/// <param name="Width">A CSS grid track.</param>
/// <param name="Sources">Columns of EmailEvents that it needs.</param>
/// <param name="Sort">What to sort by: a column or an expression over <paramref name="Sources"/>, in the order of what the cell shows.</param>
internal sealed record MailColumn(string Id, string Title, string Kind, string Width, bool IsDefault, string[] Sources, string Sort, Func<MailRow, string> Cell);

/// <summary>The columns of the Email tab.</summary>
internal static class MailColumns
{
    /// <summary>Without these a row cannot be opened, acted upon or shown with its badge.</summary>
    public static readonly string[] Keys = ["Timestamp", "NetworkMessageId", "RecipientEmailAddress"];

    public static IReadOnlyList<MailColumn> All { get; } =
    [
        new("date", "Date", "text", "164px", IsDefault: true, ["Timestamp"], "Timestamp", row => row.Date),
        new("subject", "Subject", "subject", "minmax(170px, 2fr)", IsDefault: true, ["Subject"], "Subject", row => row.Subject),
        Address("recipient", "Recipient", "minmax(172px, 1.5fr)", isDefault: true, "RecipientEmailAddress"),
        Address("sender", "Sender address", "minmax(200px, 2.2fr)", isDefault: true, "SenderFromAddress"),
        new("threat", "Threat type", "badge", "186px", IsDefault: true, ["ThreatTypes", "AdditionalFields"], Threats.Severity, row => row.ThreatPill),
        new("latestLocation", "Latest delivery location", "text", "152px", IsDefault: true, ["LatestDeliveryLocation", "LatestDeliveryAction"], Vocabulary.LatestPlace, row => row.LatestLocation),
        new("originalLocation", "Original delivery location", "text", "174px", IsDefault: false, ["DeliveryLocation"], "DeliveryLocation", row => Vocabulary.Location(row.Text("DeliveryLocation"))),
        new("additionalAction", "Additional actions", "text", "160px", IsDefault: false, ["AdditionalFields"], Items("AdditionalActions"), row => string.Join(", ", row.AdditionalActions)),
        Text("senderDomain", "Sender domain", "minmax(150px, 1fr)", isDefault: false, "SenderFromDomain"),
        new("technology", "Detection technology", "text", "190px", IsDefault: false, ["DetectionMethods"], FirstTechnology, row => row.Technologies),
        new("tags", "Tags", "text", "92px", IsDefault: true, ["AdditionalFields"], Items("Tags"), row => string.Join(", ", row.Tags)),
        new("deliveryAction", "Delivery action", "text", "140px", IsDefault: false, ["DeliveryAction"], "DeliveryAction", row => Vocabulary.DeliveryAction(row.Text("DeliveryAction"))),
        Text("direction", "Directionality", "110px", isDefault: false, "EmailDirection"),
        Text("latestAction", "Latest delivery action", "150px", isDefault: false, "LatestDeliveryAction"),
        Text("recipientDomain", "Recipient domain", "150px", isDefault: false, "RecipientDomain"),
        new("senderName", "Sender display name", "text", "180px", IsDefault: false, ["SenderDisplayName"], "SenderDisplayName", row => row.SenderName),
        new("senderIp", "Sender IP", "mono", "140px", IsDefault: false, ["SenderIPv4", "SenderIPv6"], "iff(SenderIPv4 != '', SenderIPv4, SenderIPv6)", row => row.SenderIp),
        Address("mailFrom", "Sender mail from address", "200px", isDefault: false, "SenderMailFromAddress"),
        Text("mailFromDomain", "Sender mail from domain", "160px", isDefault: false, "SenderMailFromDomain"),
        new("overrides", "System overrides", "text", "190px", IsDefault: false, ["OrgLevelAction"], "OrgLevelAction", row => row.Override),
        Text("overrideSource", "System overrides source", "180px", isDefault: false, "OrgLevelPolicy"),
        new("internetId", "Internet message ID", "mono", "240px", IsDefault: false, ["InternetMessageId"], "InternetMessageId", row => row.Text("InternetMessageId")),
        new("networkId", "Network message ID", "mono", "290px", IsDefault: false, ["NetworkMessageId"], "NetworkMessageId", row => row.Text("NetworkMessageId")),
        new("cluster", "Cluster ID", "mono", "190px", IsDefault: false, ["EmailClusterId"], "EmailClusterId", row => row.Number("EmailClusterId")),
        new("campaign", "Campaign ID", "mono", "290px", IsDefault: false, ["CampaignId"], "CampaignId", row => row.Text("CampaignId")),
        Text("campaignName", "Campaign name", "190px", isDefault: false, "CampaignName"),
        new("reverseName", "Sending host (reverse name)", "mono", "220px", IsDefault: false, ["ClientName"], "ClientName", row => SafeText.Of(row.Text("ClientName"))),
        new("helo", "HELO", "mono", "200px", IsDefault: false, ["Helo"], "Helo", row => SafeText.Of(row.Text("Helo"))),
        new("dkimDomain", "DKIM domain (d=)", "mono", "190px", IsDefault: false, ["DkimDomains"], "DkimDomains", row => SafeText.Of(row.Text("DkimDomains"))),
        Text("language", "Mail language", "110px", isDefault: false, "EmailLanguage"),
        Text("originalThreat", "Original threats", "130px", isDefault: false, "OriginalThreatTypes"),
        new("phishConfidence", "Phish confidence level", "text", "160px", IsDefault: false, ["ConfidenceLevel"], Pair("ConfidenceLevel", "Phish"), row => row.PhishConfidence),
        new("impersonatedUser", "Impersonated user", "text", "220px", IsDefault: false, ["AdditionalFields"], Items("ImpersonatedUsers"), row => string.Join(", ", row.ImpersonatedUsers)),
        new("impersonatedDomain", "Impersonated domain", "text", "170px", IsDefault: false, ["AdditionalFields"], Items("ImpersonatedDomains"), row => string.Join(", ", row.ImpersonatedDomains)),
        new("urlThreat", "URL threat", "text", "120px", IsDefault: false, ["AdditionalFields"], Items("UrlThreats"), row => string.Join(", ", row.UrlThreats)),
        new("allOverrides", "Override source", "text", "220px", IsDefault: false, ["AdditionalFields"], Items("Overrides"), row => string.Join(", ", row.Overrides)),
        Text("policy", "Policy", "180px", isDefault: false, "EmailActionPolicy"),
        new("policyName", "Policy name", "text", "200px", IsDefault: false, ["AdditionalFields"], Pair("AdditionalFields", "Policy"), row => row.PolicyName),
        new("would", "Policy action not done", "text", "190px", IsDefault: false, ["AdditionalFields"], Pair("AdditionalFields", "WouldAction"), row => row.WouldAction),
        new("verdict", "Verdict", "text", "160px", IsDefault: false, ["AdditionalFields"], Pair("AdditionalFields", "Verdict"), row => row.Verdict),
        new("policyAction", "Policy action", "text", "190px", IsDefault: false, ["EmailAction"], "EmailAction", row => Vocabulary.PolicyAction(row.Text("EmailAction"))),
        Authentication("spf", "SPF", "SPF"),
        Authentication("dkim", "DKIM", "DKIM"),
        Authentication("dmarc", "DMARC", "DMARC"),
        Authentication("composite", "Composite authentication", "CompAuth"),
        new("firstContact", "First contact", "text", "110px", IsDefault: false, ["IsFirstContact"], "IsFirstContact", row => row.Text("IsFirstContact") == "1" ? "Yes" : "No"),
        new("forwarded", "Forwarding", "text", "220px", IsDefault: false, ["ForwardingInformation"], "ForwardingInformation", row => row.Forwarding),
        new("originalRecipient", "Sent to", "address", "190px", IsDefault: false, ["AdditionalFields"], Pair("AdditionalFields", "OriginalRecipient"), row => row.OriginalRecipient),
        new("door", "Door", "text", "100px", IsDefault: false, ["AdditionalFields"], Pair("AdditionalFields", "Door"), row => row.Door),
        new("reportedBy", "Delivery reported by", "text", "150px", IsDefault: false, ["AdditionalFields"], Pair("AdditionalFields", "DeliverySource"), row => row.ReportedBy),
        Text("list", "Distribution list", "180px", isDefault: false, "DistributionList"),
        Text("classification", "Threat classification", "170px", isDefault: false, "ThreatClassification"),
        Text("threatNames", "Malware family", "160px", isDefault: false, "ThreatNames"),
        Number("bcl", "Bulk complaint level", "140px", "BulkComplaintLevel"),
        Number("attachments", "Attachment count", "120px", "AttachmentCount"),
        Number("urls", "URL count", "90px", "UrlCount"),
        Number("size", "Email size (bytes)", "130px", "EmailSize"),
    ];

    /// <summary>Columns that rows of EmailEvents do not have: their tables, and by what a row is found there.</summary>
    public static IReadOnlyList<(string Table, string[] On, string[] Columns)> Others { get; } =
    [
        ("CampaignInfo", ["NetworkMessageId", "RecipientEmailAddress"], ["CampaignId", "CampaignName"]),
        ("WeirMessageEvidence", ["NetworkMessageId"], ["ClientName", "Helo", "DkimDomains"]),
    ];

    public static IReadOnlyList<MailColumn> Default { get; } = [.. All.Where(column => column.IsDefault)];

    public static MailColumn? Find(string? id) => All.FirstOrDefault(column => column.Id == id);

    /// <summary>Columns from their ids, such as a person's own choice; the usual ones when there is none.</summary>
    public static IReadOnlyList<MailColumn> Read(string? ids) =>
        (ids ?? "").Split(',').Select(Find).OfType<MailColumn>().Distinct().ToList() is { Count: > 0 } chosen ? chosen : Default;

    public static string Write(IEnumerable<MailColumn> columns) => string.Join(',', columns.Select(column => column.Id));

    /// <summary>The columns of EmailEvents that the chosen ones and the order need.</summary>
    public static IReadOnlyList<string> Sources(IEnumerable<MailColumn> columns, MailColumn sort) =>
        [.. Keys.Concat(columns.Append(sort).SelectMany(column => column.Sources)).Distinct(StringComparer.Ordinal)];

    /// <summary>The technology that is named first.</summary>
    private static string FirstTechnology => Extract("\"([^\"]*)\"[,\\]]", "DetectionMethods");

    // Reading the JSON of a million rows would take seconds; the store writes it without spaces.
    private static string Items(string name) => Extract($"\"{name}\":\\[([^\\]]*)\\]", "AdditionalFields");

    private static string Pair(string column, string name) => Extract($"\"{name}\":\"([^\"]*)\"", column);

    private static string Extract(string pattern, string column) => $"extract({KqlText.Literal(pattern)}, 1, {column})";

    private static MailColumn Authentication(string id, string title, string key) =>
        new(id, title, "text", id == "composite" ? "180px" : "110px", IsDefault: false, ["AuthenticationDetails"], Pair("AuthenticationDetails", key), row => row.Authentication(key, id));

    private static MailColumn Text(string id, string title, string width, bool isDefault, string source) =>
        new(id, title, "text", width, isDefault, [source], source, row => row.Text(source));

    /// <summary>Cut, when it is too long, before the @: the domain is what tells senders apart.</summary>
    private static MailColumn Address(string id, string title, string width, bool isDefault, string source) =>
        Text(id, title, width, isDefault, source) with { Kind = "address" };

    private static MailColumn Number(string id, string title, string width, string source) =>
        new(id, title, "number", width, IsDefault: false, [source], source, row => row.Number(source));
}

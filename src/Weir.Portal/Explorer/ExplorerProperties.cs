using Weir.Detection.Contracts;
using static Weir.Portal.Explorer.PropertyKind;

namespace Weir.Portal.Explorer;

/// <summary>Everything that Explorer can filter by, with the names and values that analysts know.</summary>
internal static class ExplorerProperties
{
    /// <summary>The group of what clicks have themselves.</summary>
    public const string Clicks = "URL clicks";

    private const string Basic = "Basic", Advanced = "Advanced", Sending = "Sending server", Urls = "URLs", Files = "Files", Authentication = "Authentication";

    public static IReadOnlyList<ExplorerProperty> All { get; } =
    [
        Column("senderAddress", "Sender address", Basic, "SenderFromAddress"),
        Column("recipient", "Recipients", Basic, "RecipientEmailAddress"),
        Column("senderDomain", "Sender domain", Basic, "SenderFromDomain"),
        Column("recipientDomain", "Recipient domain", Basic, "RecipientDomain"),
        Column("subject", "Subject", Basic, "Subject") with
        {
            Operators = [ConditionOperator.Contains, ConditionOperator.DoesNotContain, ConditionOperator.Is, ConditionOperator.IsNot, ConditionOperator.StartsWith],
        },
        Column("senderName", "Sender display name", Basic, "SenderDisplayName"),
        Column("mailFrom", "Sender mail from address", Basic, "SenderMailFromAddress"),
        Column("mailFromDomain", "Sender mail from domain", Basic, "SenderMailFromDomain"),
        Child("returnPath", "Return path", Basic, "WeirMessageEvidence", "ReturnPath"),
        Child("returnPathDomain", "Return path domain", Basic, "WeirMessageEvidence", "tostring(split(ReturnPath, '@')[1])"),
        Column("malwareFamily", "Malware family", Basic, "ThreatNames"),
        new("tags", "Tags", Basic, Text, new ListTarget("AdditionalFields", "Tags")) { Operators = [ConditionOperator.Is, ConditionOperator.IsNot] },
        new("impersonatedUser", "Impersonated user", Basic, Text, new ListTarget("AdditionalFields", "ImpersonatedUsers")) { Operators = [ConditionOperator.Contains, ConditionOperator.DoesNotContain] },
        new("impersonatedDomain", "Impersonated domain", Basic, Text, new ListTarget("AdditionalFields", "ImpersonatedDomains"))
        {
            Operators = [ConditionOperator.Is, ConditionOperator.IsNot, ConditionOperator.Contains, ConditionOperator.DoesNotContain],
        },
        Choice("deliveryAction", "Delivery action", Basic, "DeliveryAction", Vocabulary.DeliveryActions),
        Choice("direction", "Directionality", Basic, "EmailDirection", Vocabulary.Same("Inbound", "Intra-org", "Outbound")),
        Choice("technology", "Detection technology", Basic, new WithinTarget("DetectionMethods", "\""), Vocabulary.Technologies),
        Choice("classification", "Threat classification", Basic, "ThreatClassification", Vocabulary.Same(
            "Advance fee scam", "Business intelligence", "Contact establishment", "Gift cards", "Invoice fraud", "Payroll fraud", "PII gathering", "Ransom", "Task fraud")),
        Choice("originalLocation", "Original delivery location", Basic, "DeliveryLocation", Vocabulary.Locations),
        Choice("latestLocation", "Latest delivery location", Basic, Vocabulary.LatestPlace, Vocabulary.LatestLocations),
        Column("latestAction", "Latest delivery action", Basic, "LatestDeliveryAction"),
        Choice("additionalAction", "Additional action", Basic, new ListTarget("AdditionalFields", "AdditionalActions"), Vocabulary.AdditionalActions),
        Predicates("phishConfidence", "Phish confidence level", Basic,
            ("High", "ThreatTypes contains 'Phish' and ConfidenceLevel contains '\"Phish\":\"High\"'"),
            ("Normal", "ThreatTypes contains 'Phish' and ConfidenceLevel !contains '\"Phish\":\"High\"'")),
        Predicates("override", "Primary override", Basic,
            ("Allowed by organization policy", "OrgLevelAction == 'Allow'"),
            ("Blocked by organization policy", "OrgLevelAction == 'Block'"),
            ("None", "OrgLevelAction == ''")),
        Column("overrideSource", "Primary override source", Basic, "OrgLevelPolicy"),
        Choice("overrides", "Override source", Basic, new ListTarget("AdditionalFields", "Overrides"), Vocabulary.OverrideSources),
        Predicates("policyType", "Policy type", Basic,
            ("Anti-malware", "EmailActionPolicy startswith 'Antimalware'"),
            ("Anti-phishing", "EmailActionPolicy startswith 'Anti-phishing'"),
            ("Hosted content filter", "EmailActionPolicy startswith 'Antispam'"),
            ("Safe Attachments", "EmailActionPolicy == 'Safe Attachments'"),
            ("None", "EmailActionPolicy == ''")),
        Column("policy", "Policy", Basic, "EmailActionPolicy"),
        Column("policyName", "Policy name", Basic, Vocabulary.PolicyName),
        Choice("policyAction", "Policy action", Basic, "EmailAction", Vocabulary.PolicyActions),
        Choice("would", "Policy action not done", Basic, new PairTarget("AdditionalFields", "WouldAction"), Vocabulary.PolicyActions),
        Choice("held", "Not done because", Basic, new PairTarget("AdditionalFields", "Held"), Vocabulary.Same(PolicyNames.WatchOnly, PolicyNames.AfterDelivery, PolicyNames.ZapOff)),
        Choice("verdict", "Verdict", Basic, new PairTarget("AdditionalFields", "Verdict"), Vocabulary.Same([.. Enum.GetValues<Verdict>().Select(Names.Of)])),
        Choice("threat", "Threat type", Basic, new WithinTarget("ThreatTypes", ""), Vocabulary.Same("Malware", "Phish", "Spam")),
        Choice("originalThreat", "Original threat type", Basic, new WithinTarget("OriginalThreatTypes", ""), Vocabulary.Same("Malware", "Phish", "Spam")),
        Predicates("forwarded", "Forwarded message", Basic, ("True", "ForwardingInformation != ''"), ("False", "ForwardingInformation == ''")),
        Column("list", "Distribution list", Basic, "DistributionList"),
        Number("size", "Email size", Basic, "EmailSize"),

        Column("internetId", "Internet message ID", Advanced, "InternetMessageId"),
        Column("networkId", "Network message ID", Advanced, "NetworkMessageId"),
        Column("senderIp", "Sender IP", Advanced, "SenderIPv4", "SenderIPv6"),
        Number("cluster", "Cluster ID", Advanced, "EmailClusterId") with { Operators = [ConditionOperator.Is] },
        Child("campaign", "Campaign ID", Advanced, "CampaignInfo", "CampaignId"),
        Child("campaignName", "Campaign name", Advanced, "CampaignInfo", "CampaignName"),
        Choice("campaignType", "Campaign type", Advanced, new ChildTarget("CampaignInfo", IsNumber: false, IsLater: false, "CampaignType"), Vocabulary.Same("Malware", "Phish", "Spam")),
        Child("campaignSubtype", "Campaign subtype", Advanced, "CampaignInfo", "CampaignSubtype"),
        Child("replyTo", "Reply-To address", Advanced, "WeirMessageEvidence", "ReplyTo"),
        Number("bcl", "Bulk complaint level (BCL)", Advanced, "BulkComplaintLevel"),
        Choice("door", "Door", Advanced, new PairTarget("AdditionalFields", "Door"), Vocabulary.Doors),
        Choice("reportedBy", "Delivery reported by", Advanced, new PairTarget("AdditionalFields", "DeliverySource"), Vocabulary.Reporters),
        Column("language", "Mail language", Advanced, "EmailLanguage"),
        Predicates("firstContact", "First contact", Advanced, ("True", "IsFirstContact == 1"), ("False", "IsFirstContact == 0")),

        Child("reverseName", "Reverse name of the sending host", Sending, "WeirMessageEvidence", "ClientName"),
        Child("helo", "HELO", Sending, "WeirMessageEvidence", "Helo"),
        new("dkimDomain", "DKIM domain (d=)", Sending, Text, new NamesTarget(new ChildTarget("WeirMessageEvidence", IsNumber: false, IsLater: false, "DkimDomains"))),

        Number("urlCount", "URL count", Urls, "UrlCount"),
        Child("urlDomain", "URL domain", Urls, "EmailUrlInfo", "UrlDomain"),
        new("url", "URL", Urls, Text, new UrlTarget(Link("Url"))),
        new("urlDomainAndPath", "URL domain and path", Urls, Text, new UrlPartTarget(Link(Vocabulary.UrlDomainAndPath))),
        new("urlPath", "URL path", Urls, Text, new UrlPartTarget(Link(Vocabulary.UrlPath))),
        Choice("urlSource", "URL source", Urls, new ChildTarget("EmailUrlInfo", IsNumber: false, IsLater: false, "UrlLocation"),
            [new("Attachments", "Attachment"), new("Cloud attachment", "CloudAttachment"), new("Email body", "Body"), new("Email header", "Header"), new("QR Code", "QRCode"), new("Subject", "Subject")]),
        Choice("urlThreat", "URL threat", Urls, new ListTarget("AdditionalFields", "UrlThreats"), Vocabulary.Same("Malware", "Phish", "Spam")),

        Choice("click", "Click verdict", Clicks, Click(Vocabulary.ClickVerdict), Vocabulary.ClickVerdicts),
        Clicked("clickUser", "Clicked by", "AccountUpn"),
        Clicked("clickUrl", "Clicked URL", "Url"),
        Clicked("clickDomain", "Clicked URL domain", Vocabulary.ClickDomain),
        Clicked("clickIp", "Client IP", "IPAddress"),
        Choice("clickThreat", "Threat type of the click", Clicks, Click("ThreatTypes"), Vocabulary.Same("Malware", "Phish", "Spam")),
        Clicked("clickId", "Click ID", "ReportId"),

        Number("attachmentCount", "Attachment count", Files, "AttachmentCount"),
        Child("fileName", "Attachment filename", Files, "EmailAttachmentInfo", "FileName"),
        Child("fileType", "File type", Files, "EmailAttachmentInfo", "FileType"),
        Child("fileExtension", "File extension", Files, "EmailAttachmentInfo", "FileExtension"),
        Child("sha256", "Attachment SHA256", Files, "EmailAttachmentInfo", "SHA256"),
        new("fileSize", "File size", Files, PropertyKind.Number, new ChildTarget("EmailAttachmentInfo", IsNumber: true, IsLater: false, "FileSize")),

        Result("spf", "SPF", "SPF", ("Pass", "pass"), ("Fail", "fail"), ("Soft fail", "softfail"), ("Neutral", "neutral"), ("None", "none"), ("Temporary error", "temperror"), ("Permanent error", "permerror")),
        Result("dkim", "DKIM", "DKIM", ("Pass", "pass"), ("Fail", "fail"), ("None", "none"), ("Error", "error"), ("Ignore", "ignore"), ("Test", "test"), ("Timeout", "timeout"), ("Unknown", "unknown")),
        Result("dmarc", "DMARC", "DMARC", ("Pass", "pass"), ("Best guess pass", "bestguesspass"), ("Fail", "fail"), ("None", "none"), ("Temporary error", "temperror"), ("Permanent error", "permerror"), ("Unknown", "unknown")),
        Result("composite", "Composite authentication", "CompAuth", ("Pass", "pass"), ("Soft pass", "softpass"), ("Fail", "fail"), ("None", "none")),
    ];

    private static readonly Dictionary<string, ExplorerProperty> ById = All.ToDictionary(property => property.Id, StringComparer.Ordinal);

    public static ExplorerProperty? Find(string id) => ById.GetValueOrDefault(id);

    private static ExplorerProperty Column(string id, string name, string group, params string[] columns) =>
        new(id, name, group, Text, new ColumnTarget(IsNumber: false, columns));

    private static ExplorerProperty Number(string id, string name, string group, string column) =>
        new(id, name, group, PropertyKind.Number, new ColumnTarget(IsNumber: true, column));

    private static ExplorerProperty Child(string id, string name, string group, string table, string column) =>
        new(id, name, group, Text, new ChildTarget(table, IsNumber: false, IsLater: false, column));

    private static ChildTarget Click(string expression) => new("UrlClickEvents", IsNumber: false, IsLater: true, expression);

    private static ExplorerProperty Clicked(string id, string name, string expression) => new(id, name, Clicks, Text, Click(expression));

    private static ChildTarget Link(string expression) => new("EmailUrlInfo", IsNumber: false, IsLater: false, expression);

    private static ExplorerProperty Choice(string id, string name, string group, string column, IReadOnlyList<PropertyChoice> choices) =>
        Choice(id, name, group, new ColumnTarget(IsNumber: false, column), choices);

    private static ExplorerProperty Choice(string id, string name, string group, Target target, IReadOnlyList<PropertyChoice> choices) =>
        new(id, name, group, PropertyKind.Choice, target) { Choices = choices };

    private static ExplorerProperty Predicates(string id, string name, string group, params (string Name, string Predicate)[] choices) =>
        Choice(id, name, group, new ChoiceTarget(choices.ToDictionary(choice => choice.Name, choice => $"({choice.Predicate})", StringComparer.Ordinal)),
            Vocabulary.Same([.. choices.Select(choice => choice.Name)]));

    private static ExplorerProperty Result(string id, string name, string key, params (string Name, string Value)[] choices) =>
        Choice(id, name, Authentication, new PairTarget("AuthenticationDetails", key), [.. choices.Select(choice => new PropertyChoice(choice.Name, choice.Value))]);
}

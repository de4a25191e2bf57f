using Weir.Detection.Policies;

namespace Weir.Detection.Contracts;

/// <summary>The spelling of policies on pages and in the record.</summary>
public static class PolicyNames
{
    /// <summary>Why nothing is done while Weir watches.</summary>
    public const string WatchOnly = "Watch only";

    /// <summary>Why nothing is done with a copy that came when the mail was delivered already.</summary>
    public const string AfterDelivery = "After delivery";

    /// <summary>Why mail that turned out bad after delivery stays where it is.</summary>
    public const string ZapOff = "ZAP is off";

    public const string SecOpsMailbox = "SecOps Mailbox";
    public const string PhishingSimulation = "Phishing Simulation";
    public const string FileTypeBlock = "Antimalware policy block by file type";
    public const string LanguageFilter = "Language filter";

    public static IReadOnlyList<PolicyType> Types { get; } = Enum.GetValues<PolicyType>();

    /// <summary>What a policy of a type may act on, in the order in which it is asked.</summary>
    public static IReadOnlyList<PolicyCause> CausesOf(PolicyType type) => type switch
    {
        PolicyType.AntiMalware => [PolicyCause.Malware, PolicyCause.BlockedFileType],
        PolicyType.AntiPhishing => [PolicyCause.Spoof, PolicyCause.UserImpersonation, PolicyCause.DomainImpersonation, PolicyCause.MailboxIntelligence],
        PolicyType.AntiSpam => [PolicyCause.HighConfidencePhish, PolicyCause.Phish, PolicyCause.HighConfidenceSpam, PolicyCause.Spam, PolicyCause.Bulk, PolicyCause.Language],
        _ => [PolicyCause.NotInspected, PolicyCause.Encrypted],
    };

    /// <summary>What may be done for a cause: dangerous mail is never just let through.</summary>
    public static IReadOnlyList<PolicyAction> ActionsFor(PolicyCause cause) => cause switch
    {
        PolicyCause.Malware => [PolicyAction.Quarantine, PolicyAction.Delete],
        PolicyCause.HighConfidencePhish => [PolicyAction.MoveToJunk, PolicyAction.Quarantine, PolicyAction.Delete],
        _ => Enum.GetValues<PolicyAction>(),
    };

    public static PolicyType TypeOf(PolicyCause cause) => Types.First(type => CausesOf(type).Contains(cause));

    /// <summary>Policies of a type in the order in which they are asked: presets, Strict first, then what people made, then the default.</summary>
    /// <param name="withOff">Those too that are off.</param>
    public static IEnumerable<Policy> InOrder(PolicySet policies, PolicyType type, bool withOff = false) =>
        PolicyTable.InOrder(policies, type).Where(policy => withOff || policy.IsOn);

    /// <summary>A new policy of a type: it does what the default does, for nobody yet.</summary>
    public static Policy NewOf(PolicyType type, Guid id) => BuiltInPolicies.Default(type) with { Id = id, Name = "", Origin = PolicyOrigin.Custom, Scope = PolicyScope.Nobody, Priority = int.MaxValue };

    /// <summary>Override sources that Weir knows of, its own and those of the allow/block list.</summary>
    public static IReadOnlyList<string> OverrideSources { get; } =
    [
        FileTypeBlock, "Connection policy", LanguageFilter, PhishingSimulation, SecOpsMailbox, "Sender address list (admin)", "Sender domain list (admin)",
        "TABL file block", "TABL sender email address block", "TABL spoof block", "TABL URL block",
    ];

    /// <summary>Policy type, letter for letter as analysts know it.</summary>
    public static string Of(PolicyType type) => type switch
    {
        PolicyType.AntiMalware => "Anti-malware",
        PolicyType.AntiPhishing => "Anti-phishing",
        PolicyType.AntiSpam => "Hosted content filter",
        _ => "Safe Attachments",
    };

    /// <summary>Policy action on pages.</summary>
    public static string Of(PolicyAction action) => action switch
    {
        PolicyAction.AddXHeader => "Add x-header",
        PolicyAction.MoveToJunk => "Move to Junk Email folder",
        PolicyAction.Quarantine => "Send to quarantine",
        PolicyAction.Delete => "Delete message",
        _ => "No action taken",
    };

    /// <summary>EmailAction of the hunting schema.</summary>
    public static string Recorded(PolicyAction action) => action switch
    {
        PolicyAction.AddXHeader => "Add X-header",
        PolicyAction.MoveToJunk => "Move message to junk mail folder",
        _ => Of(action),
    };

    public static string Of(PolicyCause cause) => cause switch
    {
        PolicyCause.Malware => "Malware",
        PolicyCause.BlockedFileType => "Blocked file type",
        PolicyCause.Spoof => "Spoof",
        PolicyCause.UserImpersonation => "User impersonation",
        PolicyCause.DomainImpersonation => "Domain impersonation",
        PolicyCause.MailboxIntelligence => "Mailbox intelligence impersonation",
        PolicyCause.HighConfidencePhish => "High confidence phishing",
        PolicyCause.Phish => "Phishing",
        PolicyCause.HighConfidenceSpam => "High confidence spam",
        PolicyCause.Spam => "Spam",
        PolicyCause.Bulk => "Bulk",
        PolicyCause.Language => "Language",
        PolicyCause.NotInspected => "File that could not be inspected",
        _ => "Encrypted file",
    };

    /// <summary>EmailActionPolicy of the hunting schema.</summary>
    public static string Family(PolicyCause cause) => cause switch
    {
        PolicyCause.Malware or PolicyCause.BlockedFileType => "Antimalware",
        PolicyCause.Spoof => "Anti-phishing spoof",
        PolicyCause.UserImpersonation => "Anti-phishing user impersonation",
        PolicyCause.DomainImpersonation => "Anti-phishing domain impersonation",
        PolicyCause.MailboxIntelligence => "Anti-phishing graph impersonation",
        PolicyCause.HighConfidencePhish or PolicyCause.Phish => "Antispam phishing",
        PolicyCause.HighConfidenceSpam => "Antispam high-confidence",
        PolicyCause.Spam or PolicyCause.Language => "Antispam",
        PolicyCause.Bulk => "Antispam bulk mail",
        _ => "Safe Attachments",
    };

    public static string Of(PolicyMode mode) => mode == PolicyMode.Watch ? WatchOnly : "On";

    /// <summary>What the mail server is told for an action.</summary>
    public static DeliveryDecision DecisionFor(PolicyAction action) => action switch
    {
        PolicyAction.MoveToJunk => DeliveryDecision.Junk,
        PolicyAction.Quarantine => DeliveryDecision.Quarantine,
        PolicyAction.Delete => DeliveryDecision.Reject,
        _ => DeliveryDecision.Deliver,
    };
}

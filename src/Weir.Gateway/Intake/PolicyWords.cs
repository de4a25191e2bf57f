using Weir.Detection.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>Which action and which policy, in the words of the hunting schema.</summary>
internal static class PolicyWords
{
    public const string NoAction = "No action taken";

    /// <summary>The severest thing that was decided for any recipient.</summary>
    public static string Action(IReadOnlyList<DeliveryDecision> decisions) => decisions.DefaultIfEmpty(DeliveryDecision.Deliver).Max() switch
    {
        DeliveryDecision.Reject => "Delete message",
        DeliveryDecision.Quarantine => "Send to quarantine",
        DeliveryDecision.Junk => "Move message to junk mail folder",
        _ => NoAction,
    };

    /// <summary>The family of the policy that decided, by verdict and by the strongest signal for it.</summary>
    public static string Policy(Judgement judgement)
    {
        var technology = Strongest(judgement)?.Technology;
        return judgement.Verdict switch
        {
            Verdict.Malware => technology is DetectionTechnology.FileDetonation or DetectionTechnology.FileDetonationReputation ? "Safe Attachments" : "Antimalware",
            Verdict.HighConfidencePhish or Verdict.Phish => technology switch
            {
                DetectionTechnology.ImpersonationDomain or DetectionTechnology.ImpersonationBrand => "Anti-phishing domain impersonation",
                DetectionTechnology.ImpersonationUser => "Anti-phishing user impersonation",
                DetectionTechnology.MailboxIntelligenceImpersonation => "Anti-phishing graph impersonation",
                DetectionTechnology.SpoofDmarc or DetectionTechnology.SpoofExternalDomain or DetectionTechnology.SpoofIntraOrg => "Anti-phishing spoof",
                _ => "Antispam phishing",
            },
            Verdict.Spam => judgement.Confidence == "High" ? "Antispam high-confidence" : "Antispam",
            Verdict.Bulk => "Antispam bulk mail",
            _ => "",
        };
    }

    /// <summary>The organisation's own override: <c>Allow</c> or <c>Block</c> (which wins), and which of its lists said so.</summary>
    public static (string Action, string Policy) Override(Judgement judgement)
    {
        var signal = judgement.Signals.Where(signal => signal.Override != OverrideKind.None).MaxBy(signal => signal.Override);
        return signal?.Override switch
        {
            OverrideKind.OrganizationBlock => ("Block", List(signal.Name, isBlock: true)),
            OverrideKind.OrganizationAllow => ("Allow", List(signal.Name, isBlock: false)),
            _ => ("", ""),
        };
    }

    /// <summary>Override source; signals of the list are named <c>blocked-KIND</c> and <c>allowed-KIND</c>.</summary>
    private static string List(string signal, bool isBlock) => signal[(signal.IndexOf('-', StringComparison.Ordinal) + 1)..] switch
    {
        "sender" => "Sender address list (admin)",
        "domain" => "Sender domain list (admin)",
        "ip" => "Connection policy",
        "url" when isBlock => "TABL URL block",
        "file" when isBlock => "TABL file block",
        "spoof" when isBlock => "TABL spoof block",
        _ => isBlock ? "Block" : "Allow",
    };

    private static Signal? Strongest(Judgement judgement) => judgement.Threats.Count == 0
        ? null
        : judgement.Signals
            .Where(signal => signal.Threat == judgement.Threats[0] && (signal.Weight > 0 || signal.IsConclusive))
            .OrderByDescending(signal => signal.IsConclusive)
            .ThenByDescending(signal => signal.Weight)
            .FirstOrDefault();
}

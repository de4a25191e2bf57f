namespace Weir.Detection.Contracts;

/// <summary>The spelling of the vocabularies in the record and on pages.</summary>
public static class Names
{
    public static string Of(DetectionTechnology technology) => technology switch
    {
        DetectionTechnology.AdvancedFilter => "Advanced filter",
        DetectionTechnology.AntimalwareProtection => "Antimalware protection",
        DetectionTechnology.Bulk => "Bulk",
        DetectionTechnology.Campaign => "Campaign",
        DetectionTechnology.DomainReputation => "Domain reputation",
        DetectionTechnology.FileDetonation => "File detonation",
        DetectionTechnology.FileDetonationReputation => "File detonation reputation",
        DetectionTechnology.FileReputation => "File reputation",
        DetectionTechnology.FingerprintMatching => "Fingerprint matching",
        DetectionTechnology.GeneralFilter => "General filter",
        DetectionTechnology.ImpersonationBrand => "Impersonation brand",
        DetectionTechnology.ImpersonationDomain => "Impersonation domain",
        DetectionTechnology.ImpersonationUser => "Impersonation user",
        DetectionTechnology.IpReputation => "IP reputation",
        DetectionTechnology.LlmContentAnalysis => "LLM content analysis",
        DetectionTechnology.MailBombing => "Mail bombing",
        DetectionTechnology.MailboxIntelligenceImpersonation => "Mailbox intelligence impersonation",
        DetectionTechnology.MixedAnalysisDetection => "Mixed analysis detection",
        DetectionTechnology.SpoofDmarc => "Spoof DMARC",
        DetectionTechnology.SpoofExternalDomain => "Spoof external domain",
        DetectionTechnology.SpoofIntraOrg => "Spoof intra-org",
        DetectionTechnology.UrlDetonation => "URL detonation",
        DetectionTechnology.UrlDetonationReputation => "URL detonation reputation",
        DetectionTechnology.UrlMaliciousReputation => "URL malicious reputation",
        _ => throw new ArgumentOutOfRangeException(nameof(technology), technology, "Not a detection technology."),
    };

    public static string Of(Direction direction) => direction switch
    {
        Direction.Inbound => "Inbound",
        Direction.IntraOrg => "Intra-org",
        Direction.Outbound => "Outbound",
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "Not a direction."),
    };

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Clean => "Clean",
        Verdict.Bulk => "Bulk",
        Verdict.Spam => "Spam",
        Verdict.Phish => "Phish",
        Verdict.HighConfidencePhish => "High confidence phish",
        Verdict.Malware => "Malware",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };
}

/// <summary>Threat types, in rising order.</summary>
public enum ThreatType { Spam, Phish, Malware }

/// <summary>Verdicts, in rising order (design: malware &gt; high-confidence phish &gt; phish &gt; spam &gt; bulk &gt; clean).</summary>
public enum Verdict { Clean, Bulk, Spam, Phish, HighConfidencePhish, Malware }

/// <summary>Detection technologies (inventory §1.1); <see cref="Names"/> has the spelling of the record.</summary>
public enum DetectionTechnology
{
    AdvancedFilter,
    AntimalwareProtection,
    Bulk,
    Campaign,
    DomainReputation,
    FileDetonation,
    FileDetonationReputation,
    FileReputation,
    FingerprintMatching,
    GeneralFilter,
    ImpersonationBrand,
    ImpersonationDomain,
    ImpersonationUser,
    IpReputation,
    LlmContentAnalysis,
    MailBombing,
    MailboxIntelligenceImpersonation,
    MixedAnalysisDetection,
    SpoofDmarc,
    SpoofExternalDomain,
    SpoofIntraOrg,
    UrlDetonation,
    UrlDetonationReputation,
    UrlMaliciousReputation,
}

/// <summary>Directionality.</summary>
public enum Direction { Inbound, IntraOrg, Outbound }

/// <summary>What Weir tells the mail server to do for one recipient.</summary>
public enum DeliveryDecision { Deliver, Junk, Quarantine, Reject }

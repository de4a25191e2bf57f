namespace Weir.Detection.Contracts;

/// <summary>What is done with mail of one kind for some recipients. Immutable; <see cref="PolicyNames"/> has the spellings.</summary>
public sealed record Policy
{
    /// <summary>Longest name.</summary>
    public const int LongestName = 64;

    public required Guid Id { get; init; }
    public required PolicyType Type { get; init; }
    public required string Name { get; init; }
    public string Description { get; init => field = value ?? ""; } = "";
    public PolicyOrigin Origin { get; init; }
    public bool IsOn { get; init; } = true;

    /// <summary>Among custom policies of a type the lowest comes first; each recipient gets the first that applies.</summary>
    public int Priority { get; init; }

    public PolicyScope Scope { get; init => field = value ?? PolicyScope.Nobody; } = PolicyScope.Nobody;

    /// <summary>What is not in it is left alone.</summary>
    public IReadOnlyDictionary<PolicyCause, PolicyAction> Actions { get; init => field = value ?? new Dictionary<PolicyCause, PolicyAction>(); } = new Dictionary<PolicyCause, PolicyAction>();

    /// <summary>The quarantine policies, by name, under which mail of a cause is held: what its recipient may do with it. A cause that is not in it goes by the usual one.</summary>
    public IReadOnlyDictionary<PolicyCause, string> QuarantinePolicies { get; init => field = value ?? new Dictionary<PolicyCause, string>(); } = new Dictionary<PolicyCause, string>();

    /// <summary>The field that <see cref="PolicyAction.AddXHeader"/> adds; its value is the verdict.</summary>
    public string Header { get; init => field = value ?? DefaultHeader; } = DefaultHeader;

    /// <summary>Anti-spam: the bulk complaint level (1 to 9) from which mail counts as bulk.</summary>
    public int BulkLevel { get; init; } = 7;

    /// <summary>Anti-malware: extensions without a dot; a file with one of them, also inside an archive, counts as blocked.</summary>
    public IReadOnlyList<string> FileTypes { get; init => field = value ?? []; } = [];

    /// <summary>Anti-spam: languages (two letters) in which nobody writes to these recipients.</summary>
    public IReadOnlyList<string> Languages { get; init => field = value ?? []; } = [];

    /// <summary>Anti-phishing: whose name must not be borrowed.</summary>
    public IReadOnlyList<ProtectedUser> ProtectedUsers { get; init => field = value ?? []; } = [];

    /// <summary>Anti-phishing: domains that must not be imitated, beside the organisation's own.</summary>
    public IReadOnlyList<string> ProtectedDomains { get; init => field = value ?? []; } = [];

    /// <summary>Anti-phishing: addresses and domains that never count as impersonation when they prove who they are.</summary>
    public IReadOnlyList<string> TrustedSenders { get; init => field = value ?? []; } = [];

    /// <summary>Anti-malware: malware found later is taken back; anti-spam: phishing found later.</summary>
    public bool IsZapOn { get; init; } = true;

    /// <summary>Anti-spam: spam found later is moved.</summary>
    public bool IsSpamZapOn { get; init; } = true;

    public const string DefaultHeader = "X-Weir-Unwanted";

    public PolicyAction ActionFor(PolicyCause cause) => Actions.GetValueOrDefault(cause);
}

/// <summary>Kinds of policies; each recipient has one of each.</summary>
public enum PolicyType { AntiMalware, AntiPhishing, AntiSpam, SafeAttachments }

/// <summary>Where a policy comes from; presets come first (Strict before Standard), then what people made, then the default.</summary>
public enum PolicyOrigin { Custom, Default, Standard, Strict }

/// <summary>What is done, in rising severity.</summary>
public enum PolicyAction { NoAction, AddXHeader, MoveToJunk, Quarantine, Delete }

/// <summary>Why a policy acts; each belongs to one type (<see cref="PolicyNames.CausesOf"/>).</summary>
public enum PolicyCause
{
    Malware,
    BlockedFileType,
    Spoof,
    UserImpersonation,
    DomainImpersonation,
    MailboxIntelligence,
    HighConfidencePhish,
    Phish,
    HighConfidenceSpam,
    Spam,
    Bulk,
    Language,
    NotInspected,
    Encrypted,
}

/// <summary>Somebody whose name must not be borrowed; of a person in the directory the address is enough.</summary>
public sealed record ProtectedUser(string Name, string Address);

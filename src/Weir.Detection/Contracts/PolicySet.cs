namespace Weir.Detection.Contracts;

/// <summary>All that people decide about what happens to mail. Immutable; saved as a whole, each time with the next version.</summary>
public sealed record PolicySet
{
    /// <summary>Counts from 1; who saves must have seen the newest.</summary>
    public long Version { get; init; }

    public required PolicyMode Mode { get; init; }
    public Preset Standard { get; init => field = value ?? new Preset(); } = new();
    public Preset Strict { get; init => field = value ?? new Preset(); } = new();

    /// <summary>Made by people, in any order.</summary>
    public IReadOnlyList<Policy> Policies { get; init => field = value ?? []; } = [];

    /// <summary>One of each type, for whoever gets no other.</summary>
    public IReadOnlyList<Policy> Defaults { get; init => field = value ?? []; } = [];

    public AdvancedDelivery AdvancedDelivery { get; init => field = value ?? new AdvancedDelivery(); } = new();
    public DateTimeOffset ChangedAt { get; init; }
    public string ChangedBy { get; init => field = value ?? ""; } = "";
}

/// <summary>What Weir does with its verdicts.</summary>
public enum PolicyMode
{
    /// <summary>Judge and record what would be done; every message goes on untouched.</summary>
    Watch,

    /// <summary>Policies decide about delivery.</summary>
    On,
}

/// <summary>For whom a preset is on; its actions are fixed.</summary>
public sealed record Preset
{
    public bool IsOn { get; init; }
    public PolicyScope Scope { get; init => field = value ?? PolicyScope.Everybody; } = PolicyScope.Everybody;
    public IReadOnlyList<ProtectedUser> ProtectedUsers { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> ProtectedDomains { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> TrustedSenders { get; init => field = value ?? []; } = [];
}

/// <summary>Mail that is delivered although it is bad, because that is what it is for.</summary>
public sealed record AdvancedDelivery
{
    /// <summary>Addresses that get everything as it came, malware too.</summary>
    public IReadOnlyList<string> SecOpsMailboxes { get; init => field = value ?? []; } = [];

    public IReadOnlyList<PhishingSimulation> Simulations { get; init => field = value ?? []; } = [];
}

/// <summary>Simulated phishing of a third party. Domain and address must both match; where links are named, the message must carry one of them.</summary>
public sealed record PhishingSimulation
{
    public required string Name { get; init; }

    /// <summary>Of MAIL FROM, or of a DKIM signature that passed.</summary>
    public IReadOnlyList<string> Domains { get; init => field = value ?? []; } = [];

    /// <summary>Addresses or networks of the client.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = value ?? []; } = [];

    /// <summary>Hosts, with or without a path; <c>*.</c> before a host stands for those below it.</summary>
    public IReadOnlyList<string> Urls { get; init => field = value ?? []; } = [];
}

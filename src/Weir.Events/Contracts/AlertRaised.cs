namespace Weir.Events.Contracts;

/// <summary>An alert was raised (AlertInfo and AlertEvidence).</summary>
public sealed record AlertRaised : Fact
{
    /// <summary>GUID text; raised once.</summary>
    public required string AlertId { get; init; }

    /// <summary>The name of the policy that raised it, as in the inventory §10.4.</summary>
    public required string Title { get; init; }

    /// <summary>What happened, in a sentence or two.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary><c>High</c>, <c>Medium</c>, <c>Low</c> or <c>Informational</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>Category as in the schema: <c>InitialAccess</c>, <c>ThreatManagement</c>, …</summary>
    public required string Category { get; init; }

    /// <summary>MITRE ATT&amp;CK techniques such as <c>T1566.002</c>.</summary>
    public IReadOnlyList<string> AttackTechniques { get; init => field = value ?? []; } = [];

    public IReadOnlyList<RecordedAlertEntity> Evidence { get; init => field = value ?? []; } = [];
}

/// <summary>One thing that an alert speaks of (a row of AlertEvidence). What does not apply is empty.</summary>
public sealed record RecordedAlertEntity
{
    /// <summary>EntityType as in the schema: <c>MailMessage</c>, <c>Mailbox</c>, <c>User</c>, <c>MailCluster</c>, <c>Url</c>, <c>File</c>, <c>Ip</c> or <c>GenericEntity</c>.</summary>
    public required string EntityType { get; init; }

    /// <summary><c>Impacted</c> or <c>Related</c>.</summary>
    public required string EvidenceRole { get; init; }

    public string NetworkMessageId { get; init => field = value ?? ""; } = "";
    public string EmailSubject { get; init => field = value ?? ""; } = "";

    /// <summary>The mailbox or account concerned, an address.</summary>
    public string AccountUpn { get; init => field = value ?? ""; } = "";

    public string Url { get; init => field = value ?? ""; } = "";
    public string IpAddress { get; init => field = value ?? ""; } = "";
    public string FileName { get; init => field = value ?? ""; } = "";
    public string Sha256 { get; init => field = value ?? ""; } = "";

    /// <summary>What the columns have no place for, such as an entry of the allow/block list.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>For a message: when it was received, so that its page is found.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}

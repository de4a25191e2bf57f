using Weir.Access.Contracts;
using Weir.Kernel;

namespace Weir.Response.Contracts;

/// <summary>The one door through which an alert is raised: it becomes a fact, and rows of AlertInfo and AlertEvidence.</summary>
public interface IRaiseAlert
{
    /// <summary>Raises an alert once per <see cref="NewAlert.Key"/>; it is on disk when this returns. Requires <see cref="Permission.AlertsManage"/>.</summary>
    /// <returns>The alert's id, that of the earlier one when the key was raised before.</returns>
    /// <exception cref="ArgumentException">No key, no title, or no evidence.</exception>
    ValueTask<string> RaiseAsync(Caller caller, NewAlert alert, CancellationToken cancellationToken);
}

/// <summary>How bad it is, as in AlertInfo.Severity.</summary>
public enum AlertSeverity { Informational, Low, Medium, High }

/// <summary>An alert to raise.</summary>
public sealed record NewAlert
{
    /// <summary>What it is about, in a form that says the same for the same event: a second alert of one key is not raised. Kept for 90 days.</summary>
    public required string Key { get; init; }

    /// <summary>The name of the alert policy, as in the inventory §10.4.</summary>
    public required string Title { get; init; }

    /// <summary>What happened and, when something should be done, what.</summary>
    public string Description { get; init; } = "";

    public required AlertSeverity Severity { get; init; }

    /// <summary>Category as in AlertInfo.</summary>
    public string Category { get; init; } = "ThreatManagement";

    /// <summary>MITRE ATT&amp;CK techniques such as <c>T1566.002</c>.</summary>
    public IReadOnlyList<string> AttackTechniques { get; init; } = [];

    /// <summary>At least one; at most <see cref="MostEvidence"/> are kept, the first ones.</summary>
    public required IReadOnlyList<AlertedEntity> Evidence { get; init; }

    public const int MostEvidence = 1_000;
}

/// <summary>One thing that an alert speaks of.</summary>
public sealed record AlertedEntity
{
    /// <summary>EntityType as in AlertEvidence.</summary>
    public required string Type { get; init; }

    /// <summary>Hit, or merely connected.</summary>
    public bool IsImpacted { get; init; } = true;

    public NetworkMessageId? MessageId { get; init; }

    /// <summary>For a message: when it was received, so that its page is found.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>The mailbox or account, an address.</summary>
    public string Account { get; init; } = "";

    public string Url { get; init; } = "";
    public string IpAddress { get; init; } = "";
    public string FileName { get; init; } = "";
    public string Sha256 { get; init; } = "";

    /// <summary>Anything else, such as an entry of the allow/block list.</summary>
    public string Name { get; init; } = "";

    /// <summary>A message in one mailbox.</summary>
    public static AlertedEntity Message(MessageTarget target, string subject) =>
        new() { Type = "MailMessage", MessageId = target.Id, ReceivedAt = target.Timestamp, Account = target.Recipient, Subject = subject };

    /// <summary>An account of the organisation.</summary>
    public static AlertedEntity User(string address) => new() { Type = "User", Account = address };

    /// <summary>What has no kind of its own.</summary>
    public static AlertedEntity Thing(string name) => new() { Type = "GenericEntity", Name = name };
}

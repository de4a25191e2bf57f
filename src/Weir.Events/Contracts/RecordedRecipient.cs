namespace Weir.Events.Contracts;

/// <summary>One envelope recipient and what Weir decided for it.</summary>
public sealed record RecordedRecipient
{
    /// <summary>As the client gave it.</summary>
    public required string Address { get; init; }

    public string ObjectId { get; init => field = value ?? ""; } = "";

    /// <summary><c>Deliver</c>, <c>Junk</c>, <c>Quarantine</c> or <c>Reject</c>.</summary>
    public required string Decision { get; init; }

    public bool IsFirstContact { get; init; }

    /// <summary>Read out of the message, not told by a mail server: it counts until a delivery is seen.</summary>
    public bool IsGuessed { get; init; }

    /// <summary>The recipient's user tags at that time.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];

    /// <summary>What was done, as EmailEvents.EmailAction; nothing in older records.</summary>
    public string? Action { get; init; }

    /// <summary>As EmailEvents.EmailActionPolicy; nothing when nothing was done.</summary>
    public string? ActionPolicy { get; init; }

    /// <summary>The policy that decided, by name, type and id; nothing when none had to.</summary>
    public string? PolicyName { get; init; }

    public string? PolicyType { get; init; }
    public string? PolicyId { get; init; }

    /// <summary>The quarantine policy under which it is held, when a policy names one.</summary>
    public string? QuarantinePolicy { get; init; }

    /// <summary>Why the policy's action was not done: <c>Watch only</c>, <c>After delivery</c>.</summary>
    public string? Held { get; init; }

    /// <summary>The decision that was not carried out, when there is one.</summary>
    public string? WouldDecide { get; init; }

    /// <summary>The action that was not done, as EmailEvents.EmailAction.</summary>
    public string? WouldAction { get; init; }

    /// <summary>What went before the verdict, the primary one first.</summary>
    public IReadOnlyList<RecordedOverride>? Overrides { get; init; }
}

/// <summary>Something that went before the verdict.</summary>
public sealed record RecordedOverride
{
    /// <summary><c>Allow</c> or <c>Block</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Override source of the inventory, such as <c>SecOps Mailbox</c>.</summary>
    public required string Source { get; init; }

    /// <summary>It decided; the others were there too.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>By a choice of the recipient, not of the organisation.</summary>
    public bool IsByUser { get; init; }
}

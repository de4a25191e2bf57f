namespace Weir.Detection.Contracts;

/// <summary>What policies say for one recipient of one message.</summary>
public sealed record PolicyOutcome
{
    /// <summary>What the mail server is told: <see cref="DeliveryDecision.Deliver"/> while nothing may be touched.</summary>
    public required DeliveryDecision Decision { get; init; }

    /// <summary>The action of the policy.</summary>
    public PolicyAction Action { get; init; }

    /// <summary>What the action means for delivery, were it done.</summary>
    public DeliveryDecision WouldDecide { get; init; }

    /// <summary>Why the action is not done (<see cref="PolicyNames.WatchOnly"/> …); empty when it is.</summary>
    public string Held { get; init; } = "";

    /// <summary>What in the message made a policy look at it; nothing when none did.</summary>
    public PolicyCause? Cause { get; init; }

    /// <summary>The policy that decided; nothing when none had to.</summary>
    public Policy? Policy { get; init; }

    /// <summary>The recipient's policies take such mail back when it is found after delivery.</summary>
    public bool IsZapOn { get; init; }

    /// <summary>The field to add, when that is the action and it is done.</summary>
    public string Header { get; init; } = "";

    /// <summary>Settings that went before the verdict, the one that decided first; those of the allow/block list are with the judgement.</summary>
    public IReadOnlyList<PolicyOverride> Overrides { get; init; } = [];
}

/// <summary>Something that went before the verdict.</summary>
/// <param name="Source">Override source as in the inventory, such as <c>SecOps Mailbox</c>.</param>
/// <param name="IsDeciding">It made the difference.</param>
public sealed record PolicyOverride(bool IsAllow, string Source, bool IsDeciding);

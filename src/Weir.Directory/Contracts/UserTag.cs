namespace Weir.Directory.Contracts;

/// <summary>A user tag and whom it is put on (inventory §17).</summary>
public sealed record UserTag
{
    /// <summary>The tag that every organisation has.</summary>
    public const string PriorityAccount = "Priority account";

    /// <summary>1 to 64 characters; compares without case and never changes.</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>It comes with Weir and cannot be deleted.</summary>
    public bool IsSystem => Name.Equals(PriorityAccount, StringComparison.OrdinalIgnoreCase);

    public TagRule Rule { get; init; } = TagRule.Nobody;

    /// <summary>People who have it now, by the rule or from the directory.</summary>
    public int People { get; init; }

    /// <summary>Of those, the ones the directory itself says it of.</summary>
    public int FromDirectory { get; init; }

    /// <summary>How often its rule was changed; 0 when it has none. Saving a tag that somebody changed meanwhile is refused.</summary>
    public int Version { get; init; }

    /// <summary>Who changed it last; empty when nobody did.</summary>
    public string ChangedBy { get; init; } = "";

    public DateTimeOffset? ChangedAt { get; init; }
}

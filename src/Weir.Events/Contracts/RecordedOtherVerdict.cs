namespace Weir.Events.Contracts;

/// <summary>What another filter said of a message, as kept in the record.</summary>
public sealed record RecordedOtherVerdict
{
    /// <summary><c>rspamd</c> or <c>SpamAssassin</c>.</summary>
    public required string Filter { get; init; }

    public required bool IsBad { get; init; }

    /// <summary>In its own words, such as <c>add header</c>.</summary>
    public string Says { get; init => field = value ?? ""; } = "";

    public double? Score { get; init; }
    public double? Threshold { get; init; }
    public IReadOnlyList<string> Rules { get; init => field = value ?? []; } = [];

    /// <summary>Its allow lists that held.</summary>
    public IReadOnlyList<string> Allows { get; init => field = value ?? []; } = [];
}

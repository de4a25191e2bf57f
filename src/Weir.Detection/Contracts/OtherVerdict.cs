namespace Weir.Detection.Contracts;

/// <summary>What another filter said of the same message, as its header fields tell.</summary>
public sealed record OtherVerdict
{
    /// <summary><c>rspamd</c> or <c>SpamAssassin</c>.</summary>
    public required string Filter { get; init; }

    /// <summary>It calls the message unwanted.</summary>
    public required bool IsBad { get; init; }

    /// <summary>In its own words, such as <c>add header</c> or <c>Yes</c>.</summary>
    public required string Says { get; init; }

    public double? Score { get; init; }

    /// <summary>The score from which it acts, as it wrote.</summary>
    public double? Threshold { get; init; }

    /// <summary>Names of its rules that held, those that weigh most first; bounded.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Those of its rules that let senders through whatever they send: allow lists.</summary>
    public IReadOnlyList<string> Allows { get; init; } = [];
}

using Weir.Detection.Facts.Places;

namespace Weir.Detection.Contracts;

/// <summary>What one detector says of one message.</summary>
public sealed record Signal
{
    /// <summary>The detector's id in kebab case, with a suffix when it says several things.</summary>
    public required string Name { get; init; }

    public required DetectionTechnology Technology { get; init; }

    /// <summary>The threat this speaks for or (negative weight) against; nothing for signals that count for every threat.</summary>
    public ThreatType? Threat { get; init; }

    /// <summary>Weight in log-odds (natural logarithm); negative for signs of a good message. 0 for signals that only inform.</summary>
    public double Weight { get; init; }

    /// <summary>Decides alone (malware, indicator, GTUBE, organisation block or allow).</summary>
    public bool IsConclusive { get; init; }

    /// <summary>What was seen, in words that lead back to the bytes.</summary>
    public required string Evidence { get; init; }

    /// <summary>The URL or attachment SHA-256 concerned, when there is one; marks its row as a threat.</summary>
    public string? Entity { get; init; }

    /// <summary>Name of the malware family or threat, when known.</summary>
    public string? ThreatName { get; init; }

    /// <summary>Whose name or domain is borrowed: <c>Anna Schmidt &lt;anna@weir.example&gt;</c>, or a domain; nothing when none is.</summary>
    public string? Impersonates { get; init; }

    /// <summary>Where the evidence stands, in the message or outside it; at most <see cref="Locator.Most"/>.</summary>
    public IReadOnlyList<Place> Places { get; init; } = [];

    /// <summary>What the detector says of the place; <see cref="Locator"/> finds the bytes.</summary>
    internal IReadOnlyList<Sighting> Sightings { get; init; } = [];

    /// <summary>Number of the entry of the allow/block list that it speaks for; 0 for others.</summary>
    public long ListEntry { get; init; }

    /// <summary>Set by the organisation's allow/block list.</summary>
    public OverrideKind Override { get; init; }
}

/// <summary>Whether a signal is an override by the organisation.</summary>
public enum OverrideKind { None, OrganizationAllow, OrganizationBlock }

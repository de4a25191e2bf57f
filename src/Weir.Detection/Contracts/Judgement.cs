using Weir.Mail.Contracts;

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

    /// <summary>Set by the organisation's allow/block list.</summary>
    public OverrideKind Override { get; init; }
}

/// <summary>Whether a signal is an override by the organisation.</summary>
public enum OverrideKind { None, OrganizationAllow, OrganizationBlock }

/// <summary>What removing signals would change.</summary>
/// <param name="Remove">Names of a smallest set of signals whose removal changes the verdict.</param>
/// <param name="To">The verdict then.</param>
public sealed record Counterfactual(IReadOnlyList<string> Remove, Verdict To);

/// <summary>The verdict on a message with all its reasons.</summary>
public sealed record Judgement
{
    public required Verdict Verdict { get; init; }

    /// <summary>All threat types above their threshold, the highest first; empty when clean or bulk.</summary>
    public IReadOnlyList<ThreatType> Threats { get; init; } = [];

    /// <summary>High, Medium or Low.</summary>
    public required string Confidence { get; init; }

    /// <summary>Finite; higher is worse.</summary>
    public required double Score { get; init; }

    public IReadOnlyList<Signal> Signals { get; init; } = [];

    /// <summary>Names of a smallest set of signals from which the rule alone gives this verdict.</summary>
    public IReadOnlyList<string> Because { get; init; } = [];

    /// <summary>Nothing when no removal changes the verdict.</summary>
    public Counterfactual? WouldChange { get; init; }

    /// <summary>Threat classification (inventory §18.3), empty when none.</summary>
    public string ThreatClassification { get; init; } = "";

    public int BulkComplaintLevel { get; init; }
}

/// <summary>A message and everything Weir knows of it after judging.</summary>
public sealed record JudgedMessage
{
    public required Weir.Kernel.NetworkMessageId Id { get; init; }
    public required ParsedMessage Message { get; init; }
    public required Envelope Envelope { get; init; }
    public required AuthenticationResults Authentication { get; init; }
    public required Direction Direction { get; init; }
    public required Judgement Judgement { get; init; }

    /// <summary>What to do for each envelope recipient, in the order of the envelope.</summary>
    public required IReadOnlyList<DeliveryDecision> Decisions { get; init; }
}

/// <summary>A message to judge.</summary>
public sealed record MessageToJudge
{
    public required Weir.Kernel.NetworkMessageId Id { get; init; }
    public required ReadOnlyMemory<byte> Raw { get; init; }
    public required Envelope Envelope { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Results of an upstream server that stand in for Weir's own authentication.</summary>
    public AuthenticationResults? RecordedAuthentication { get; init; }
}

/// <summary>The door to Detection.</summary>
public interface IMessageJudge
{
    /// <summary>Never throws for hostile mail; a detector that breaks becomes a signal of weight 0.</summary>
    ValueTask<JudgedMessage> JudgeAsync(MessageToJudge message, CancellationToken cancellationToken);
}

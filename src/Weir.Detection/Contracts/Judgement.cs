namespace Weir.Detection.Contracts;

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

    /// <summary>The verdict without the organisation's allows; nothing where none spoke of the message.</summary>
    public Verdict? VerdictWithoutAllow { get; init; }

    /// <summary>Threat classification (inventory §18.3), empty when none.</summary>
    public string ThreatClassification { get; init; } = "";

    public int BulkComplaintLevel { get; init; }

    /// <summary>Log-odds from which a sum of weights gave each verdict; for bulk the complaint level.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>What judged, by name (<c>rules</c>, <c>weights</c>, <c>model</c>, <c>lists</c>, <c>allow/block list</c> …), each as a short hash of its content.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What removing signals would change.</summary>
/// <param name="Remove">Names of a smallest set of signals whose removal changes the verdict.</param>
/// <param name="To">The verdict then.</param>
public sealed record Counterfactual(IReadOnlyList<string> Remove, Verdict To);

using Weir.Detection.Contracts;
using Weir.Detection.Facts;

namespace Weir.Detection.Detectors;

/// <summary>Looks for one thing in a message. A pure function of facts: no clock, network or state. Found by convention: one sealed class, one file.</summary>
internal interface IDetector
{
    /// <summary>Kebab case, unique. A detector that says several things names each signal for itself.</summary>
    string Id { get; }

    /// <summary>What it says. Weights are filled in afterwards from <see cref="Verdicts.Weights"/> by name.</summary>
    IEnumerable<Signal> Examine(MessageFacts message);
}

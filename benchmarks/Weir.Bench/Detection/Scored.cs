using Weir.Detection.Contracts;

namespace Weir.Bench.Detection;

/// <summary>What a filter says of a message: higher is worse.</summary>
/// <param name="IsMarked">At the filter's default threshold.</param>
internal sealed record Scored(Labelled Mail, double Score, bool IsMarked, Judgement? Judgement = null);

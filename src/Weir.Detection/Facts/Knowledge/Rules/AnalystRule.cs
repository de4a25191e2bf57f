using Weir.Detection.Contracts;

namespace Weir.Detection.Facts.Knowledge.Rules;

/// <summary>A rule that an analyst wrote: when all conditions hold, it says what it says.</summary>
/// <param name="Threat">Nothing: it counts for every threat.</param>
/// <param name="IsVerdict">It decides alone.</param>
internal sealed record AnalystRule(string Name, IReadOnlyList<RuleCondition> Conditions, double Weight, ThreatType? Threat, bool IsVerdict);

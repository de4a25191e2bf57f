using Weir.Detection.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>Short ways to write a signal.</summary>
internal static class Say
{
    private const int LongestEvidence = 300;

    public static Signal Phish(string name, string evidence, DetectionTechnology technology = DetectionTechnology.AdvancedFilter, string? entity = null) =>
        new() { Name = name, Technology = technology, Threat = ThreatType.Phish, Evidence = Short(evidence), Entity = entity };

    public static Signal Spam(string name, string evidence, DetectionTechnology technology = DetectionTechnology.AdvancedFilter, string? entity = null) =>
        new() { Name = name, Technology = technology, Threat = ThreatType.Spam, Evidence = Short(evidence), Entity = entity };

    public static Signal Malware(string name, string evidence, DetectionTechnology technology = DetectionTechnology.FileReputation, string? entity = null) =>
        new() { Name = name, Technology = technology, Threat = ThreatType.Malware, Evidence = Short(evidence), Entity = entity };

    /// <summary>Counts for (or against) every threat; with weight 0 it only informs.</summary>
    public static Signal Any(string name, string evidence, DetectionTechnology technology = DetectionTechnology.AdvancedFilter, string? entity = null) =>
        new() { Name = name, Technology = technology, Evidence = Short(evidence), Entity = entity };

    private static string Short(string text) => text.Length <= LongestEvidence ? text : string.Concat(text.AsSpan(0, LongestEvidence), "…");
}

using System.Text.Json;

namespace Weir.Portal.Explorer;

/// <summary>Threats and detection technologies of the record in the words of pages.</summary>
internal static class Threats
{
    /// <summary>Worse is higher, for sorting.</summary>
    public const string Severity =
        "case(ThreatTypes contains 'Malware', 4, ThreatTypes contains 'Phish' and AdditionalFields contains 'High confidence phish', 3, ThreatTypes contains 'Phish', 2, ThreatTypes contains 'Spam', 1, 0)";

    private static readonly string[] Order = ["Malware", "Phish", "Spam"];

    /// <summary>The highest threat as <c>kind|text</c>, for a pill; <c>none|No threat</c> when there is none.</summary>
    public static string Pill(string threatTypes, string verdict)
    {
        // The highest comes first, as the record writes them; the others are named behind it.
        var plus = string.Concat(threatTypes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .OrderBy(threat => Array.IndexOf(Order, threat)).Skip(1).Select(threat => $" + {threat}"));
        return threatTypes switch
        {
            _ when threatTypes.Contains("Malware", StringComparison.OrdinalIgnoreCase) => $"malware|Malware{plus}",
            _ when threatTypes.Contains("Phish", StringComparison.OrdinalIgnoreCase) =>
                verdict.Equals("High confidence phish", StringComparison.OrdinalIgnoreCase) ? $"hcphish|High confidence phish{plus}" : $"phish|Phish{plus}",
            _ when threatTypes.Contains("Spam", StringComparison.OrdinalIgnoreCase) => $"spam|Spam{plus}",
            _ => "none|No threat",
        };
    }

    /// <summary><c>{"Phish":["Spoof DMARC"]}</c> as <c>Spoof DMARC</c>.</summary>
    public static string Technologies(string detectionMethods)
    {
        if (LooseJson.Read(detectionMethods) is not { ValueKind: JsonValueKind.Object } methods)
        {
            return detectionMethods.Length == 0 ? "None" : detectionMethods;
        }

        return string.Join(", ", methods.EnumerateObject().SelectMany(threat => LooseJson.Strings(threat.Value)).Distinct(StringComparer.Ordinal));
    }
}

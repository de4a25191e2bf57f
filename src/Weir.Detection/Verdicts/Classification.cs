using Weir.Detection.Contracts;

namespace Weir.Detection.Verdicts;

/// <summary>What a threat is after (inventory §18.3), from the heaviest signal that tells.</summary>
internal static class Classification
{
    private static readonly Dictionary<string, string> BySignal = new(StringComparer.Ordinal)
    {
        ["fraud-gift-card"] = "Gift cards",
        ["fraud-bank-change"] = "Invoice fraud",
        ["fraud-invoice"] = "Invoice fraud",
        ["fraud-payroll"] = "Payroll fraud",
        ["fraud-task"] = "Task fraud",
        ["language-advance-fee"] = "Advance fee scam",
        ["language-credentials"] = "PII gathering",
        ["html-form"] = "PII gathering",
        ["attachment-html-form"] = "PII gathering",
    };

    public static string Of(IReadOnlyList<Signal> signals)
    {
        var found = signals.Where(signal => signal.Weight > 0 && BySignal.ContainsKey(signal.Name)).MaxBy(signal => signal.Weight);
        return found is null ? "" : BySignal[found.Name];
    }
}

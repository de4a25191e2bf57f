using Weir.Detection.Contracts;

namespace Weir.Detection.Verdicts;

/// <summary>What a threat is after (inventory §18.3), from the heaviest signal that tells.</summary>
internal static class Classification
{
    private static readonly Dictionary<string, string> BySignal = new(StringComparer.Ordinal)
    {
        ["fraud-gift-card"] = "Gift cards",
        ["fraud-gift-card-codes"] = "Gift cards",
        ["fraud-payroll"] = "Payroll fraud",
        ["fraud-bank-change"] = "Invoice fraud",
        ["fraud-transfer"] = "Invoice fraud",
        ["fraud-invoice"] = "Invoice fraud",
        // A false bill whose payment is the call.
        ["fraud-callback"] = "Invoice fraud",
        ["fraud-business-intelligence"] = "Business intelligence",
        ["fraud-pii"] = "PII gathering",
        ["fraud-task"] = "Task fraud",
        ["fraud-contact"] = "Contact establishment",
        ["fraud-extortion"] = "Ransom",
        ["language-extortion"] = "Ransom",
        ["language-advance-fee"] = "Advance fee scam",
        ["language-advance-fee-much"] = "Advance fee scam",
        ["language-credentials"] = "PII gathering",
        ["html-form"] = "PII gathering",
        ["attachment-html-form"] = "PII gathering",
    };

    private const string Weaker = "-words";

    public static string Of(IReadOnlyList<Signal> signals)
    {
        var found = signals.Where(signal => signal.Weight > 0 && Find(signal.Name).Length > 0).MaxBy(signal => signal.Weight);
        return found is null ? "" : Find(found.Name);
    }

    private static string Find(string name) => BySignal.GetValueOrDefault(name.EndsWith(Weaker, StringComparison.Ordinal) ? name[..^Weaker.Length] : name, "");
}

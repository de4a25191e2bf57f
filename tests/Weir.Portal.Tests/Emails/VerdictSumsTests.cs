using Weir.Portal.Emails;

namespace Weir.Portal.Tests.Emails;

public sealed class VerdictSumsTests
{
    private static readonly Dictionary<string, double> Thresholds = new(StringComparer.Ordinal) { ["Malware"] = 5, ["High confidence phish"] = 6, ["Phish"] = 3, ["Spam"] = 3, ["Bulk"] = 7 };

    [Fact]
    public void Weights_are_added_up_for_each_threat_beside_its_threshold()
    {
        var evidence = Evidence(Signal("a", "Phish", 2.5), Signal("b", "", 1), Signal("c", "Spam", 0.5), Signal("d", "", 4) with { Technology = "Bulk" }) with { Because = ["a", "b"] };

        Assert.Equal(
            [new VerdictSum("Malware", 1, 5), new VerdictSum("Phish", 3.5, 3), new VerdictSum("Unwanted of any kind", 4, 3), new VerdictSum("Bulk complaint level", 4, 7)],
            VerdictSums.Of(evidence));
        Assert.Equal([false, true, true, false], VerdictSums.Of(evidence).Select(sum => sum.IsReached));
        Assert.Equal("Together +3.5; Phish begins at 3.0.", VerdictSums.Together(evidence));
    }

    [Fact]
    public void What_is_said_of_an_allowed_link_does_not_count() =>
        Assert.Equal(
            ["Phish 1", "Unwanted of any kind 1"],
            VerdictSums.Of(Evidence(Signal("a", "Phish", 2.5) with { Entity = "https://x.example/" }, Signal("b", "Phish", 1), Signal("allowed-url", "", 0) with { Entity = "https://x.example/", Override = "OrganizationAllow" })).Select(sum => $"{sum.Name} {sum.Sum}"));

    [Fact]
    public void Nothing_is_added_up_where_a_signal_decides_alone_or_the_record_has_no_thresholds()
    {
        Assert.Empty(VerdictSums.Of(Evidence(Signal("a", "Phish", 2.5), Signal("gtube", "Spam", 0) with { IsConclusive = true })));
        Assert.Empty(VerdictSums.Of(Evidence(Signal("a", "Phish", 2.5)) with { Thresholds = new Dictionary<string, double>(StringComparer.Ordinal) }));
    }

    private static EmailEvidence Evidence(params EvidenceSignal[] signals) => new() { Verdict = "Phish", Signals = signals, Thresholds = Thresholds };

    private static EvidenceSignal Signal(string name, string threat, double weight) => new() { Name = name, Threat = threat, Weight = weight };
}

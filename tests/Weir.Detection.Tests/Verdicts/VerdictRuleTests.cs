using Weir.Detection.Contracts;
using Weir.Detection.Tests.Support;
using Weir.Detection.Verdicts;

namespace Weir.Detection.Tests.Verdicts;

public sealed class VerdictRuleTests
{
    private static readonly Thresholds Limits = new();

    private static Verdict Judge(params Signal[] signals) => VerdictRule.Judge(signals, Limits).Verdict;

    [Fact]
    public void Without_signals_a_message_is_clean() => Assert.Equal(Verdict.Clean, Judge());

    [Fact]
    public void Weights_of_one_threat_add_up_to_its_threshold()
    {
        Assert.Equal(Verdict.Clean, Judge(Some.Signal("a", 1.5), Some.Signal("b", 1.4)));
        Assert.Equal(Verdict.Phish, Judge(Some.Signal("a", 1.5), Some.Signal("b", 1.5)));
        Assert.Equal(Verdict.HighConfidencePhish, Judge(Some.Signal("a", 3), Some.Signal("b", 3)));
    }

    [Fact]
    public void What_speaks_for_phish_also_speaks_for_unwanted() =>
        Assert.Equal(Verdict.Spam, Judge(Some.Signal("a", 2), Some.Signal("b", 1.5, ThreatType.Spam)));

    [Fact]
    public void A_signal_without_a_threat_cannot_name_phish_alone() => Assert.Equal(Verdict.Spam, Judge(Some.Signal("a", 9, threat: null)));

    [Fact]
    public void Malware_comes_before_phish() =>
        Assert.Equal(Verdict.Malware, Judge(Some.Signal("a", 9), Some.Signal("b", 5, ThreatType.Malware)));

    [Fact]
    public void Signs_of_a_good_sender_subtract_only_from_sums()
    {
        var good = Some.Signal("good", -5, threat: null);

        Assert.Equal(Verdict.Clean, Judge(Some.Signal("a", 4), good));
        Assert.Equal(Verdict.Malware, Judge(Some.Signal("virus", 0, ThreatType.Malware) with { IsConclusive = true }, good));
    }

    [Fact]
    public void An_allowed_sender_passes_what_is_weighed_but_not_what_is_conclusive()
    {
        var allow = Some.Signal("allow", 0, threat: null) with { Override = OverrideKind.OrganizationAllow };

        Assert.Equal(Verdict.Clean, Judge(Some.Signal("a", 9), allow));
        Assert.Equal(Verdict.Malware, Judge(Some.Signal("virus", 0, ThreatType.Malware) with { IsConclusive = true }, allow));
    }

    [Fact]
    public void An_allowed_sender_or_machine_never_lets_malware_through_whatever_found_it()
    {
        var allow = Some.Signal("allowed-domain", 0, threat: null) with { Override = OverrideKind.OrganizationAllow };
        var pair = Some.Signal("allowed-spoof", 0, threat: null) with { Override = OverrideKind.OrganizationAllow, Technology = DetectionTechnology.SpoofExternalDomain };
        var link = Some.Signal("allowed-url", 0, threat: null) with { Override = OverrideKind.OrganizationAllow, Entity = "https://a.example/" };
        Signal[] weighed = [Some.Signal("attachment-double-extension", 6, ThreatType.Malware) with { Entity = "ab" }, Some.Signal("attachment-program", 5.5, ThreatType.Malware) with { Entity = "ab" }];

        Assert.Equal(Verdict.Malware, Judge([allow, .. weighed]));
        Assert.Equal(Verdict.Malware, Judge([allow, pair, link, .. weighed]));
        Assert.Equal(["attachment-double-extension"], Judgements.Of([allow, .. weighed], Limits).Because);
        Assert.Equal(Verdict.Clean, Judge([allow, Some.Signal("attachment-encrypted", 1, ThreatType.Malware)]));
        Assert.Equal(Verdict.Clean, Judge([Some.Signal("allowed-file", 0, threat: null) with { Override = OverrideKind.OrganizationAllow, Entity = "ab" }, .. weighed]));
    }

    [Fact]
    public void An_allowed_URL_silences_what_is_said_of_it_and_nothing_else()
    {
        var allow = Some.Signal("allow", 0, threat: null) with { Override = OverrideKind.OrganizationAllow, Entity = "https://a.example/" };
        var said = Some.Signal("url", 4) with { Entity = "https://a.example/" };

        Assert.Equal(Verdict.Clean, Judge(said, allow));
        Assert.Equal(Verdict.Phish, Judge(said, allow, Some.Signal("other", 4)));
    }

    [Fact]
    public void A_block_comes_before_an_allow()
    {
        var allow = Some.Signal("allow", 0, threat: null) with { Override = OverrideKind.OrganizationAllow };
        var block = Some.Signal("block", 0) with { Override = OverrideKind.OrganizationBlock, IsConclusive = true };

        Assert.Equal(Verdict.HighConfidencePhish, Judge(allow, block));
    }

    [Fact]
    public void Bulk_has_points_of_its_own_that_are_no_danger()
    {
        var bulk = Some.Signal("bulk", 7, threat: null) with { Technology = DetectionTechnology.Bulk };

        Assert.Equal(Verdict.Bulk, Judge(bulk));
        Assert.Equal(0, VerdictRule.Judge([bulk], Limits).Score);
    }

    [Fact]
    public void An_allowed_pair_forgives_only_that_the_author_is_not_proven()
    {
        var pair = Some.Signal("allowed-spoof", 0, threat: null) with { Override = OverrideKind.OrganizationAllow, Technology = DetectionTechnology.SpoofExternalDomain };
        var forged = Some.Signal("spoof", 5) with { Technology = DetectionTechnology.SpoofDmarc };

        Assert.Equal(Verdict.Clean, Judge(pair, forged));
        Assert.Equal(Verdict.Phish, Judge(pair, forged, Some.Signal("words", 3)));
    }

    [Fact]
    public void A_judgement_says_what_it_would_have_been_without_the_allow()
    {
        var allow = Some.Signal("allowed-domain", 0, threat: null) with { Override = OverrideKind.OrganizationAllow };

        var let = Judgements.Of([allow, Some.Signal("a", 9)], Limits);
        Assert.Equal((Verdict.Clean, Verdict.HighConfidencePhish), (let.Verdict, let.VerdictWithoutAllow));
        Assert.Equal(Verdict.Clean, Judgements.Of([allow], Limits).VerdictWithoutAllow);
        Assert.Null(Judgements.Of([Some.Signal("a", 9)], Limits).VerdictWithoutAllow);
    }
}

using CsCheck;
using Weir.Detection.Contracts;
using Weir.Detection.Tests.Support;
using Weir.Detection.Verdicts;

namespace Weir.Detection.Tests.Verdicts;

public sealed class ExplanationTests
{
    private static readonly Thresholds Limits = new();

    private static readonly Gen<Signal> AnySignal =
        from weight in Gen.Int[-30, 60]
        from threat in Gen.Int[0, 3]
        from bulk in Gen.Int[0, 9]
        from special in Gen.Int[0, 29]
        from entity in Gen.Int[0, 9]
        select new Signal
        {
            Name = "",
            Technology = bulk == 0 ? DetectionTechnology.Bulk : DetectionTechnology.AdvancedFilter,
            Threat = threat == 3 || bulk == 0 ? null : (ThreatType)threat,
            Weight = weight / 10.0,
            IsConclusive = special == 0,
            Override = special switch { 1 => OverrideKind.OrganizationBlock, 2 => OverrideKind.OrganizationAllow, _ => OverrideKind.None },
            Entity = entity < 2 ? $"url{entity}" : null,
            Evidence = "seen",
        };

    private static readonly Gen<List<Signal>> AnySignals = AnySignal.Array[0, 12].Select(signals => signals.Select((signal, i) => signal with { Name = $"s{i}" }).ToList());

    private static Verdict Judge(IEnumerable<Signal> signals) => VerdictRule.Judge([.. signals], Limits).Verdict;

    private static List<Signal> Without(List<Signal> signals, Counterfactual change) => [.. signals.Where(signal => !change.Remove.Contains(signal.Name))];

    [Fact]
    public void Because_alone_gives_the_same_verdict_and_none_of_it_can_be_left_out() => AnySignals.Sample(signals =>
    {
        var because = Explanation.Because(signals, Limits);
        var verdict = Judge(signals);

        Assert.Equal(verdict, Judge(because));
        Assert.All(because, left => Assert.NotEqual(verdict, Judge(because.Where(signal => signal != left))));
    });

    [Fact]
    public void Removing_what_would_change_it_gives_the_verdict_that_is_said() => AnySignals.Sample(signals =>
    {
        if (Explanation.WouldChange(signals, Limits) is not { } change)
        {
            return;
        }

        Assert.NotEmpty(change.Remove);
        Assert.Equal(change.To, Judge(Without(signals, change)));
        Assert.NotEqual(Judge(signals), change.To);
        Assert.All(change.Remove, kept => Assert.Equal(Judge(signals), Judge(Without(signals, change with { Remove = [.. change.Remove.Where(name => name != kept)] }))));
    });

    [Fact]
    public void Both_are_the_smallest_sets_there_are() => AnySignal.Array[0, 7].Select(signals => signals.Select((signal, i) => signal with { Name = $"s{i}" }).ToList()).Sample(signals =>
    {
        var verdict = Judge(signals);
        var subsets = Enumerable.Range(0, 1 << signals.Count).Select(bits => signals.Where((_, i) => (bits & (1 << i)) != 0).ToList()).ToList();
        var smallestCause = subsets.Where(subset => Judge(subset) == verdict).Min(subset => subset.Count);
        var changing = subsets.Where(subset => Judge(signals.Except(subset)) != verdict).ToList();

        Assert.Equal(smallestCause, Explanation.Because(signals, Limits).Count);
        Assert.Equal(changing.Count == 0 ? null : changing.Min(subset => subset.Count), Explanation.WouldChange(signals, Limits)?.Remove.Count);
    });

    [Fact]
    public void What_forgives_and_accuses_at_once_hides_no_change()
    {
        List<Signal> signals =
        [
            Some.Signal("good", -1.6),
            Some.Signal("allowed", 1.7) with { Override = OverrideKind.OrganizationAllow, Entity = "url0", Threat = ThreatType.Phish },
            Some.Signal("wanted", -0.2),
            Some.Signal("bad", 2.2) with { Threat = ThreatType.Spam },
        ];

        var change = Explanation.WouldChange(signals, Limits);

        Assert.Equal(Verdict.Clean, Judge(signals));
        Assert.Equal(["good"], change?.Remove);
        Assert.Equal(Verdict.Spam, change?.To);
    }

    [Fact]
    public void The_score_is_finite_and_a_stronger_sign_never_lowers_it() => Gen.Select(AnySignals, Gen.Int[0, 40]).Sample((signals, more) =>
    {
        var before = VerdictRule.Judge(signals, Limits).Score;
        var after = VerdictRule.Judge([.. signals, Some.Signal("more", more / 10.0)], Limits).Score;

        Assert.True(double.IsFinite(before));
        Assert.True(after >= before);
    });

    [Fact]
    public void Many_signals_are_explained_within_the_budget()
    {
        var signals = Enumerable.Range(0, 60).Select(i => Some.Signal($"s{i:00}", 0.25)).ToList();

        Assert.Equal(24, Explanation.Because(signals, Limits).Count);
        var change = Explanation.WouldChange(signals, Limits);
        Assert.Equal(Verdict.Phish, change?.To);
        Assert.Equal(37, change?.Remove.Count);
    }
}

using Weir.Detection.Learning;

namespace Weir.Detection.Tests.Learning;

public sealed class LogisticRegressionTests
{
    private static readonly LogisticRegression Regression = new(new LogisticRegression.Settings(Ridge: 0.001, Lasso: 0.0001, Passes: 200));

    [Fact]
    public void The_weight_of_a_sign_is_the_logarithm_of_how_much_more_often_the_bad_have_it()
    {
        // Of 100 bad ones 80 have it, of 100 good ones 20: odds ratio (80/20)/(20/80) = 16.
        var isBad = Enumerable.Range(0, 200).Select(i => i < 100).ToArray();
        var rows = Enumerable.Range(0, 80).Concat(Enumerable.Range(100, 20)).ToArray();

        var (intercept, weights) = Fit(isBad, new double[200], rows, -10, 10);

        Assert.Equal(Math.Log(16), weights[0], 0.05);
        Assert.Equal(Math.Log(20.0 / 80), intercept, 0.05);
    }

    [Fact]
    public void What_the_rules_say_already_is_not_learnt_again()
    {
        var isBad = Enumerable.Range(0, 200).Select(i => i < 100).ToArray();
        var rows = Enumerable.Range(0, 80).Concat(Enumerable.Range(100, 20)).ToArray();
        var offsets = Enumerable.Range(0, 200).Select(i => rows.Contains(i) ? Math.Log(16) : 0).ToArray();

        var (_, weights) = Fit(isBad, offsets, rows, -10, 10);

        Assert.Equal(0, weights[0], 0.02);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-1, 0.5)]
    public void Weights_stay_within_their_bounds(double lowest, double highest)
    {
        var isBad = Enumerable.Range(0, 40).Select(i => i < 20).ToArray();
        var (_, good) = Fit(isBad, new double[40], [.. Enumerable.Range(20, 20)], lowest, highest);
        var (_, bad) = Fit(isBad, new double[40], [.. Enumerable.Range(0, 20)], lowest, highest);

        Assert.Equal(lowest, good[0]);
        Assert.Equal(highest, bad[0]);
    }

    private static (double Intercept, double[] Weights) Fit(bool[] isBad, double[] offsets, int[] rows, double lowest, double highest) =>
        Regression.Fit(isBad, [.. Enumerable.Repeat(1.0, isBad.Length)], offsets, [new LogisticRegression.Column(rows, [.. Enumerable.Repeat(1f, rows.Length)], lowest, highest)], TestContext.Current.CancellationToken);
}

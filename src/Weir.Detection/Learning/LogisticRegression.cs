namespace Weir.Detection.Learning;

/// <summary>
/// Logistic regression with an offset for each example (what the rules say), bounds for each weight, and a penalty of its size and its presence:
/// cyclic coordinate descent with Newton steps, as of Friedman, Hastie and Tibshirani, "Regularization paths for generalized linear models via
/// coordinate descent" (2010). Deterministic.
/// </summary>
internal sealed class LogisticRegression(LogisticRegression.Settings settings)
{
    /// <param name="Ridge">Penalty of half the squared weight.</param>
    /// <param name="Lasso">Penalty of the absolute weight: features that hardly help get none.</param>
    /// <param name="Passes">Rounds over all features at most.</param>
    internal sealed record Settings(double Ridge, double Lasso, int Passes);

    /// <summary>One column: which examples have the feature, how much of it, and between what its weight must lie.</summary>
    internal sealed record Column(int[] Rows, float[] Values, double Lowest, double Highest);

    private const double Enough = 0.002;

    /// <param name="isBad">One for each example.</param>
    /// <param name="counts">How much each example counts.</param>
    /// <returns>Intercept and one weight for each column.</returns>
    public (double Intercept, double[] Weights) Fit(bool[] isBad, double[] counts, double[] offsets, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        var margins = offsets.ToArray();
        var weights = new double[columns.Count];
        var intercept = 0.0;
        var everyone = new Column([.. Enumerable.Range(0, margins.Length)], [.. Enumerable.Repeat(1f, margins.Length)], -10, 10);
        for (var pass = 0; pass < settings.Passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var moved = Math.Abs(Step(everyone, ref intercept, margins, isBad, counts, 1e-6, 0));
            for (var i = 0; i < columns.Count; i++)
            {
                // After a few rounds only what has a weight, and now and then everything again.
                if (weights[i] != 0 || pass < 3 || pass % 8 == 0)
                {
                    moved = Math.Max(moved, Math.Abs(Step(columns[i], ref weights[i], margins, isBad, counts, settings.Ridge, settings.Lasso)));
                }
            }

            if (moved < Enough && pass > 8)
            {
                break;
            }
        }

        return (intercept, weights);
    }

    /// <summary>Moves one weight to where it fits best while all others stay; returns by how much.</summary>
    private static double Step(Column column, ref double weight, double[] margins, bool[] isBad, double[] counts, double ridge, double lasso)
    {
        double slope = 0, bend = 0;
        for (var i = 0; i < column.Rows.Length; i++)
        {
            var row = column.Rows[i];
            var odds = 1 / (1 + Math.Exp(-margins[row]));
            var value = column.Values[i];
            slope += counts[row] * value * ((isBad[row] ? 1 : 0) - odds);
            bend += counts[row] * value * value * Math.Max(0.02, odds * (1 - odds));
        }

        // The penalties pull towards 0, which is "as the rules say".
        var aim = (bend * weight) + slope;
        var next = Math.Sign(aim) * Math.Max(0, Math.Abs(aim) - lasso) / (bend + ridge);
        next = Math.Clamp(next, Math.Max(column.Lowest, weight - 1), Math.Min(column.Highest, weight + 1));
        var moved = next - weight;
        if (moved != 0)
        {
            weight = next;
            for (var i = 0; i < column.Rows.Length; i++)
            {
                margins[column.Rows[i]] += moved * column.Values[i];
            }
        }

        return moved;
    }
}

namespace Weir.Kql.Plan;

/// <summary>
/// Arrays over a regular axis. The input has one row per key and bin: <see cref="Keys"/>, then <see cref="Axis"/>, then one column per series.
/// </summary>
internal sealed record MakeSeries(Rows Input, IReadOnlyList<Column> Keys, Column Axis, IReadOnlyList<(Column Input, Scalar Default, Column Output)> Series,
    Scalar? From, Scalar? To, Scalar Step, Column AxisOutput)
    : Rows([.. Keys, .. Series.Select(series => series.Output), AxisOutput])
{
    /// <summary>A row of defaults where the input has none and there are no keys.</summary>
    public bool IsNonEmpty { get; init; }
}

using Weir.Kql.Functions;

namespace Weir.Kql.Plan;

/// <summary>One row per combination of keys. Without keys exactly one row.</summary>
internal sealed record Summarize(Rows Input, IReadOnlyList<Computed> Keys, IReadOnlyList<AggregateCall> Aggregates)
    : Rows([.. Keys.Select(key => key.Column), .. Aggregates.SelectMany(aggregate => aggregate.Columns)]);

/// <summary>One aggregate; several columns for <c>arg_max(a, b)</c>.</summary>
internal sealed record AggregateCall(AggregateFunction Function, IReadOnlyList<Scalar> Arguments, IReadOnlyList<Column> Columns)
{
    /// <summary>Only rows for which this holds count.</summary>
    public Scalar? Filter { get; init; }
}

namespace Weir.Kql.Plan;

/// <summary>A row per element, at most <see cref="Limit"/> for each row of the input.</summary>
internal sealed record MvExpand(Rows Input, IReadOnlyList<Expansion> Items, Column? Index, bool BagsAsArrays, long? Limit, IReadOnlyList<Column> Columns)
    : Rows(Columns, Input.IsOrdered);

/// <summary>An array (or bag) and the column that gets its elements.</summary>
internal sealed record Expansion(Scalar Value, Column Column);

using Weir.Kql.Contracts;

namespace Weir.Kql.Plan;

/// <summary>An array (or bag) and the column that gets its elements.</summary>
internal sealed record Expansion(Scalar Value, Column Column);

/// <summary>A row per element. <see cref="Kept"/> are the input's columns that stay, <see cref="Columns"/> the output in order.</summary>
internal sealed record MvExpand(Rows Input, IReadOnlyList<Expansion> Items, Column? Index, bool BagsAsArrays, IReadOnlyList<Column> Columns)
    : Rows(Columns, Input.IsOrdered);

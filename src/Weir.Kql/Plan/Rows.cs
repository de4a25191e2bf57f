using Weir.Kql.Contracts;
using Weir.Kql.Functions;

namespace Weir.Kql.Plan;

/// <summary>A table-valued step.</summary>
/// <param name="IsOrdered">The order of the rows means something.</param>
internal abstract record Rows(IReadOnlyList<Column> Columns, bool IsOrdered = false)
{
    public IEnumerable<Column> Visible => Columns.Where(column => !column.IsHidden);
}

/// <summary>A column and what it holds.</summary>
internal sealed record Computed(Column Column, Scalar Value);

/// <summary>A table of the schema.</summary>
internal sealed record ReadTable(KqlTable Table, IReadOnlyList<Column> Columns) : Rows(Columns);

/// <summary>Rows written in the query.</summary>
internal sealed record Values(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<Scalar>> Items) : Rows(Columns, IsOrdered: true);

/// <summary>A table used by name, perhaps more than once. <see cref="Columns"/> are this use's own, in the order of the shared rows' columns.</summary>
internal sealed record Shared(SharedRows Of, IReadOnlyList<Column> Columns) : Rows(Columns, Of.Rows.IsOrdered);

/// <summary>What a <c>let</c> name stands for.</summary>
internal sealed class SharedRows(string name, Rows rows, bool isMaterialized)
{
    public string Name { get; } = name;

    public Rows Rows { get; } = rows;

    /// <summary>Computed once, however often it is used.</summary>
    public bool IsMaterialized { get; } = isMaterialized;
}

using Weir.Kql.Contracts;
using Weir.Kql.Functions;

namespace Weir.Kql.Plan;

/// <summary>A table-valued step.</summary>
/// <param name="IsOrdered">The order of the rows means something.</param>
internal abstract record Rows(IReadOnlyList<Column> Columns, bool IsOrdered = false)
{
    public IEnumerable<Column> Visible => Columns.Where(column => !column.IsHidden);

    /// <summary>Made of nothing but what the query itself says; groups of such rows keep the order of first appearance.</summary>
    public bool IsSmall() => this switch
    {
        Values or Range => true,
        Shared shared => shared.Of.Rows.IsSmall(),
        Where where => where.Input.IsSmall(),
        Project project => project.Input.IsSmall(),
        Sort sort => sort.Input.IsSmall(),
        Take take => take.Input.IsSmall(),
        Serialize serialize => serialize.Input.IsSmall(),
        Summarize summarize => summarize.Input.IsSmall(),
        MvExpand expand => expand.Input.IsSmall(),
        Union union => union.Parts.All(part => part.Rows.IsSmall()),
        _ => false,
    };
}

/// <summary>A column and what it holds.</summary>
internal sealed record Computed(Column Column, Scalar Value);

/// <summary>A table of the schema.</summary>
internal sealed record ReadTable(KqlTable Table, IReadOnlyList<Column> Columns) : Rows(Columns);

/// <summary>Rows written in the query.</summary>
internal sealed record Values(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<Scalar>> Items) : Rows(Columns);

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

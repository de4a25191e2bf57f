using Weir.Kql.Contracts;

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
        Shared shared => shared.Of.IsSmall,
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

    /// <summary>Steps when every name is written out; a name that is computed once counts once.</summary>
    public long Weight() => this switch
    {
        Shared shared => shared.Of.IsMaterialized ? 1 : shared.Of.Weight,
        Where where => 1 + where.Input.Weight(),
        Project project => 1 + project.Input.Weight(),
        Sort sort => 1 + sort.Input.Weight(),
        Take take => 1 + take.Input.Weight(),
        Serialize serialize => 1 + serialize.Input.Weight(),
        Summarize summarize => 1 + summarize.Input.Weight(),
        MvExpand expand => 1 + expand.Input.Weight(),
        Numbered numbered => 1 + numbered.Input.Weight(),
        MakeSeries series => 1 + series.Input.Weight(),
        Join join => 1 + join.Left.Weight() + join.Right.Weight(),
        Union union => 1 + union.Parts.Sum(part => part.Rows.Weight()),
        _ => 1,
    };
}

/// <summary>A column and what it holds.</summary>
internal sealed record Computed(Column Column, Scalar Value);

/// <summary>A table of the schema.</summary>
internal sealed record ReadTable(KqlTable Table, IReadOnlyList<Column> Columns) : Rows(Columns);

/// <summary>Rows written in the query.</summary>
internal sealed record Values(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<Scalar>> Items) : Rows(Columns);

/// <summary>A table used by name, perhaps more than once. The columns are this use's own, in the order of the shared rows' columns.</summary>
internal sealed record Shared(SharedRows Of, IReadOnlyList<Column> Columns) : Rows(Columns, Of.Rows.IsOrdered);

/// <summary>What a <c>let</c> name stands for.</summary>
internal sealed class SharedRows(string name, Rows rows, bool isMaterialized)
{
    /// <summary>Beyond so many steps the rows are computed once rather than written out at each use.</summary>
    private const long MostWritten = 100;

    public string Name { get; } = name;

    public Rows Rows { get; } = rows;

    /// <summary>Asked once: names that build on each other would ask without end.</summary>
    public bool IsSmall { get; } = rows.IsSmall();

    /// <summary>Steps in the rows when every name is written out, at most a million.</summary>
    public long Weight { get; } = Math.Min(rows.Weight(), 1_000_000);

    /// <summary>Computed once, however often it is used.</summary>
    public bool IsMaterialized { get; } = isMaterialized || rows.Weight() > MostWritten;
}

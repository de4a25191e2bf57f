using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private Rows BindMvExpand(Syntax.MvExpand expand, Rows input, Names names)
    {
        return Expand(expand.Items, expand.IndexColumn, expand.ExpandsBagsAsArrays, expand.Limit, input, names);
    }

    private Rows Expand(IReadOnlyList<MvExpandItem> items, string? indexColumn, bool bagsAsArrays, Expression? limit, Rows input, Names names)
    {
        var scope = new Scope(input, names);
        var taken = new HashSet<string>(input.Visible.Select(column => column.Name), StringComparer.Ordinal);
        var columns = input.Columns.ToList();
        var expansions = new List<Expansion>();
        var converted = new List<(Column From, Column To)>();
        foreach (var item in items)
        {
            var value = BindScalar(item.Value, scope);
            if (!value.Type.IsDynamic())
            {
                throw new Refusal($"'mv-expand' needs a dynamic value, not {value.Type.Name()}{(value.Type == KqlType.String ? "; use parse_json() or split() first" : "")}.", item.Value.Span);
            }

            var name = item.Name ?? AutoName(item.Value, scope) ?? Unnamed(taken);
            var element = NewColumn(name, KqlType.Dynamic);
            expansions.Add(new Expansion(Convert(value, KqlType.Dynamic), element));
            var at = columns.FindIndex(column => !column.IsHidden && column.Name == name);
            if (at < 0)
            {
                columns.Add(element);
            }
            else
            {
                columns[at] = element;
            }

            if (item.ToType is { } type && type != KqlType.Dynamic)
            {
                converted.Add((element, NewColumn(name, type)));
            }
        }

        Column? index = indexColumn is null ? null : NewColumn(indexColumn, KqlType.Long);
        if (index is not null)
        {
            columns.Add(index);
        }

        Rows rows = new Plan.MvExpand(input, expansions, index, bagsAsArrays, limit is null ? null : Count(limit, names), columns);
        return converted.Count == 0 ? rows : new Plan.Project(rows, [.. rows.Columns.Select(column =>
            converted.Find(pair => pair.From == column) is { To: { } to } ? new Computed(to, Convert(new ColumnValue(column), to.Type)) : new Computed(column, new ColumnValue(column)))]);
    }

    /// <summary>
    /// Each row gets a number; its elements carry that number while the body runs, which groups, sorts and limits within it;
    /// then the input's other columns are joined back.
    /// </summary>
    private Plan.Join BindMvApply(Syntax.MvApply apply, Rows input, Names names)
    {
        if (Partition(input) is not null)
        {
            throw new Refusal("'mv-apply' inside 'mv-apply' is not supported.", apply.Span);
        }

        var shared = Share("mv_apply", new Numbered(input, NewColumn("$row", KqlType.Long, isHidden: true)), isMaterialized: true);
        var inner = Use(shared);
        Rows rows = Expand(apply.Items, apply.IndexColumn, bagsAsArrays: false, apply.Limit, inner, names);
        var elements = rows.Visible.Where(column => !inner.Columns.Contains(column)).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var step in apply.Body)
        {
            Spend(step.Span);
            rows = BindOperator(step, rows, names);
        }

        var key = Partition(rows) ?? throw new Refusal("This operator is not supported inside 'mv-apply'.", apply.Span);
        var left = Use(shared);
        var number = left.Columns.Single(column => column.IsHidden);
        var own = rows.Visible.ToList();
        var produced = own.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var untouched = rows.Columns.Where(column => inner.Columns.Contains(column)).ToHashSet();
        var items = new List<Computed>();
        foreach (var column in left.Visible.Where(column => !elements.Contains(column.Name)))
        {
            items.Add(new Computed(NewColumn(column.Name, column.Type), new ColumnValue(column)));
        }

        var taken = items.Select(item => item.Column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var column in own.Where(column => !untouched.Contains(column)))
        {
            var at = items.FindIndex(item => item.Column.Name == column.Name);
            if (at >= 0 && elements.Contains(column.Name))
            {
                items[at] = new Computed(NewColumn(column.Name, column.Type), new ColumnValue(column));
            }
            else
            {
                items.Add(new Computed(NewColumn(Free(column.Name, taken), column.Type), new ColumnValue(column)));
            }
        }

        return new Plan.Join(left, rows, JoinKind.Inner, [(new ColumnValue(number), new ColumnValue(key))], items);
    }
}

using Weir.Kql.Contracts;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    /// <summary>Level by level: groups by all keys so far, joined with the rows that the level above kept, and the first of each of those.</summary>
    private Plan.Project BindTopNested(TopNested nested, Rows input, Names names)
    {
        if (Partition(input) is not null)
        {
            throw new Refusal("'top-nested' inside 'mv-apply' is not supported.", nested.Span);
        }

        var shared = Share("top_nested", input, isMaterialized: true);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        Rows? above = null;
        var keysAbove = new List<Column>();
        for (var i = 0; i < nested.Levels.Count; i++)
        {
            var level = nested.Levels[i];
            var rows = Use(shared);
            var scope = new Scope(rows, names);
            var local = new HashSet<string>(StringComparer.Ordinal);
            var keys = nested.Levels.Take(i + 1).Select(upper => BindKey(upper.Of, scope, local)).ToList();
            var aggregate = level.By is NamedExpression ? level.By : new NamedExpression(level.By.Span, [$"aggregated_{keys[^1].Column.Name}"], level.By);
            var calls = new List<AggregateCall>();
            var value = BindAggregateItem(aggregate, scope, keys, local, calls).Single();
            Rows groups = new Plan.Project(new Plan.Summarize(rows, keys, calls), [.. Keep(keys.Select(key => key.Column)), value]);

            var key = NewColumn(Free(keys[^1].Column.Name, taken), keys[^1].Column.Type);
            var total = NewColumn(Free(value.Column.Name, taken), value.Column.Type);
            Computed[] own = [new Computed(key, new ColumnValue(keys[^1].Column)), new Computed(total, new ColumnValue(value.Column))];
            var order = new SortKey(new ColumnValue(total), level.IsAscending, level.IsAscending);
            var group = above is null ? null : Partition(above);
            Rows kept = above is null
                ? new Plan.Sort(new Plan.Project(groups, own), [order])
                : new Plan.Sort(new Plan.Join(above, groups, JoinKind.Inner, [.. keysAbove.Select((column, j) => ((Plan.Scalar)new ColumnValue(column), (Plan.Scalar)new ColumnValue(keys[j].Column)))], [.. Keep(above.Columns), .. own]),
                    [.. InGroup(group!), order]);
            if (level.Count is { } count)
            {
                kept = new Plan.Take(kept, Count(count, names), group);
                kept = group is null ? kept : new Plan.Sort(kept, [.. InGroup(group), order]);
            }

            above = new Numbered(new Plan.Project(kept, [.. Keep(kept.Visible)]), NewColumn("$row", KqlType.Long, isHidden: true));
            keysAbove.Add(key);
        }

        return new Plan.Project(above!, [.. Keep(above!.Visible)]);

        static IEnumerable<SortKey> InGroup(Column group) => [new SortKey(new ColumnValue(group), IsAscending: true, NullsFirst: true)];
    }
}

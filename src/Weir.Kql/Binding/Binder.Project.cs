using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private static IEnumerable<Computed> Keep(IEnumerable<Column> columns) => columns.Select(column => new Computed(column, new ColumnValue(column)));

    /// <summary>These columns and the hidden ones.</summary>
    private static Plan.Project Projected(Rows input, IEnumerable<Computed> items) => new(input, [.. Keep(input.Columns.Where(column => column.IsHidden)), .. items]);

    private Plan.Project BindProject(Syntax.Project project, Rows input, Names names)
    {
        var scope = new Scope(input, names);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var items = new List<Computed>();
        foreach (var item in project.Columns)
        {
            if (item is NamedExpression named && !named.Names.All(taken.Add))
            {
                throw new Refusal($"The column '{named.Names[0]}' is named twice.", item.Span);
            }
        }

        foreach (var item in project.Columns)
        {
            if (item is WildcardExpression { Pattern: "*" })
            {
                items.AddRange(Keep(input.Visible.Where(column => taken.Add(column.Name))));
                continue;
            }

            items.AddRange(BindColumn(item, scope, taken));
        }

        return Projected(input, items);
    }

    /// <summary>The column or columns of one item of project, extend or print.</summary>
    private IEnumerable<Computed> BindColumn(Expression item, Scope scope, HashSet<string> taken)
    {
        if (item is NamedExpression { Names.Count: > 1 } several)
        {
            var array = Convert(BindScalar(several.Value, scope), KqlType.Dynamic);
            return [.. several.Names.Select((name, i) =>
            {
                var element = Call("element", item.Span, array, new Literal(KqlType.Long, (long)i));
                return new Computed(NewColumn(name, KqlType.Dynamic), element);
            })];
        }

        var value = BindScalar(item is NamedExpression given ? given.Value : item, scope);
        var name = item is NamedExpression { Names: [var only] } ? only
            : AutoName(item, scope) is { } auto ? Free(auto, taken) : Unnamed(taken);
        if (item is NameExpression && value is ColumnValue { Column: var same } && same.Name == name)
        {
            return [new Computed(same, value)];
        }

        return [new Computed(NewColumn(name, value.Type), value)];
    }

    /// <summary>New columns at the end; a column of that name is replaced in its place. Later items do not see earlier ones of the same extend.</summary>
    private Rows BindExtend(IReadOnlyList<Expression> columns, Rows input, Names names)
    {
        if (columns.Count == 0)
        {
            return input;
        }

        var scope = new Scope(input, names);
        var taken = new HashSet<string>(input.Visible.Select(column => column.Name), StringComparer.Ordinal);
        var items = Keep(input.Visible).ToList();
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            var isOwnName = column is NamedExpression || column is NameExpression;
            foreach (var computed in isOwnName && column is not NamedExpression ? [] : BindColumn(column, scope, taken))
            {
                if (!written.Add(computed.Column.Name))
                {
                    throw new Refusal($"The column '{computed.Column.Name}' is named twice.", column.Span);
                }

                var at = items.FindIndex(item => item.Column.Name == computed.Column.Name);
                if (at < 0)
                {
                    items.Add(computed);
                }
                else
                {
                    items[at] = computed;
                }
            }

            if (column is NameExpression)
            {
                BindScalar(column, scope);
            }
        }

        return Projected(input, items);
    }

    private Values BindPrint(Syntax.Print print, Names names)
    {
        var scope = new Scope(null, names);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var items = new List<Computed>();
        for (var i = 0; i < print.Columns.Count; i++)
        {
            var item = print.Columns[i];
            if (item is NamedExpression)
            {
                items.AddRange(BindColumn(item, scope, taken));
                continue;
            }

            var value = BindScalar(item, scope);
            if (value is Plan.Call { Function.Name: "array_sort_asc" or "array_sort_desc" } sorted && sorted.Arguments.Count(argument => argument.Type.IsDynamic()) is > 1 and var arrays)
            {
                items.AddRange(Enumerable.Range(0, arrays).Select(array => new Computed(
                    NewColumn(Free($"array{array + 1}_sorted", taken), KqlType.Dynamic), Call("element", item.Span, sorted, new Literal(KqlType.Long, (long)array)))));
                continue;
            }

            items.Add(new Computed(NewColumn($"print_{i}", value.Type), value));
        }

        return new Values([.. items.Select(item => item.Column)], [[.. items.Select(item => item.Value)]]);
    }

    private static Plan.Project BindProjectAway(ProjectAway away, Rows input)
    {
        var gone = Matching(away.Patterns, input, away.Span);
        return Projected(input, Keep(input.Visible.Where(column => !gone.Contains(column))));
    }

    private static Plan.Project BindProjectKeep(ProjectKeep keep, Rows input)
    {
        var kept = Matching(keep.Patterns, input, keep.Span);
        return Projected(input, Keep(input.Visible.Where(kept.Contains)));
    }

    private Plan.Project BindProjectRename(ProjectRename rename, Rows input)
    {
        var items = Keep(input.Visible).ToList();
        foreach (var column in rename.Columns)
        {
            if (column is not NamedExpression { Names: [var name], Value: NameExpression old })
            {
                throw new Refusal("'project-rename' is written new = old.", column.Span);
            }

            var source = RequireColumn(input, old.Name, old.Span);
            var at = items.FindIndex(item => item.Value is ColumnValue value && value.Column == source);
            if (items.Exists(item => item.Column.Name == name && item.Column != source))
            {
                throw new Refusal($"There is a column '{name}' already.", column.Span);
            }

            items[at] = new Computed(NewColumn(name, source.Type), new ColumnValue(source));
        }

        return Projected(input, items);
    }

    private static Plan.Project BindProjectReorder(ProjectReorder reorder, Rows input)
    {
        var first = new List<Column>();
        foreach (var item in reorder.Items)
        {
            var matched = input.Visible.Where(column => Matches(item.Pattern, column.Name) && !first.Contains(column));
            if (!item.Pattern.Contains('*', StringComparison.Ordinal))
            {
                RequireColumn(input, item.Pattern, reorder.Span);
            }

            first.AddRange(item.IsAscending switch
            {
                null => matched,
                true => item.ByNumber ? matched.OrderBy(column => Natural(column.Name), StringComparer.Ordinal) : matched.OrderBy(column => column.Name, StringComparer.Ordinal),
                false => item.ByNumber ? matched.OrderByDescending(column => Natural(column.Name), StringComparer.Ordinal) : matched.OrderByDescending(column => column.Name, StringComparer.Ordinal),
            });
        }

        return Projected(input, Keep(first.Concat(input.Visible.Except(first))));
    }

    /// <summary>A key under which a9 comes before a10.</summary>
    private static string Natural(string name)
    {
        var digits = name.Length - name.AsSpan().TrimEnd("0123456789").Length;
        return name[..^digits] + name[^digits..].PadLeft(12, '0');
    }

    private static HashSet<Column> Matching(IReadOnlyList<string> patterns, Rows input, Span span)
    {
        var matching = new HashSet<Column>();
        foreach (var pattern in patterns)
        {
            if (!pattern.Contains('*', StringComparison.Ordinal))
            {
                matching.Add(RequireColumn(input, pattern, span));
            }
            else
            {
                matching.UnionWith(input.Visible.Where(column => Matches(pattern, column.Name)));
            }
        }

        return matching;
    }

    private static bool Matches(string pattern, string name)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return pattern == name;
        }

        if (!name.StartsWith(parts[0], StringComparison.Ordinal) || name.Length < parts[0].Length + parts[^1].Length || !name.EndsWith(parts[^1], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            at = name.IndexOf(part, at, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            at += part.Length;
        }

        return at <= name.Length - parts[^1].Length;
    }
}

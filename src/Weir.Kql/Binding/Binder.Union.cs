using Weir.Kql.Contracts;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private Plan.Union BindUnion(Syntax.Union union, Rows? input, Names names)
    {
        var parts = new List<(Rows Rows, string Name)>();
        if (input is not null)
        {
            parts.Add((input, "union_arg0"));
        }

        foreach (var table in union.Tables)
        {
            parts.AddRange(Tables(table, names, union.IsFuzzy, parts.Count));
        }

        return parts.Count == 0 ? throw new Refusal("None of the tables is known.", union.Span) : Combine(parts, union.IsInner, union.SourceColumn, input);
    }

    private IEnumerable<(Rows Rows, string Name)> Tables(Expression table, Names names, bool isFuzzy, int position)
    {
        if (table is WildcardExpression wildcard)
        {
            return [.. schema.Tables.Values.Where(candidate => Matches(wildcard.Pattern, candidate.Name)).Select(candidate => ((Rows)Read(candidate), candidate.Name))];
        }

        if (table is NameExpression name)
        {
            if (isFuzzy && !names.TryFind(name.Name, out _) && !schema.Tables.ContainsKey(name.Name))
            {
                _warnings.Add(new Complaint($"The table '{name.Name}' is not known and left out.", name.Span, IsError: false));
                return [];
            }

            return [(BindRows(table, new Scope(null, names)), names.TryFind(name.Name, out var meaning) && meaning is not Function { Statement.IsView: true } ? $"union_arg{position}" : name.Name)];
        }

        try
        {
            return [(BindRows(table, new Scope(null, names)), table is PipelineExpression { Source: NameExpression source } && !names.TryFind(source.Name, out _) ? source.Name : $"union_arg{position}")];
        }
        catch (Refusal refusal) when (isFuzzy)
        {
            _warnings.Add(new Complaint($"A table is left out: {refusal.Message}", refusal.Span, IsError: false));
            return [];
        }
    }

    /// <summary>Columns are one when name and type agree; of one name and several types become name_type.</summary>
    private Plan.Union Combine(IReadOnlyList<(Rows Rows, string Name)> parts, bool isInner, string? sourceColumn, Rows? input)
    {
        var types = new Dictionary<string, List<KqlType>>(StringComparer.Ordinal);
        var order = new List<(string Name, KqlType Type)>();
        foreach (var column in parts.SelectMany(part => part.Rows.Visible))
        {
            var known = types.TryGetValue(column.Name, out var list) ? list : types[column.Name] = [];
            if (!known.Contains(column.Type))
            {
                known.Add(column.Type);
                order.Add((column.Name, column.Type));
            }
        }

        if (isInner)
        {
            order.RemoveAll(column => !parts.All(part => part.Rows.Visible.Any(own => own.Name == column.Name && own.Type == column.Type)));
        }

        // x_long made of x yields to a column that is called x_long in the first place.
        var plain = order.Where(column => types[column.Name].Count == 1 || isInner).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var columns = order.Select(column => NewColumn(types[column.Name].Count > 1 && !isInner ? Free($"{column.Name}_{column.Type.Name()}", plain) : column.Name, column.Type)).ToList();
        var hidden = input?.Columns.Where(column => column.IsHidden).ToList() ?? [];
        var source = sourceColumn is null ? null : NewColumn(sourceColumn, KqlType.String);
        var bound = parts.Select(part =>
        {
            var items = order.Select(column => part.Rows.Visible.FirstOrDefault(own => own.Name == column.Name && own.Type == column.Type) is { } own
                ? (Scalar)new ColumnValue(own) : new Literal(column.Type, column.Type == KqlType.String ? "" : null));
            var first = source is null ? [] : new Scalar[] { new Literal(KqlType.String, part.Name) };
            return (part.Rows, (IReadOnlyList<Scalar>)[.. hidden.Select(column => new ColumnValue(column)), .. first, .. items]);
        });
        return new Plan.Union([.. bound], [.. hidden, .. source is null ? [] : new[] { source }, .. columns]);
    }
}

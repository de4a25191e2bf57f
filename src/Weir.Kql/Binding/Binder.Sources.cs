using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private Plan.Range BindRange(Syntax.Range range, Names names)
    {
        var scope = new Scope(null, names);
        var from = BindScalar(range.From, scope);
        var to = BindScalar(range.To, scope);
        var step = BindScalar(range.Step, scope);
        var type = from.Type.IsNumber() && to.Type.IsNumber() && step.Type.IsNumber()
            ? new[] { from.Type, to.Type, step.Type }.Aggregate((a, b) => Typing.Common(a, b)!.Value)
            : from.Type;
        if (type == KqlType.Int)
        {
            type = KqlType.Long;
        }

        if (type.IsDynamic())
        {
            type = KqlType.Long;
        }

        if (!type.IsNumber() && type is not (KqlType.DateTime or KqlType.TimeSpan))
        {
            throw new Refusal($"A range is of numbers, datetimes or timespans, not {type.Name()}.", range.Span);
        }

        return new Plan.Range(NewColumn(range.Column, type), Convert(from, type), Convert(to, type), Convert(step, type == KqlType.DateTime ? KqlType.TimeSpan : type));
    }

    private Values BindDatatable(Datatable datatable, Names names)
    {
        var scope = new Scope(null, names);
        var columns = datatable.Columns.Select(column => NewColumn(column.Name, column.Type)).ToList();
        if (columns.Count == 0 || datatable.Values.Count % columns.Count != 0)
        {
            throw new Refusal($"The number of values ({datatable.Values.Count}) is no multiple of the number of columns ({columns.Count}).", datatable.Span);
        }

        var rows = new List<IReadOnlyList<Scalar>>();
        for (var i = 0; i < datatable.Values.Count; i += columns.Count)
        {
            rows.Add([.. columns.Select((column, j) => Cell(datatable.Values[i + j], column.Type, scope))]);
        }

        return new Values(columns, rows);
    }

    private Scalar Cell(Expression written, KqlType type, Scope scope)
    {
        Spend(written.Span);
        if (written is BinaryExpression or BetweenExpression)
        {
            throw new Refusal("A cell of 'datatable' is a literal, not an expression.", written.Span);
        }

        var value = written is LiteralExpression { Type: KqlType.Unknown, Value: null }
            ? new Literal(type, type == KqlType.String ? "" : null)
            : BindScalar(written, scope);
        return value is Literal { Value: null } && type == KqlType.String ? new Literal(type, "") : Convert(value, type);
    }

    /// <summary>Rows in which any column has the term; strings and dynamics are searched as text.</summary>
    private Plan.Union BindSearch(Syntax.Search search, Rows? input, Names names)
    {
        var parts = new List<(Rows Rows, string Name)>();
        if (input is not null)
        {
            parts.Add((input, "search_arg0"));
        }
        else if (search.Tables.Count > 0)
        {
            foreach (var table in search.Tables)
            {
                parts.AddRange(Tables(table, names, isFuzzy: false, parts.Count).Select(part => (part.Rows, part.Name)));
            }
        }
        else
        {
            parts.AddRange(schema.Tables.Values.Select(table => ((Rows)Read(table), table.Name)));
        }

        var filtered = parts.Select(part => ((Rows)new Plan.Where(part.Rows, SearchPredicate(search.Predicate, new Scope(part.Rows, names), search.IsCaseSensitive)), part.Name));
        return Combine([.. filtered], isInner: false, "$table", input);
    }

    private Scalar SearchPredicate(Expression predicate, Scope scope, bool isCaseSensitive)
    {
        switch (predicate)
        {
            case LiteralExpression { Type: KqlType.String, Value: string term }:
                return SearchTerm(term, scope, predicate.Span, isCaseSensitive);
            case BinaryExpression { Operator: "and" or "or" } both:
                return Call(both.Operator, both.Span, SearchPredicate(both.Left, scope, isCaseSensitive), SearchPredicate(both.Right, scope, isCaseSensitive));
            case CallExpression { Name: "not", Arguments: [var inner] }:
                return Call("not", predicate.Span, SearchPredicate(inner, scope, isCaseSensitive));
            case BinaryExpression { Operator: ":", Left: NameExpression column, Right: LiteralExpression { Value: string term } }:
                return scope.Find(column.Name) is { } found ? SearchIn([found], term, predicate.Span, isCaseSensitive) : new Literal(KqlType.Bool, false);
            default:
                try
                {
                    return Bool(BindScalar(predicate, scope), predicate.Span);
                }
                catch (Refusal refusal) when (refusal.IsUnknownName && FindsElsewhere(predicate))
                {
                    // A table without that column has no such row.
                    return new Literal(KqlType.Bool, false);
                }
        }
    }

    /// <summary>A test of a column, as against a misspelt constant.</summary>
    private static bool FindsElsewhere(Expression predicate) => predicate is BinaryExpression or BetweenExpression or CallExpression;

    private static Scalar SearchTerm(string term, Scope scope, Span span, bool isCaseSensitive) =>
        SearchIn(scope.Rows!.Visible, term, span, isCaseSensitive);

    /// <summary>foo is a term, foo* begins one, *foo ends one, *foo* stands anywhere.</summary>
    private static Scalar SearchIn(IEnumerable<Column> columns, string term, Span span, bool isCaseSensitive)
    {
        var starts = term.StartsWith('*');
        var ends = term.EndsWith('*');
        var bare = term.Trim('*');
        var op = (starts, ends) switch
        {
            (true, true) => "contains",
            (true, false) => "hassuffix",
            (false, true) => "hasprefix",
            _ => "has",
        };
        if (bare.Contains('*', StringComparison.Ordinal))
        {
            op = "matches regex";
            bare = (isCaseSensitive ? "" : "(?i)") + string.Join(".*", bare.Split('*').Select(System.Text.RegularExpressions.Regex.Escape));
        }
        else if (isCaseSensitive)
        {
            op += "_cs";
        }

        var tests = columns.Select(column => Text(op, new ColumnValue(column), new Literal(KqlType.String, bare), span)).ToList();
        return tests.Count == 0 ? new Literal(KqlType.Bool, false) : tests.Aggregate((a, b) => Call("or", span, a, b));
    }
}

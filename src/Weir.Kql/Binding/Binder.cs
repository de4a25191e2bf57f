using Weir.Kql.Contracts;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

/// <summary>A tree to a plan: resolves names, checks types, names columns. Stops with a <see cref="Refusal"/> at the first error.</summary>
internal sealed partial class Binder(KqlSchema schema, KqlCompileOptions options, IReadOnlyList<IReadOnlyList<string>> discovered)
{
    /// <summary>Expressions and steps in one plan; functions and names may multiply what a short text says.</summary>
    private const int MaxNodes = 60_000;

    /// <summary>Columns of all steps together; a join of a name with itself doubles them.</summary>
    private const int MaxColumns = 100_000;

    private readonly List<Complaint> _warnings = [];
    private int _columnIds;
    private int _shared;
    private int _nodes;
    private int _depth;
    private string? _render;

    public IReadOnlyList<Complaint> Warnings => _warnings;

    public BoundQuery Bind(Script script)
    {
        var names = new Names(null);
        foreach (var (name, value) in options.Parameters)
        {
            names.Set(name, Parameter(name, value));
        }

        var result = BindScript(script, names, isBody: false);
        var rows = result switch
        {
            Rows table => table,
            Scalar scalar => Print(scalar),
            _ => throw new Refusal("The query has no expression that gives a result.", new Span(0, 0)),
        };
        return new BoundQuery(rows, _render, _discovery);
    }

    /// <summary>Binds statements in order; the last expression is the result. Earlier expressions give results nobody sees, so they are refused.</summary>
    private object? BindScript(Script script, Names names, bool isBody)
    {
        object? result = null;
        foreach (var statement in script.Statements)
        {
            if (result is not null)
            {
                if (isBody)
                {
                    throw new Refusal("A function body ends with its expression.", statement.Span);
                }

                _warnings.Add(new Complaint("There are several queries; only the last one gives the result.", statement.Span, IsError: false));
            }

            switch (statement)
            {
                case LetStatement let:
                    names.Set(let.Name, Let(let, names));
                    break;
                case FunctionStatement function:
                    names.Set(function.Name, new Function(function, names));
                    break;
                case ExpressionStatement expression:
                    result = BindAny(expression.Value, new Scope(null, names));
                    break;
            }
        }

        return result;
    }

    private object Let(LetStatement let, Names names) => BindAny(let.Value, new Scope(null, names)) switch
    {
        Shared shared when let.Value is CallExpression { Name: "materialize" } => shared.Of,
        Rows rows => new SharedRows(let.Name, rows, isMaterialized: false),
        var scalar => scalar,
    };

    private Values Print(Scalar scalar)
    {
        var column = NewColumn("print_0", scalar.Type);
        return new Values([column], [[scalar]]);
    }

    private static Literal Parameter(string name, object value) => value switch
    {
        string text => new Literal(KqlType.String, text),
        bool flag => new Literal(KqlType.Bool, flag),
        int number => new Literal(KqlType.Int, number),
        long number => new Literal(KqlType.Long, number),
        double number => new Literal(KqlType.Real, number),
        DateTime time => new Literal(KqlType.DateTime, time.Ticks),
        DateTimeOffset time => new Literal(KqlType.DateTime, time.UtcTicks),
        TimeSpan span => new Literal(KqlType.TimeSpan, span.Ticks),
        System.Guid guid => new Literal(KqlType.Guid, guid),
        IEnumerable<string> list => new Literal(KqlType.Dynamic, Json.Array(list)),
        _ => throw new Refusal($"The parameter '{name}' has a type that queries do not know.", new Span(0, 0)),
    };

    private Column NewColumn(string name, KqlType type, bool isHidden = false) =>
        _columnIds < MaxColumns ? new(_columnIds++, name, type) { IsHidden = isHidden } : throw new Refusal("The query makes too many columns.", new Span(0, 0));

    private void Spend(Span span)
    {
        if (++_nodes > MaxNodes)
        {
            throw new Refusal("The query is too large.", span);
        }
    }

    /// <summary>A table-valued or a scalar expression: <see cref="Rows"/> or <see cref="Scalar"/>.</summary>
    private object BindAny(Expression expression, Scope scope)
    {
        Spend(expression.Span);
        if (++_depth > 900)
        {
            throw new Refusal("The query is nested too deeply.", expression.Span);
        }

        try
        {
            return expression switch
            {
                PipelineExpression pipeline => BindPipeline(pipeline, scope),
                NameExpression name => BindName(name, scope),
                CallExpression call => BindCall(call, scope),
                _ => BindOther(expression, scope),
            };
        }
        finally
        {
            _depth--;
        }
    }

    private Scalar BindScalar(Expression expression, Scope scope) => BindAny(expression, scope) switch
    {
        Scalar scalar => scalar,
        _ => throw new Refusal("A value is expected here, not a table; use toscalar() for the first value of a table.", expression.Span),
    };

    private Rows BindRows(Expression expression, Scope scope) => BindAny(expression, new Scope(null, scope.Names)) switch
    {
        Rows rows => rows,
        _ => throw new Refusal("A table is expected here, not a value.", expression.Span),
    };

    private Rows BindPipeline(PipelineExpression pipeline, Scope outer)
    {
        Rows? rows = pipeline.Source is null ? null : BindRows(pipeline.Source, outer);
        foreach (var step in pipeline.Operators)
        {
            Spend(step.Span);
            rows = BindOperator(step, rows, outer.Names);
        }

        return rows!;
    }

    private object BindName(NameExpression name, Scope scope)
    {
        if (scope.Find(name.Name) is { } column)
        {
            return new ColumnValue(column);
        }

        if (scope.Names.TryFind(name.Name, out var meaning))
        {
            return meaning switch
            {
                SharedRows shared => Use(shared),
                Function function => Invoke(function, [], name.Span, scope),
                _ => meaning,
            };
        }

        if (scope.Rows is null && schema.Tables.TryGetValue(name.Name, out var table))
        {
            return Read(table);
        }

        if (schema.Tables.TryGetValue(name.Name, out table))
        {
            return Read(table);
        }

        if (scope.Rows is { } rows && FromOpenBag(rows, name.Name) is { } value)
        {
            return value;
        }

        var candidates = scope.All.Concat(scope.Names.All);
        var near = Words.Nearest(name.Name, scope.Rows is null ? candidates.Concat(schema.Tables.Keys) : candidates);
        var what = scope.Rows is null ? "table or name" : "column or name";
        throw new Refusal(near is null ? $"No {what} '{name.Name}' is known here." : $"No {what} '{name.Name}' is known here; did you mean '{near}'?", name.Span) { IsUnknownName = true };
    }

    private ReadTable Read(KqlTable table) => new(table, [.. table.Columns.Select(column => NewColumn(column.Name, column.Type))]);

    private Shared Use(SharedRows shared) => new(shared, [.. shared.Rows.Columns.Select(column => NewColumn(column.Name, column.Type, column.IsHidden))]);

    private SharedRows Share(string name, Rows rows, bool isMaterialized) => new($"{name}_{_shared++}", rows, isMaterialized);

    private static Column? FindColumn(Rows rows, string name) => rows.Visible.FirstOrDefault(column => column.Name == name);

    private static Column RequireColumn(Rows rows, string name, Span span) => FindColumn(rows, name)
        ?? throw new Refusal(Words.Nearest(name, rows.Visible.Select(column => column.Name)) is { } near
            ? $"No column '{name}' is known here; did you mean '{near}'?" : $"No column '{name}' is known here.", span);
}

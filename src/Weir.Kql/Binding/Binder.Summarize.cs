using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private Rows BindSummarize(Syntax.Summarize summarize, Rows input, Names names)
    {
        var scope = new Scope(input, names);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var keys = HiddenKeys(input);
        keys.AddRange(summarize.Keys.Select(key => BindKey(key, scope, taken)));
        foreach (var item in summarize.Aggregates.OfType<NamedExpression>())
        {
            taken.UnionWith(item.Names);
        }

        var calls = new List<AggregateCall>();
        var items = new List<Computed>();
        foreach (var item in summarize.Aggregates)
        {
            items.AddRange(BindAggregateItem(item, scope, keys, taken, calls));
        }

        var groups = new Plan.Summarize(input, keys, calls);
        return items.All(item => item.Value is ColumnValue value && value.Column == item.Column) && items.Select(item => item.Column).SequenceEqual(calls.SelectMany(call => call.Columns))
            ? groups
            : new Plan.Project(groups, [.. Keep(keys.Select(key => key.Column)), .. items]);
    }

    /// <summary>A key keeps the name of the column inside it; tables cannot be grouped by dynamic values.</summary>
    private Computed BindKey(Expression key, Scope scope, HashSet<string> taken)
    {
        var value = BindScalar(key is NamedExpression given ? given.Value : key, scope);
        if (value.Type == KqlType.Dynamic)
        {
            throw new Refusal("Grouping by a dynamic value is not possible; convert it first, for example with tostring().", key.Span);
        }

        var name = key is NamedExpression { Names: [var only] } ? only : AutoName(key, scope);
        name = name is null ? Unnamed(taken) : Free(name, taken);
        return new Computed(value is ColumnValue { Column: var column } && column.Name == name ? column : NewColumn(name, value.Type), value);
    }

    /// <summary>The columns of one item: an aggregate, or an expression over aggregates.</summary>
    private IEnumerable<Computed> BindAggregateItem(Expression item, Scope scope, List<Computed> keys, HashSet<string> taken, List<AggregateCall> calls)
    {
        var given = item as NamedExpression;
        var expression = given?.Value ?? item;
        if (expression is CallExpression call && FunctionTable.Aggregates.TryGetValue(call.Name, out var function) && !scope.Names.TryFind(call.Name, out _))
        {
            var bound = BindAggregate(function, call, scope, keys, given?.Names ?? [], taken);
            calls.Add(bound);
            return Keep(bound.Columns);
        }

        var value = BindOverAggregates(expression, scope, keys, calls);
        var name = given?.Names[0] ?? (AutoName(expression, scope) is { } auto ? Free(auto, taken) : Unnamed(taken));
        return [new Computed(NewColumn(name, value.Type), value)];
    }

    /// <summary>An expression whose leaves are aggregates, keys and constants: the aggregates become hidden columns.</summary>
    private Scalar BindOverAggregates(Expression expression, Scope scope, List<Computed> keys, List<AggregateCall> calls)
    {
        var replaced = Replace(expression);
        var columns = keys.Select(key => key.Column).Concat(calls.SelectMany(call => call.Columns)).ToList();
        var inner = new Scope(new Values(columns, []), scope.Names);
        return BindScalar(replaced, inner);

        Expression Replace(Expression node)
        {
            switch (node)
            {
                case CallExpression call when FunctionTable.Aggregates.TryGetValue(call.Name, out var function) && !FunctionTable.Scalars.ContainsKey(call.Name):
                    var bound = BindAggregate(function, call, scope, keys, [$"$aggregate{calls.Count}"], []);
                    calls.Add(bound);
                    return new NameExpression(call.Span, bound.Columns[0].Name);
                case CallExpression call:
                    return call with { Arguments = [.. call.Arguments.Select(Replace)] };
                case BinaryExpression binary:
                    return binary with { Left = Replace(binary.Left), Right = Replace(binary.Right) };
                case SignExpression sign:
                    return sign with { Operand = Replace(sign.Operand) };
                case MemberExpression member:
                    return member with { Target = Replace(member.Target) };
                case IndexExpression index:
                    return index with { Target = Replace(index.Target) };
                case BetweenExpression between:
                    return between with { Value = Replace(between.Value), Low = Replace(between.Low), High = Replace(between.High) };
                case ListExpression list:
                    return list with { Items = [.. list.Items.Select(Replace)] };
                default:
                    return node;
            }
        }
    }

    private AggregateCall BindAggregate(AggregateFunction function, CallExpression call, Scope scope, List<Computed> keys, IReadOnlyList<string> given, HashSet<string> taken)
    {
        switch (function.Name)
        {
            case "arg_max" or "arg_min":
                return BindArg(function, call, scope, keys, given, taken);
            case "take_any" or "any" when call.Arguments is not [not WildcardExpression]:
                return BindArg(FunctionTable.Aggregates["take_any"], call, scope, keys, given, taken);
            case "percentile" or "percentiles" or "percentiles_array" or "percentilew" or "percentilesw" or "percentilesw_array":
                return BindPercentiles(function, call, scope, given, taken);
        }

        var arguments = call.Arguments.Select(argument => BindScalar(argument, scope)).ToList();
        var converted = CheckArguments(function.Signature, arguments, call.Span, call.Arguments);
        if (function.Check?.Invoke(converted) is { } wrong)
        {
            throw new Refusal($"'{call.Name}': {wrong}", call.Span);
        }

        var first = call.Arguments.Count > 0 ? AutoName(call.Arguments[0], scope) : null;
        var prefix = function.Name == "any" && call.Name == "any" ? "any" : function.Prefix;
        var name = given.Count > 0 ? given[0]
            : prefix is not null ? Free($"{prefix}_{first}", taken)
            : first is not null ? Free(first, taken) : Unnamed(taken);
        return new AggregateCall(function, converted, [NewColumn(name, function.Result?.Invoke([.. converted.Select(argument => argument.Type)]) ?? ResultType(function.Signature, converted))]);
    }

    /// <summary>arg_max(v, a, b), arg_max(v, *), take_any(a, b), take_any(*): the values of one row.</summary>
    private AggregateCall BindArg(AggregateFunction function, CallExpression call, Scope scope, List<Computed> keys, IReadOnlyList<string> given, HashSet<string> taken)
    {
        if (call.Arguments.Count == 0)
        {
            throw new Refusal($"'{call.Name}' needs an argument.", call.Span);
        }

        var values = new List<(Scalar Value, string? Name)>();
        var isArg = function.Name != "take_any";
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (call.Arguments[i] is WildcardExpression)
            {
                var first = isArg && values.Count > 0 && values[0].Value is ColumnValue extreme ? extreme.Column : null;
                values.AddRange(scope.Rows!.Visible
                    .Where(column => column != first && !keys.Exists(key => key.Value is ColumnValue value && value.Column == column))
                    .Select(column => ((Scalar)new ColumnValue(column), (string?)column.Name)));
                continue;
            }

            var value = BindScalar(call.Arguments[i], scope);
            values.Add((value, AutoName(call.Arguments[i], scope) ?? (i == 0 && isArg ? function.Name[4..] + "_" : null)));
        }

        var columns = new List<Column>();
        for (var i = 0; i < values.Count; i++)
        {
            var name = i < given.Count ? given[i] : values[i].Name is { } own ? Free(own, taken) : Unnamed(taken);
            columns.Add(NewColumn(name, values[i].Value.Type));
        }

        return new AggregateCall(function, [.. values.Select(value => value.Value)], columns);
    }

    private AggregateCall BindPercentiles(AggregateFunction function, CallExpression call, Scope scope, IReadOnlyList<string> given, HashSet<string> taken)
    {
        var arguments = CheckArguments(function.Signature, [.. call.Arguments.Select(argument => BindScalar(argument, scope))], call.Span, call.Arguments);
        var weighted = function.Name.Contains('w', StringComparison.Ordinal) ? 2 : 1;
        var first = AutoName(call.Arguments[0], scope);
        if (function.Name.EndsWith("_array", StringComparison.Ordinal))
        {
            return new AggregateCall(function, arguments, [NewColumn(given.Count > 0 ? given[0] : Free($"{call.Name}_{first}", taken), KqlType.Dynamic)]);
        }

        var type = arguments[0].Type.IsWhole() ? KqlType.Long : arguments[0].Type;
        var columns = arguments.Skip(weighted).Select((percentile, i) =>
        {
            var text = percentile is Literal { Value: { } number } ? System.Convert.ToString(number, System.Globalization.CultureInfo.InvariantCulture)!.Replace('.', '_')
                : throw new Refusal($"'{call.Name}' needs constant percentiles.", call.Span);
            return NewColumn(i < given.Count ? given[i] : Free($"percentile_{first}_{text}", taken), type);
        });
        return new AggregateCall(function, arguments, [.. columns]);
    }

    private Plan.Summarize BindDistinct(Syntax.Distinct distinct, Rows input, Names names)
    {
        var scope = new Scope(input, names);
        if (distinct.Columns is [WildcardExpression { Pattern: "*" }])
        {
            return new Plan.Summarize(input, [.. Keep(input.Columns.Where(column => !column.IsBag))], []);
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        return new Plan.Summarize(input, [.. HiddenKeys(input), .. distinct.Columns.Select(column => BindKey(column, scope, taken))], []);
    }
}

using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private static readonly Dictionary<string, KqlType> Conversions = new(StringComparer.Ordinal)
    {
        ["tostring"] = KqlType.String,
        ["tolong"] = KqlType.Long,
        ["toint"] = KqlType.Int,
        ["toreal"] = KqlType.Real,
        ["todouble"] = KqlType.Real,
        ["todecimal"] = KqlType.Decimal,
        ["tobool"] = KqlType.Bool,
        ["toboolean"] = KqlType.Bool,
        ["todatetime"] = KqlType.DateTime,
        ["totimespan"] = KqlType.TimeSpan,
        ["totime"] = KqlType.TimeSpan,
        ["toguid"] = KqlType.Guid,
    };

    private object BindCall(CallExpression call, Scope scope)
    {
        if (scope.Names.TryFind(call.Name, out var meaning))
        {
            return meaning is Function function
                ? Invoke(function, call.Arguments, call.Span, scope)
                : call.Arguments.Count == 0 ? BindName(new NameExpression(call.Span, call.Name), scope) : throw new Refusal($"'{call.Name}' is not a function.", call.Span);
        }

        if (Conversions.TryGetValue(call.Name, out var type))
        {
            Arguments(call, 1, 1);
            return Convert(BindScalar(call.Arguments[0], scope), type);
        }

        if (BindSpecial(call, scope) is { } special)
        {
            return special;
        }

        if (FunctionTable.Scalars.TryGetValue(call.Name, out var scalar) && char.IsLetter(call.Name[0]))
        {
            if (scalar.IsWindow && scope.Rows is not { IsOrdered: true })
            {
                throw new Refusal($"'{call.Name}' needs rows in an order: put 'sort by' or 'serialize' before.", call.Span);
            }

            return Call(scalar, [.. call.Arguments.Select(argument => BindScalar(argument, scope))], call.Span, call.Arguments);
        }

        if (FunctionTable.Aggregates.ContainsKey(call.Name))
        {
            throw new Refusal($"'{call.Name}' is an aggregate; it is allowed in summarize and make-series only.", call.Span);
        }

        var near = Words.Nearest(call.Name, FunctionTable.Scalars.Keys.Concat(Conversions.Keys).Concat(scope.Names.All));
        throw new Refusal(near is null ? $"The function '{call.Name}' is not known or not supported." : $"The function '{call.Name}' is not known or not supported; did you mean '{near}'?", call.Span);
    }

    private static void Arguments(CallExpression call, int least, int most)
    {
        if (call.Arguments.Count < least || call.Arguments.Count > most)
        {
            throw new Refusal(least == most ? $"'{call.Name}' takes {least} argument{(least == 1 ? "" : "s")}." : $"'{call.Name}' takes {least} to {most} arguments.", call.Span);
        }
    }

    private static Plan.Call Call(string name, Span span, params Scalar[] arguments) => Call(FunctionTable.Scalars[name], arguments, span, null);

    private static Plan.Call Call(ScalarFunction function, IReadOnlyList<Scalar> arguments, Span span, IReadOnlyList<Expression>? written)
    {
        var signature = function.Signature;
        var converted = CheckArguments(signature, arguments, span, written);
        if (function.Check?.Invoke(converted) is { } wrong)
        {
            throw new Refusal($"'{function.Name}': {wrong}", span);
        }

        return new Call(function, converted, function.Result?.Invoke([.. converted.Select(argument => argument.Type)]) ?? ResultType(signature, converted));
    }

    private static IReadOnlyList<Scalar> CheckArguments(Signature signature, IReadOnlyList<Scalar> arguments, Span span, IReadOnlyList<Expression>? written)
    {
        var name = signature.Names[0];
        if (arguments.Count < signature.Least || arguments.Count > signature.Most)
        {
            throw new Refusal($"'{name}' is written {signature.Text}.", span);
        }

        KqlType? same = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            var parameter = signature.At(i);
            if (!parameter.Accepts(arguments[i].Type))
            {
                throw new Refusal($"'{name}' needs {parameter.Word} as {parameter.Name}, not {arguments[i].Type.Name()}.", written?[i].Span ?? span);
            }

            if (parameter.Word == "same" && name == "coalesce" && same is { } other && other.IsWhole() != arguments[i].Type.IsWhole() && other.IsNumber() && arguments[i].Type.IsNumber())
            {
                throw new Refusal($"The arguments of 'coalesce' must have one type, not {other.Name()} and {arguments[i].Type.Name()}.", written?[i].Span ?? span);
            }

            if (parameter.Word == "same")
            {
                same = same is null ? arguments[i].Type : Typing.Common(same.Value, arguments[i].Type)
                    ?? (same == KqlType.Dynamic || arguments[i].Type == KqlType.Dynamic ? KqlType.Dynamic : throw new Refusal(
                        $"The arguments of '{name}' must have one type, not {same.Value.Name()} and {arguments[i].Type.Name()}.", written?[i].Span ?? span));
            }
        }

        return [.. arguments.Select((argument, i) => Convert(argument, signature.At(i).Word == "same" ? (same == KqlType.Unknown ? KqlType.Dynamic : same!.Value) : signature.At(i).Target(argument.Type)))];
    }

    private static KqlType ResultType(Signature signature, IReadOnlyList<Scalar> arguments)
    {
        switch (signature.Returns)
        {
            case "first":
                return arguments[0].Type;
            case "second":
                return arguments[1].Type;
            case "promoted":
                return arguments[0].Type is KqlType.Int or KqlType.Bool ? KqlType.Long : arguments[0].Type;
            case "same":
                for (var i = 0; i < arguments.Count; i++)
                {
                    if (signature.At(i).Word == "same")
                    {
                        return arguments[i].Type;
                    }
                }

                return KqlType.Dynamic;
            default:
                return KqlTypes.Parse(signature.Returns) ?? throw new InvalidOperationException($"{signature.Text} returns no known type.");
        }
    }

    /// <summary>Functions whose arguments are more than values.</summary>
    private object? BindSpecial(CallExpression call, Scope scope)
    {
        switch (call.Name)
        {
            case "now":
                Arguments(call, 0, 1);
                var now = new Literal(KqlType.DateTime, options.Now.UtcTicks);
                return call.Arguments.Count == 0 ? now : Arithmetic("+", now, BindScalar(call.Arguments[0], scope), call.Span);
            case "ago":
                Arguments(call, 1, 1);
                return Arithmetic("-", new Literal(KqlType.DateTime, options.Now.UtcTicks), BindScalar(call.Arguments[0], scope), call.Span);
            case "toscalar":
                Arguments(call, 1, 1);
                return BindAny(call.Arguments[0], scope) is var inner && inner is Rows table
                    ? table.Visible.FirstOrDefault() is { } first ? new TableScalar(table, first) : throw new Refusal("The table has no columns.", call.Span)
                    : inner;
            case "materialize":
                Arguments(call, 1, 1);
                return Use(Share("materialized", BindRows(call.Arguments[0], scope), isMaterialized: true));
            case "table":
                Arguments(call, 1, 2);
                return BindScalar(call.Arguments[0], scope) is Literal { Value: string name }
                    ? BindRows(new NameExpression(call.Span, name), scope) : throw new Refusal("'table' needs a literal name.", call.Span);
            case "todynamic" or "parse_json" or "parsejson" or "toobject":
                Arguments(call, 1, 1);
                var text = BindScalar(call.Arguments[0], scope);
                return text.Type.IsDynamic() ? Convert(text, KqlType.Dynamic) : text.Type == KqlType.String ? Call("parse json", call.Span, text) : Convert(text, KqlType.Dynamic);
            case "column_ifexists" or "columnifexists":
                Arguments(call, 2, 2);
                return BindScalar(call.Arguments[0], scope) is Literal { Value: string column }
                    ? scope.Find(column) is { } found ? new ColumnValue(found) : BindScalar(call.Arguments[1], scope)
                    : throw new Refusal("'column_ifexists' needs a literal name.", call.Span);
            case "ingestion_time":
                return scope.Find("Timestamp") is { Type: KqlType.DateTime } timestamp ? new ColumnValue(timestamp) : new Literal(KqlType.DateTime, null);
            case "pack_all":
                Arguments(call, 0, 1);
                var ignoresEmpty = call.Arguments.Count == 1 && BindScalar(call.Arguments[0], scope) is Literal { Value: true };
                return PackColumns(scope.Rows?.Visible ?? [], call.Span, ignoresEmpty ? "pack without empty" : "bag_pack");
            case "bag_pack_columns":
                return PackColumns(call.Arguments.Select(argument => BindScalar(argument, scope) is ColumnValue value ? value.Column
                    : throw new Refusal("'bag_pack_columns' needs columns.", argument.Span)), call.Span, "bag_pack");
            case "case":
                return Case(call, scope);
            case "extract" when call.Arguments is [_, _, _, TypeOfExpression type]:
                return Convert(BindScalar(call with { Arguments = [.. call.Arguments.Take(3)] }, scope), type.Type);
            case "extractjson" or "extract_json" when call.Arguments is [_, _, TypeOfExpression type]:
                return Convert(BindScalar(call with { Arguments = [.. call.Arguments.Take(2)] }, scope), type.Type);
            case "not":
                Arguments(call, 1, 1);
                return Call("not", call.Span, Bool(BindScalar(call.Arguments[0], scope), call.Arguments[0].Span));
            default:
                return null;
        }
    }

    private static Plan.Call PackColumns(IEnumerable<Column> columns, Span span, string function) =>
        Call(function, span, [.. columns.SelectMany(column => new Scalar[] { new Literal(KqlType.String, column.Name), new ColumnValue(column) })]);

    private Scalar Case(CallExpression call, Scope scope)
    {
        if (call.Arguments.Count < 3 || call.Arguments.Count % 2 == 0)
        {
            throw new Refusal("'case' is written case(condition, value, …, otherwise).", call.Span);
        }

        var result = BindScalar(call.Arguments[^1], scope);
        for (var i = call.Arguments.Count - 3; i >= 0; i -= 2)
        {
            result = Call("iff", call.Span, Bool(BindScalar(call.Arguments[i], scope), call.Arguments[i].Span), BindScalar(call.Arguments[i + 1], scope), result);
        }

        return result;
    }

    /// <summary>Calls a function of the query: its body is bound with the arguments in the place of the parameters.</summary>
    private object Invoke(Function function, IReadOnlyList<Expression> arguments, Span span, Scope scope, Rows? first = null)
    {
        var statement = function.Statement;
        var names = new Names(function.Closure);
        var given = new Dictionary<string, Expression>(StringComparer.Ordinal);
        var position = first is null ? 0 : 1;
        foreach (var argument in arguments)
        {
            if (argument is NamedExpression { Names: [var name] } named)
            {
                given[name] = named.Value;
            }
            else if (statement.Parameters.Skip(position).FirstOrDefault(parameter => !given.ContainsKey(parameter.Name)) is { } next)
            {
                given[next.Name] = argument;
            }
            else
            {
                throw new Refusal($"'{statement.Name}' takes {statement.Parameters.Count} arguments.", argument.Span);
            }
        }

        for (var i = 0; i < statement.Parameters.Count; i++)
        {
            var parameter = statement.Parameters[i];
            if (i == 0 && first is not null)
            {
                names.Set(parameter.Name, Share(parameter.Name, first, isMaterialized: false));
            }
            else if (given.TryGetValue(parameter.Name, out var value) || (value = parameter.Default) is not null)
            {
                names.Set(parameter.Name, parameter.Type is { } type
                    ? Convert(BindScalar(value, scope), type)
                    : Share(parameter.Name, BindRows(value, scope), isMaterialized: false));
            }
            else
            {
                throw new Refusal($"'{statement.Name}' needs a value for '{parameter.Name}'.", span);
            }
        }

        return BindScript(statement.Body, names, isBody: true) ?? throw new Refusal($"The function '{statement.Name}' has no expression.", span);
    }
}

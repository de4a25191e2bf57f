using System.Globalization;
using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private Scalar BindOther(Expression expression, Scope scope)
    {
        switch (expression)
        {
            case LiteralExpression literal:
                return new Literal(literal.Type, literal.Value);
            case DynamicExpression json:
                return new Literal(KqlType.Dynamic, json.Json == "null" ? null : json.Json);
            case SignExpression { IsMinus: false } sign:
                return BindScalar(sign.Operand, scope);
            case SignExpression sign:
                return Negate(BindScalar(sign.Operand, scope), sign.Span);
            case MemberExpression member:
                return Member(member, scope);
            case IndexExpression index:
                return Index(index, scope);
            case BetweenExpression between:
                return Between(between, scope);
            case BinaryExpression binary:
                return Binary(binary, scope);
            case NamedExpression:
                throw new Refusal("A name is given here where only a value is allowed; '==' compares.", expression.Span);
            case WildcardExpression:
                throw new Refusal("'*' is not allowed here.", expression.Span);
            default:
                throw new Refusal("This expression is not supported here.", expression.Span);
        }
    }

    private static Scalar Negate(Scalar value, Span span) => value switch
    {
        Literal { Type: KqlType.Long or KqlType.TimeSpan, Value: long number } => new Literal(value.Type, unchecked(-number)),
        Literal { Value: double number } => new Literal(value.Type, -number),
        { Type: KqlType.TimeSpan } or { Type: KqlType.Dynamic } => Arithmetic("-", new Literal(value.Type == KqlType.TimeSpan ? KqlType.TimeSpan : KqlType.Long, 0L), value, span),
        { Type: var type } when type.IsNumber() => Arithmetic("-", type.IsWhole() ? new Literal(KqlType.Long, 0L) : new Literal(type, -0.0), value, span),
        _ => throw new Refusal($"'-' needs a number or a timespan, not {value.Type.Name()}.", span),
    };

    private Scalar Member(MemberExpression member, Scope scope)
    {
        if (member.Target is NameExpression { Name: "$left" or "$right" } side && scope.Right is not null)
        {
            return new ColumnValue(RequireColumn(side.Name == "$left" ? scope.Rows! : scope.Right, member.Name, member.Span));
        }

        var target = BindScalar(member.Target, scope);
        if (!target.Type.IsDynamic())
        {
            throw new Refusal($"'.{member.Name}' needs a dynamic value, not {target.Type.Name()}{(target.Type == KqlType.String ? "; use parse_json() first" : "")}.", member.Span);
        }

        return Call("property", member.Span, target, new Literal(KqlType.String, member.Name));
    }

    private Plan.Call Index(IndexExpression index, Scope scope)
    {
        var target = BindScalar(index.Target, scope);
        if (!target.Type.IsDynamic())
        {
            throw new Refusal($"'[…]' needs a dynamic value, not {target.Type.Name()}{(target.Type == KqlType.String ? "; use parse_json() first" : "")}.", index.Span);
        }

        var key = BindScalar(index.Index, scope);
        return key.Type switch
        {
            KqlType.String => Call("property", index.Span, target, key),
            KqlType.Int or KqlType.Long => Call("element", index.Span, target, key),
            KqlType.Dynamic or KqlType.Unknown => Call("property or element", index.Span, target, key),
            _ => throw new Refusal($"An index is a number or a string, not {key.Type.Name()}.", index.Index.Span),
        };
    }

    private Plan.Call Between(BetweenExpression between, Scope scope)
    {
        var value = BindScalar(between.Value, scope);
        var low = BindScalar(between.Low, scope);
        var high = BindScalar(between.High, scope);
        if (low.Type == KqlType.DateTime && high.Type == KqlType.TimeSpan)
        {
            high = Arithmetic("+", low, high, between.Span);
        }

        (var v1, low) = Comparable(value, low, between.Span);
        (var v2, high) = Comparable(value, high, between.Span);
        var inside = Call("and", between.Span, Call(">=", between.Span, v1, low), Call("<=", between.Span, v2, high));
        return between.IsNegated ? Call("not", between.Span, inside) : inside;
    }

    private Scalar Binary(BinaryExpression binary, Scope scope)
    {
        var op = binary.Operator;
        switch (op)
        {
            case "and" or "or":
                return Call(op, binary.Span, Bool(BindScalar(binary.Left, scope), binary.Left.Span), Bool(BindScalar(binary.Right, scope), binary.Right.Span));
            case "in" or "in~" or "!in" or "!in~":
                return In(binary, scope);
            case "has_any" or "has_all":
                return HasList(binary, scope);
            case "+" or "-" or "*" or "/" or "%":
                return Arithmetic(op, BindScalar(binary.Left, scope), BindScalar(binary.Right, scope), binary.Span);
            case "==" or "!=" or "<" or ">" or "<=" or ">=":
                return Compare(op, BindScalar(binary.Left, scope), BindScalar(binary.Right, scope), binary.Span);
            default:
                return TextOperator(binary, scope);
        }
    }

    private static Plan.Call Compare(string op, Scalar left, Scalar right, Span span)
    {
        if (left.Type == KqlType.Dynamic && right.Type == KqlType.Dynamic)
        {
            throw new Refusal($"'{op}' cannot compare two dynamic values; convert one first, for example with tostring().", span);
        }

        (left, right) = Comparable(left, right, span);
        if (op is not ("==" or "!=") && left.Type == KqlType.Dynamic)
        {
            (left, right) = (Convert(left, KqlType.Real), Convert(right, KqlType.Real));
        }

        if (op is not ("==" or "!=") && left.Type is KqlType.Bool or KqlType.Guid)
        {
            throw new Refusal($"'{op}' cannot order values of type {left.Type.Name()}.", span);
        }

        return Call(op, span, left, right);
    }

    /// <summary>Both sides in one type. A dynamic takes the other's type; text is read as what it is compared with.</summary>
    private static (Scalar Left, Scalar Right) Comparable(Scalar left, Scalar right, Span span)
    {
        var (a, b) = (left.Type, right.Type);
        var type = Typing.Common(a, b)
            ?? (a == KqlType.Dynamic ? b : b == KqlType.Dynamic ? a : null as KqlType?)
            ?? (a == KqlType.String ? b : b == KqlType.String ? a : null as KqlType?)
            ?? (a == KqlType.Bool && b.IsNumber() || b == KqlType.Bool && a.IsNumber() ? KqlType.Long : null as KqlType?)
            ?? throw new Refusal($"Values of type {a.Name()} and {b.Name()} cannot be compared.", span);
        if (type == KqlType.Unknown)
        {
            type = KqlType.Dynamic;
        }

        return (Convert(left, type), Convert(right, type));
    }

    private Scalar TextOperator(BinaryExpression binary, Scope scope)
    {
        var op = binary.Operator == ":" ? "has" : binary.Operator;
        var right = BindScalar(binary.Right, scope);
        if (right.Type is not (KqlType.String or KqlType.Dynamic or KqlType.Unknown) && !(right is Literal && op is not "matches regex"))
        {
            throw new Refusal($"'{op}' needs a string on its right, not {right.Type.Name()}.", binary.Right.Span);
        }

        right = Convert(right, KqlType.String);
        if (binary.Left is WildcardExpression)
        {
            return AnyColumn(op, right, scope, binary.Span);
        }

        var left = BindScalar(binary.Left, scope);
        return Text(op, left, right, binary.Span);
    }

    private static Plan.Call Text(string op, Scalar left, Scalar right, Span span)
    {
        var isNegated = op[0] == '!' || op.StartsWith("not", StringComparison.Ordinal);
        var name = op switch
        {
            "!~" => "=~",
            "containscs" or "notcontainscs" or "notcontains_cs" => "contains_cs",
            "notcontains" => "contains",
            _ => op.TrimStart('!'),
        };
        var test = Call(name, span, Convert(left, KqlType.String), right);
        return isNegated ? Call("not", span, test) : test;
    }

    private static Scalar AnyColumn(string op, Scalar right, Scope scope, Span span)
    {
        var tests = (scope.Rows?.Visible ?? []).Select(column => Text(op, new ColumnValue(column), right, span)).ToList();
        return tests.Count == 0 ? new Literal(KqlType.Bool, false) : tests.Aggregate((a, b) => Call("or", span, a, b));
    }

    private static Scalar Bool(Scalar value, Span span) => value.Type switch
    {
        KqlType.Bool => value,
        KqlType.Dynamic or KqlType.Unknown => Convert(value, KqlType.Bool),
        _ => throw new Refusal($"A condition (bool) is expected here, not {value.Type.Name()}.", span),
    };

    private static Scalar Convert(Scalar value, KqlType type)
    {
        if (value.Type == type)
        {
            return value;
        }

        return value switch
        {
            Literal { Value: null } when type != KqlType.String => new Literal(type, null),
            Literal { Value: int number } when type == KqlType.Long => new Literal(type, (long)number),
            Literal { Value: int number } when type is KqlType.Real or KqlType.Decimal => new Literal(type, (double)number),
            Literal { Type: KqlType.Long, Value: long number } when type is KqlType.Real or KqlType.Decimal => new Literal(type, (double)number),
            Literal { Type: KqlType.Long, Value: long number } when type == KqlType.Int && number is >= int.MinValue and <= int.MaxValue => new Literal(type, (int)number),
            Literal { Value: double } when type is KqlType.Real or KqlType.Decimal => new Literal(type, value is Literal l ? l.Value : null),
            Literal { Value: double real } when type == KqlType.Long && double.IsFinite(real) =>
                new Literal(type, real is >= -9.2233720368547758e18 and < 9.2233720368547758e18 ? (long)real : long.MinValue),
            Literal { Value: string text, Type: KqlType.String } when type == KqlType.Dynamic => new Literal(type, Json.Text(text)),
            Literal { Value: long number, Type: KqlType.Long } when type == KqlType.String => new Literal(type, number.ToString(CultureInfo.InvariantCulture)),
            ToType { Value: var inner } when inner.Type == type && value.Type == KqlType.Dynamic => inner,
            _ => new ToType(value, type),
        };
    }
}

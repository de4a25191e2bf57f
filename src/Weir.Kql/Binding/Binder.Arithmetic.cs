using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    /// <summary>Chooses the SQL form by type, for example whole or real division; folds what is constant.</summary>
    private static Scalar Arithmetic(string op, Scalar left, Scalar right, Span span)
    {
        var (a, b) = (left.Type, right.Type);
        if (a == KqlType.Dynamic && b == KqlType.Dynamic)
        {
            throw new Refusal($"'{op}' cannot be applied to two dynamic values; convert one first, for example with tolong().", span);
        }

        if (a.IsDynamic() && b.IsDynamic())
        {
            (left, right) = (Convert(left, KqlType.Real), Convert(right, KqlType.Real));
        }
        else if (a.IsDynamic())
        {
            left = Convert(left, b is KqlType.DateTime && op == "-" ? KqlType.DateTime : b == KqlType.Int ? KqlType.Long : b);
        }
        else if (b.IsDynamic())
        {
            right = Convert(right, a is KqlType.DateTime && op == "+" ? KqlType.TimeSpan : a == KqlType.Int ? KqlType.Long : a);
        }

        (a, b) = (left.Type, right.Type);
        var result = ArithmeticType(op, a, b);
        if (result is not { } type)
        {
            throw new Refusal($"'{op}' cannot be applied to {a.Name()} and {b.Name()}.", span);
        }

        if (Fold(op, left, right, type) is { } folded)
        {
            return folded;
        }

        if (a.IsNumber() && b.IsNumber())
        {
            (left, right) = (Convert(left, type), Convert(right, type));
        }

        var form = (op, a, b) switch
        {
            ("*", _, _) when type == KqlType.TimeSpan => "timespan *",
            ("/", KqlType.TimeSpan, KqlType.TimeSpan) => "timespan / timespan",
            ("/", KqlType.TimeSpan, _) => "timespan / number",
            _ => type is KqlType.Real or KqlType.Decimal ? $"real {op}" : op,
        };
        return new Call(FunctionTable.Scalars[form], form == "timespan *" && a.IsNumber() ? [right, left] : [left, right], type);
    }

    private static KqlType? ArithmeticType(string op, KqlType a, KqlType b)
    {
        if (a.IsNumber() && b.IsNumber())
        {
            var common = Typing.Common(a, b)!.Value;
            return common == KqlType.Int ? KqlType.Long : common;
        }

        return (op, a, b) switch
        {
            ("-", KqlType.DateTime, KqlType.DateTime) => KqlType.TimeSpan,
            ("+" or "-", KqlType.DateTime, KqlType.TimeSpan) => KqlType.DateTime,
            ("+", KqlType.TimeSpan, KqlType.DateTime) => KqlType.DateTime,
            ("+" or "-" or "%", KqlType.TimeSpan, KqlType.TimeSpan) => KqlType.TimeSpan,
            ("%", KqlType.DateTime, KqlType.TimeSpan) => KqlType.TimeSpan,
            ("/", KqlType.TimeSpan, KqlType.TimeSpan) => KqlType.Real,
            ("*" or "/", KqlType.TimeSpan, _) when b.IsNumber() => KqlType.TimeSpan,
            ("*", _, KqlType.TimeSpan) when a.IsNumber() => KqlType.TimeSpan,
            _ => null,
        };
    }

    private static Literal? Fold(string op, Scalar left, Scalar right, KqlType type)
    {
        if (left is not Literal { Value: { } x } || right is not Literal { Value: { } y })
        {
            return null;
        }

        var isWhole = x is long or int && y is long or int;
        if (isWhole && type is KqlType.Long or KqlType.TimeSpan or KqlType.DateTime && op is "+" or "-" or "*")
        {
            var (i, j) = (System.Convert.ToInt64(x, null), System.Convert.ToInt64(y, null));
            var folded = unchecked(op switch { "+" => i + j, "-" => i - j, _ => i * j });
            return type == KqlType.DateTime && folded is < 0 or > 3155378975999999999 ? new Literal(type, null) : new Literal(type, folded);
        }

        return null;
    }
}

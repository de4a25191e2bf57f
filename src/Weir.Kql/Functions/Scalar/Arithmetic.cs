using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>Whole numbers wrap on overflow and divide to whole numbers; division by zero is null; the remainder is never negative.</summary>
internal sealed class Arithmetic : IFunctionFamily
{
    public IEnumerable<ScalarFunction> Functions =>
    [
        new("+(a: any, b: any): first", a => Whole(a, "+")),
        new("-(a: any, b: any): first", a => Whole(a, "-")),
        new("*(a: any, b: any): first", a => Whole(a, "*")),
        new("/(a: any, b: any): first", a => $"try({a.Once(0)} // {a.Once(1)})"),
        new("%(a: any, b: any): first", a => $"kql_mod({a.Once(0)}, {a.Once(1)})"),
        new("real +(a: real, b: real): real", a => $"({a[0]} + {a[1]})"),
        new("real -(a: real, b: real): real", a => $"({a[0]} - {a[1]})"),
        new("real *(a: real, b: real): real", a => $"({a[0]} * {a[1]})"),
        new("real /(a: real, b: real): real", a => $"({a[0]} / {a[1]})"),
        new("real %(a: real, b: real): real", a => $"kql_mod({a.Once(0)}, {a.Once(1)})"),
        new("timespan *(span: timespan, factor: number): timespan", a => $"try(({a.Once(0)} * {a.Once(1)})::BIGINT)"),
        new("timespan / timespan(a: timespan, b: timespan): real", a => $"({a[0]}::DOUBLE / {a[1]})"),
        new("timespan / number(span: timespan, divisor: number): timespan", a => $"try(trunc({a.Once(0)} / nullif({a.Once(1)}, 0))::BIGINT)"),
    ];

    private static string Whole(EmittedCall a, string op)
    {
        if (a.Result is Contracts.KqlType.DateTime)
        {
            return $"kql_in_time({a.Once($"try({a.Once(0)} {op} {a.Once(1)})")})";
        }

        if (a.Result is Contracts.KqlType.TimeSpan)
        {
            return $"try({a.Once(0)} {op} {a.Once(1)})";
        }

        var (left, right) = (a.Once(0), a.Once(1));
        return $"coalesce(try({left} {op} {right}), kql_wrap({left}::HUGEINT {op} {right}::HUGEINT))";
    }
}

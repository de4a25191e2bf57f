using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>Mathematics.</summary>
internal sealed class Numbers : IFunctionFamily
{
    private static readonly string[] Real = ["sin", "cos", "tan", "asin", "acos", "atan", "exp", "cot", "degrees", "radians"];

    public IEnumerable<ScalarFunction> Functions =>
    [
        .. Real.Select(name => new ScalarFunction($"{name}(x: real): real", a => name is "asin" or "acos" ? $"CASE WHEN abs({a.Once(0)}) <= 1 THEN {name}({a.Once(0)}) ELSE 'nan'::DOUBLE END" : $"{name}({a[0]})") { Naming = name is "cot" or "degrees" or "radians" ? ResultNaming.None : ResultNaming.FirstArgument }),
        new("abs(x: summable): promoted", a => $"abs({a[0]})") { Naming = ResultNaming.FirstArgument },
        new("round(x: real, precision?: long): real", a => a.Count == 1 ? $"round({a[0]})" : $"round({a[0]}, {a[1]}::INTEGER)") { Naming = ResultNaming.FirstArgument },
        new("ceiling(x: number): first", a => a.Result.IsWhole() ? a[0] : $"ceil({a[0]})") { Naming = ResultNaming.FirstArgument },
        new("sign(x: real): real", a => $"sign({a[0]})::DOUBLE"),
        new("sqrt(x: real): real", a => $"CASE WHEN {a.Once(0)} < 0 THEN 'nan'::DOUBLE ELSE sqrt({a.Once(0)}) END") { Naming = ResultNaming.FirstArgument },
        new("pow(x: real, y: real): real", a => $"pow({a[0]}, {a[1]})") { Naming = ResultNaming.FirstArgument },
        new("exp2(x: real): real", a => $"pow(2.0, {a[0]})") { Naming = ResultNaming.FirstArgument },
        new("exp10(x: real): real", a => $"pow(10.0, {a[0]})") { Naming = ResultNaming.FirstArgument },
        new("log(x: real): real", a => Log(a, "ln")) { Naming = ResultNaming.FirstArgument },
        new("log2(x: real): real", a => Log(a, "log2")) { Naming = ResultNaming.FirstArgument },
        new("log10(x: real): real", a => Log(a, "log10")) { Naming = ResultNaming.FirstArgument },
        new("gamma(x: real): real", a => $"gamma({a[0]})") { Naming = ResultNaming.FirstArgument },
        new("loggamma(x: real): real", a => $"lgamma({a[0]})") { Naming = ResultNaming.FirstArgument },
        new("atan2(y: real, x: real): real", a => $"atan2({a[0]}, {a[1]})") { Naming = ResultNaming.FirstArgument },
        new("pi(): real", _ => "pi()"),
        new("isnan(x: real): bool", a => $"coalesce(isnan({a[0]}), false)"),
        new("isinf(x: real): bool", a => $"coalesce(isinf({a[0]}), false)"),
        new("isfinite(x: real): bool", a => $"coalesce(isfinite({a[0]}), false)"),
        new("rand(n?: long): real", a => a.Count == 0 ? "random()" : $"floor(random() * {a[0]})"),
        new("new_guid(): guid", _ => "uuid()"),
        new("binary_and(a: long, b: long): long", a => $"({a[0]} & {a[1]})") { Naming = ResultNaming.FirstArgument },
        new("binary_or(a: long, b: long): long", a => $"({a[0]} | {a[1]})") { Naming = ResultNaming.FirstArgument },
        new("binary_xor(a: long, b: long): long", a => $"xor({a[0]}, {a[1]})") { Naming = ResultNaming.FirstArgument },
        new("binary_not(a: long): long", a => $"(~{a[0]})") { Naming = ResultNaming.FirstArgument },
        new("binary_shift_left(a: long, bits: long): long", a => $"kql_wrap(({a[0]}::HUGEINT * pow(2, {a.Once(1)} % 64)::HUGEINT) % 18446744073709551616::HUGEINT)") { Naming = ResultNaming.FirstArgument },
        new("binary_shift_right(a: long, bits: long): long", a => $"({a[0]} >> ({a[1]} % 64)::INTEGER)") { Naming = ResultNaming.FirstArgument },
        new("bitset_count_ones(a: long): long", a => $"bit_count({a[0]})::BIGINT") { Naming = ResultNaming.FirstArgument },
        new("tohex(x: integer, length?: long): string", a =>
        {
            var hex = a.Once($"lower(to_hex({(a.Type(0) == Contracts.KqlType.Int ? $"{a[0]}::BIGINT & 4294967295" : a[0])}))");
            return a.Count == 1 ? $"coalesce({hex}, '')" : $"coalesce(lpad({hex}, greatest(least({a[1]}, 1024), length({hex}))::INTEGER, '0'), '')";
        }) { Naming = ResultNaming.FirstArgument },
        new("format_bytes(x: real, precision?: long, unit?: string): string", a => $"format_bytes({a[0]}::BIGINT)") { Naming = ResultNaming.FirstArgument, Check = arguments => arguments.Count == 1 ? null : "precision and unit are not supported." },
    ];

    private static string Log(EmittedCall a, string function) =>
        $"CASE WHEN {a.Once(0)} > 0 THEN {function}({a.Once(0)}) WHEN {a.Once(0)} = 0 THEN '-inf'::DOUBLE END";
}

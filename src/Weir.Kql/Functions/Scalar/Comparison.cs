using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>
/// == != &lt; &gt; &lt;= &gt;= and in. Equality is total: with null on one side it is false, on both sides null. Order with null is null.
/// </summary>
internal sealed class Comparison : IFunctionFamily
{
    public IEnumerable<ScalarFunction> Functions =>
    [
        new("==(a: same, b: same): bool", a => Equal(a, false)),
        new("!=(a: same, b: same): bool", a => Equal(a, true)),
        new("<(a: same, b: same): bool", a => Ordered(a, "<")),
        new(">(a: same, b: same): bool", a => Ordered(a, ">")),
        new("<=(a: same, b: same): bool", a => Ordered(a, "<=")),
        new(">=(a: same, b: same): bool", a => Ordered(a, ">=")),
        new("in(value: same, items: same*): bool", a => a.IsNullable(0)
            ? $"coalesce({a[0]} IN ({Items(a)}), false)" : $"({a[0]} IN ({Items(a)}))"),
        new("in~(value: string, items: string*): bool", a => $"(lower({a[0]}) IN ({string.Join(", ", a.Indices.Skip(1).Select(i => Strings.Lower(a, i)))}))"),
        new("in array(value: any, array: dynamic): bool", a => a.Type(0) == Contracts.KqlType.String
            ? $"coalesce(list_contains(kql_texts({a.Once(1)}), {a[0]}), false)"
            : a.Type(0).IsNumber() ? $"coalesce(list_contains(list_transform(kql_list({a.Once(1)}), lambda kx: kql_json_real(kx)), {a[0]}::DOUBLE), false)"
            : $"coalesce(list_contains(kql_texts({a.Once(1)}), {Conversions.Convert(a.Once(0), a.Type(0), Contracts.KqlType.String)}), false)"),
        new("in~ array(value: string, array: dynamic): bool", a => $"coalesce(list_contains(list_transform(kql_texts({a.Once(1)}), lambda kx: lower(kx)), lower({a[0]})), false)"),
    ];

    private static string Items(EmittedCall a) => string.Join(", ", a.Indices.Skip(1).Select(i => a[i]));

    /// <summary>NaN is neither less nor greater than anything; DuckDB has it greater than all.</summary>
    private static string Ordered(EmittedCall a, string op)
    {
        var greater = op[0] == '>' ? 0 : 1;
        return a.Type(0) == Contracts.KqlType.Real && a.Constant(greater) is null or double.NaN
            ? $"({a.Once(0)} {op} {a.Once(1)} AND NOT isnan({a.Once(greater)}))" : $"({a[0]} {op} {a[1]})";
    }

    private static string Equal(EmittedCall a, bool isNegated)
    {
        var op = isNegated ? "<>" : "=";
        if (a.Type(0) == Contracts.KqlType.Real && (a.Constant(0) is double.NaN || a.Constant(1) is double.NaN))
        {
            return isNegated ? "true" : "false";
        }

        if (a.Type(0).IsDynamic())
        {
            return $"(({a[0]})::VARCHAR IS {(isNegated ? "" : "NOT ")}DISTINCT FROM ({a[1]})::VARCHAR)";
        }

        var (left, right) = (a.IsNullable(0), a.IsNullable(1));
        if (!left && !right)
        {
            return $"({a[0]} {op} {a[1]})";
        }

        if (a.IsFilter && !isNegated)
        {
            return $"({a[0]} = {a[1]})";
        }

        if (!left || !right)
        {
            return isNegated ? $"({a[0]} IS DISTINCT FROM {a[1]})" : $"coalesce({a[0]} = {a[1]}, false)";
        }

        return $"CASE WHEN {a.Once(0)} IS NULL AND {a.Once(1)} IS NULL THEN NULL ELSE {a.Once(0)} IS {(isNegated ? "" : "NOT ")}DISTINCT FROM {a.Once(1)} END";
    }
}

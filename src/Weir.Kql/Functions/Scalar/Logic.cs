using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>and, or, not, choices and tests for missing values.</summary>
internal sealed class Logic : IFunctionFamily
{
    public IEnumerable<ScalarFunction> Functions =>
    [
        new("and(a: bool, b: bool): bool", a => $"({a.Predicate(0)} AND {a.Predicate(1)})"),
        new("or(a: bool, b: bool): bool", a => $"({a.Predicate(0)} OR {a.Predicate(1)})"),
        new("not(a: bool): bool", a => $"(NOT {a[0]})"),
        new("iff|iif(condition: bool, then: same, otherwise: same): same", a => $"CASE WHEN {a[0]} THEN {a[1]} ELSE {a[2]} END"),
        new("coalesce(value: same, values: same*): same", a => a.Result == Contracts.KqlType.String
            ? $"coalesce({string.Join(", ", a.Indices.Select(i => $"nullif({a[i]}, '')"))}, '')" : $"coalesce({string.Join(", ", a.Indices.Select(i => a[i]))})"),
        new("isempty(value: any): bool", a => a.Type(0) == Contracts.KqlType.String ? $"({a[0]} = '')"
            : a.Type(0).IsDynamic() ? $"(coalesce({a[0]}::VARCHAR, '\"\"') = '\"\"')" : $"({a[0]} IS NULL)"),
        new("isnotempty|notempty(value: any): bool", a => a.Type(0) == Contracts.KqlType.String ? $"({a[0]} <> '')"
            : a.Type(0).IsDynamic() ? $"(coalesce({a[0]}::VARCHAR, '\"\"') <> '\"\"')" : $"({a[0]} IS NOT NULL)"),
        new("isnull(value: any): bool", a => a.Type(0) == Contracts.KqlType.String ? "false" : $"({a[0]} IS NULL)"),
        new("isnotnull|notnull(value: any): bool", a => a.Type(0) == Contracts.KqlType.String ? "true" : $"({a[0]} IS NOT NULL)"),
        new("max_of(value: same, values: same*): same", a => Extreme(a, "greatest")),
        new("min_of(value: same, values: same*): same", a => Extreme(a, "least")),
        new("assert(condition: bool, message: string): bool", a => $"CASE WHEN {a[0]} THEN true ELSE error({a[1]}) END"),
        new("gettype(value: any): string", a => a.Type(0).IsDynamic()
            ? $"CASE json_type({a.Once(0)}) WHEN 'UBIGINT' THEN 'long' WHEN 'BIGINT' THEN 'long' WHEN 'DOUBLE' THEN 'double' WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'bool' WHEN 'ARRAY' THEN 'array' WHEN 'OBJECT' THEN 'dictionary' ELSE 'null' END"
            : $"'{Contracts.KqlTypes.Name(a.Type(0))}'"),
    ];

    private static string Extreme(EmittedCall a, string function)
    {
        var extreme = $"{function}({string.Join(", ", a.Indices.Select(i => a.Once(i)))})";
        return a.Result == Contracts.KqlType.Real ? $"CASE WHEN {string.Join(" OR ", a.Indices.Select(i => $"isnan({a.Once(i)})"))} THEN 'nan'::DOUBLE ELSE {extreme} END" : extreme;
    }
}

using Weir.Kql.Contracts;
using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Aggregate;

/// <summary>Least, greatest, any; and the values of the row that has them.</summary>
internal sealed class Extremes : IAggregateFamily
{
    public IEnumerable<AggregateFunction> Aggregates =>
    [
        new("min(value: orderable): first", Least) { Prefix = "min" },
        new("minif(value: orderable, condition: bool): first", Least) { Prefix = "minif", Condition = 1 },
        new("max(value: orderable): first", a => Text(a, $"max({a[0]}){a.FilterClause}")) { Prefix = "max" },
        new("maxif(value: orderable, condition: bool): first", a => Text(a, $"max({a[0]}){a.FilterClause}")) { Prefix = "maxif", Condition = 1 },
        new("any(value: any): first", Any) { Prefix = "any" },
        new("anyif(value: any, condition: bool): first", Any) { Prefix = "anyif", Condition = 1 },
        new("take_anyif(value: any, condition: bool): first", Any) { Condition = 1 },
        new("arg_max|argmax(value: orderable, values?: any*): first", a => Row(a, "arg_max")) { ReturnsRow = true },
        new("arg_min|argmin(value: orderable, values?: any*): first", a => Row(a, "arg_min")) { ReturnsRow = true },
        new("take_any(value: any, values?: any*): first", a => $"first({Struct(a)}{a.OrderBy}){a.FilterClause}") { ReturnsRow = true },
    ];

    private static string Text(EmittedCall a, string sql) => a.Result == KqlType.String ? $"coalesce({sql}, '')" : sql;

    /// <summary>NaN wins at both ends; DuckDB orders it above all.</summary>
    private static string Least(EmittedCall a) => a.Type(0) == KqlType.Real
        ? $"CASE WHEN bool_or(isnan({a.Once(0)})){a.FilterClause} THEN 'nan'::DOUBLE ELSE min({a.Once(0)}){a.FilterClause} END"
        : Text(a, $"min({a[0]}){a.FilterClause}");

    private static string Any(EmittedCall a) => a.Result == KqlType.String
        ? $"coalesce(any_value(nullif({a[0]}, '')){a.FilterClause}, '')" : $"any_value({a[0]}){a.FilterClause}";

    private static string Struct(EmittedCall a) => $"{{{string.Join(", ", a.Indices.Select(i => $"'f{i}': {a[i]}"))}}}";

    /// <summary>When every value is null any row will do.</summary>
    private static string Row(EmittedCall a, string function) =>
        $"coalesce({function}({Struct(a)}, {(function == "arg_min" && a.Type(0) == KqlType.Real ? $"CASE WHEN isnan({a.Once(0)}) THEN '-inf'::DOUBLE ELSE {a.Once(0)} END" : a[0])}{a.OrderBy}){a.FilterClause}, first({Struct(a)}{a.OrderBy}){a.FilterClause})";
}

using Weir.Kql.Contracts;
using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>Functions that look at neighbouring rows in the order of the input.</summary>
internal sealed class Windows : IFunctionFamily
{
    public IEnumerable<ScalarFunction> Functions =>
    [
        new("prev(value: any, offset?: long, otherwise?: any): first", a => Neighbour(a, "lag")) { IsWindow = true, Check = Constants },
        new("next(value: any, offset?: long, otherwise?: any): first", a => Neighbour(a, "lead")) { IsWindow = true, Check = Constants },
        new("row_number(start?: long, restart?: bool): long", a => a.Count < 2
            ? $"(row_number() OVER () - 1 + {(a.Count > 0 ? a[0] : "1")})" : $"(row_number() OVER (PARTITION BY {Group(a, 1)} ORDER BY {Order(a)}) - 1 + {a[0]})") { IsWindow = true },
        new("row_cumsum(value: number, restart?: bool): first", a => a.Count < 2
            ? $"coalesce(sum({a[0]}) OVER (ORDER BY {Order(a)} ROWS UNBOUNDED PRECEDING), 0)::{Conversions.SqlType(a.Result)}"
            : $"coalesce(sum({a[0]}) OVER (PARTITION BY {Group(a, 1)} ORDER BY {Order(a)} ROWS UNBOUNDED PRECEDING), 0)::{Conversions.SqlType(a.Result)}") { IsWindow = true },
        new("row_rank_dense(value: any, restart?: bool): long", a => Rank(a, $"CASE WHEN {a.Once(0)} IS DISTINCT FROM {Previous(a)} OR {Order(a)} = 1 THEN 1 ELSE 0 END", dense: true)) { IsWindow = true },
        new("row_rank_min(value: any, restart?: bool): long", a => Rank(a, $"CASE WHEN {a.Once(0)} IS DISTINCT FROM {Previous(a)} OR {Order(a)} = 1 THEN 1 ELSE 0 END", dense: false)) { IsWindow = true },
    ];

    private static string? Constants(IReadOnlyList<Plan.Scalar> arguments) =>
        arguments.Count > 1 && arguments[1] is not Plan.Literal { Value: long and > 0 } ? "the offset is a constant from 1."
        : arguments.Count > 2 && arguments[2] is not Plan.Literal ? "the value for missing rows is a constant." : null;

    private static string Order(EmittedCall a) => a.RowNumber();

    private static string Previous(EmittedCall a) => a.Once($"lag({a.Once(0)}) OVER (ORDER BY {Order(a)})");

    /// <summary>A number that grows at each row where the condition holds.</summary>
    private static string Group(EmittedCall a, int i) => a.Once($"sum(CASE WHEN {a[i]} THEN 1 ELSE 0 END) OVER (ORDER BY {Order(a)} ROWS UNBOUNDED PRECEDING)");

    private static string Rank(EmittedCall a, string isNew, bool dense)
    {
        var restart = a.Count > 1 ? Group(a, 1) : "0";
        var step = a.Once(a.Count > 1 ? $"CASE WHEN {a[1]} THEN 1 ELSE {isNew} END" : isNew);
        var number = a.Once($"row_number() OVER (PARTITION BY {restart} ORDER BY {Order(a)})");
        return dense ? $"sum({step}) OVER (PARTITION BY {restart} ORDER BY {Order(a)} ROWS UNBOUNDED PRECEDING)::BIGINT"
            : $"max(CASE WHEN {step} = 1 THEN {number} END) OVER (PARTITION BY {restart} ORDER BY {Order(a)} ROWS UNBOUNDED PRECEDING)::BIGINT";
    }

    private static string Neighbour(EmittedCall a, string function)
    {
        var offset = a.Count > 1 ? a[1] : "1";
        var otherwise = a.Count > 2 ? Conversions.Convert(a.Once(2), a.Type(2), a.Result) : a.Result == KqlType.String ? "''" : $"NULL::{Conversions.SqlType(a.Result)}";
        return $"{function}({a[0]}, ({offset})::INTEGER, {otherwise}) OVER ()";
    }
}

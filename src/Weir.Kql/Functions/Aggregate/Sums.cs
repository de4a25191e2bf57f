using Weir.Kql.Contracts;
using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Aggregate;

/// <summary>Sums, averages and spread. Over nothing: sum 0, avg NaN, stdev 0.</summary>
internal sealed class Sums : IAggregateFamily
{
    public IEnumerable<AggregateFunction> Aggregates =>
    [
        new("sum(value: summable): promoted", Sum) { Prefix = "sum" },
        new("sumif(value: summable, condition: bool): promoted", Sum) { Prefix = "sumif", Condition = 1 },
        new("avg(value: summable): first", Average) { Prefix = "avg", Result = types => AverageType(types[0]) },
        new("avgif(value: summable, condition: bool): first", Average) { Prefix = "avgif", Condition = 1, Result = types => AverageType(types[0]) },
        new("stdev(value: summable): real", a => Spread(a, "stddev_samp")) { Prefix = "stdev" },
        new("stdevif(value: summable, condition: bool): real", a => Spread(a, "stddev_samp")) { Prefix = "stdevif", Condition = 1 },
        new("stdevp(value: summable): real", a => Spread(a, "stddev_pop")) { Prefix = "stdevp" },
        new("stdevpif(value: summable, condition: bool): real", a => Spread(a, "stddev_pop")) { Prefix = "stdevpif", Condition = 1 },
        new("variance(value: summable): real", a => Spread(a, "var_samp")) { Prefix = "variance" },
        new("varianceif(value: summable, condition: bool): real", a => Spread(a, "var_samp")) { Prefix = "varianceif", Condition = 1 },
        new("variancep(value: summable): real", a => Spread(a, "var_pop")) { Prefix = "variancep" },
        new("variancepif(value: summable, condition: bool): real", a => Spread(a, "var_pop")) { Prefix = "variancepif", Condition = 1 },
        new("covariance(a: number, b: number): real", a => $"coalesce(covar_samp({a[1]}::DOUBLE, {a[0]}::DOUBLE){a.FilterClause}, 0.0)") { Prefix = "covariance" },
        new("covarianceif(a: number, b: number, condition: bool): real", a => $"coalesce(covar_samp({a[1]}::DOUBLE, {a[0]}::DOUBLE){a.FilterClause}, 0.0)") { Prefix = "covarianceif", Condition = 2 },
        new("covariancep(a: number, b: number): real", a => $"coalesce(covar_pop({a[1]}::DOUBLE, {a[0]}::DOUBLE){a.FilterClause}, 0.0)") { Prefix = "covariancep" },
        new("covariancepif(a: number, b: number, condition: bool): real", a => $"coalesce(covar_pop({a[1]}::DOUBLE, {a[0]}::DOUBLE){a.FilterClause}, 0.0)") { Prefix = "covariancepif", Condition = 2 },
        new("binary_all_and(value: integer): long", a => $"coalesce(bit_and({a[0]}::BIGINT){a.FilterClause}, -1)"),
        new("binary_all_or(value: integer): long", a => $"coalesce(bit_or({a[0]}::BIGINT){a.FilterClause}, 0)"),
        new("binary_all_xor(value: integer): long", a => $"coalesce(bit_xor({a[0]}::BIGINT){a.FilterClause}, 0)"),
    ];

    private static KqlType AverageType(KqlType type) => type is KqlType.TimeSpan or KqlType.DateTime or KqlType.Decimal ? type : KqlType.Real;

    private static string Sum(EmittedCall a) => a.Result is KqlType.Real or KqlType.Decimal
        ? $"coalesce(sum({a[0]}){a.FilterClause}, 0.0)"
        : $"kql_wrap(coalesce(sum({a[0]}::BIGINT){a.FilterClause}, 0))";

    private static string Average(EmittedCall a) => a.Result is KqlType.TimeSpan or KqlType.DateTime
        ? $"TRY_CAST(trunc(sum({a[0]}){a.FilterClause} / nullif(count({a[0]}){a.FilterClause}, 0)) AS BIGINT)"
        : a.Type(0).IsWhole() ? $"coalesce(kql_wrap(sum({a[0]}::BIGINT){a.FilterClause})::DOUBLE / nullif(count({a[0]}){a.FilterClause}, 0), 'nan'::DOUBLE)"
        : $"coalesce(avg({a[0]}::DOUBLE){a.FilterClause}, 'nan'::DOUBLE)";

    private static string Spread(EmittedCall a, string function) => $"coalesce({function}({a[0]}::DOUBLE){a.FilterClause}, 0.0)";
}

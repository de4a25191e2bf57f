using System.Globalization;
using Weir.Kql.Contracts;
using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Aggregate;

/// <summary>Nearest-rank percentiles.</summary>
internal sealed class Percentiles : IAggregateFamily
{
    public IEnumerable<AggregateFunction> Aggregates =>
    [
        new("percentile(value: orderable, percentile: number): first", Row) { ReturnsRow = true },
        new("percentiles(value: orderable, percentile: number, percentiles?: number*): first", Row) { ReturnsRow = true },
        new("percentiles_array(value: orderable, percentile: any, percentiles?: any*): dynamic", Array),
    ];

    private static string Row(EmittedCall a) => $"{{{string.Join(", ", a.Indices.Skip(1).Select(i => $"'f{i - 1}': {One(a, a.Constant(i))}"))}}}";

    private static string Array(EmittedCall a)
    {
        var list = a.Constant(1) is string json ? json.Trim('[', ']').Split(',').Select(text => (object?)double.Parse(text, CultureInfo.InvariantCulture)) : a.Indices.Skip(1).Select(a.Constant);
        return $"to_json([{string.Join(", ", list.Select(value => One(a, value)))}])";
    }

    private static string One(EmittedCall a, object? percentile)
    {
        var share = Math.Clamp(System.Convert.ToDouble(percentile ?? 50.0, CultureInfo.InvariantCulture) / 100, 0, 1);
        return string.Create(CultureInfo.InvariantCulture, $"quantile_disc({a[0]}{(a.Type(0) == KqlType.Int ? "::BIGINT" : "")}, {share:R}::DOUBLE){a.FilterClause}");
    }
}

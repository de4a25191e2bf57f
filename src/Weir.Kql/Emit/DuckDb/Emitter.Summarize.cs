using System.Globalization;
using Weir.Kql.Contracts;
using Weir.Kql.Plan;

namespace Weir.Kql.Emit.DuckDb;

internal sealed partial class Emitter
{
    private string EmitSummarize(Summarize summarize)
    {
        var from = From(summarize.Input);
        var isSmall = summarize.Input.IsSmall();
        if (summarize.Input.IsOrdered || isSmall)
        {
            from = $"(SELECT *, row_number() OVER () AS \"$order\" FROM {from}) AS {NextName()}";
        }

        var frame = new Frame(this);
        var keys = summarize.Keys.Select(key => $"{Scalar(key.Value, frame)} AS {Name(key.Column)}").ToList();
        var sort = isSmall && keys.Count > 0 ? " ORDER BY min(\"$order\")" : "";
        if (summarize.Aggregates.Count == 0)
        {
            return isSmall ? $"SELECT {string.Join(", ", keys)} FROM {frame.Wrap(from)} GROUP BY {string.Join(", ", Enumerable.Range(1, keys.Count))}{sort}" : $"SELECT DISTINCT {string.Join(", ", keys)} FROM {frame.Wrap(from)}";
        }

        var items = new List<string>(keys);
        var parts = new List<string>();
        foreach (var aggregate in summarize.Aggregates)
        {
            var sql = Aggregate(aggregate, frame, summarize.Input.IsOrdered || isSmall, isSmall);
            if (aggregate.Columns.Count == 1 && !aggregate.Function.ReturnsRow)
            {
                items.Add($"{sql} AS {Name(aggregate.Columns[0])}");
                continue;
            }

            var row = NextName();
            items.Add($"{sql} AS {row}");
            parts.AddRange(aggregate.Columns.Select((column, i) =>
                column.Type == KqlType.String ? $"coalesce({row}.f{i}, '') AS {Name(column)}" : $"{row}.f{i} AS {Name(column)}"));
        }

        var groupBy = keys.Count == 0 ? "" : $" GROUP BY {string.Join(", ", Enumerable.Range(1, keys.Count))}";
        var grouped = $"SELECT {string.Join(", ", items)} FROM {frame.Wrap(from)}{groupBy}{sort}";
        return parts.Count == 0 ? grouped : $"SELECT *, {string.Join(", ", parts)} FROM ({grouped}) AS {NextName()}";
    }

    private string Aggregate(AggregateCall aggregate, Frame frame, bool isOrdered, bool isSmall)
    {
        var function = aggregate.Function;
        var condition = function.Condition >= 0 ? Predicate(aggregate.Arguments[function.Condition], frame, isFilter: true)
            : aggregate.Filter is { } filter ? Predicate(filter, frame, isFilter: true) : null;
        return function.Sql(new EmittedCall(this, frame, aggregate.Arguments, aggregate.Columns[0].Type, isFilter: false)
        {
            Filter = condition,
            IsSmall = isSmall,
            OrderBy = isOrdered ? " ORDER BY \"$order\"" : "",
        });
    }

    private string EmitMakeSeries(MakeSeries series)
    {
        var groups = NextName();
        var axis = Name(series.Axis);
        var frame = new Frame(this);
        var isReal = series.Axis.Type is KqlType.Real or KqlType.Decimal;
        var step = Scalar(series.Step, frame);
        var start = series.From is null ? $"(SELECT min({axis}) FROM {groups})" : Scalar(series.From, frame);
        var end = series.To is null ? $"(SELECT max({axis}) FROM {groups}) + {(isReal ? step + " / 2" : "1")}" : Scalar(series.To, frame);
        var points = isReal ? $"kql_range_real({start}, ({end}) - ({step}) / 1e9, {step})" : $"kql_range({start}, ({end}) - 1, {step})";
        _ctes.Add($"{groups} AS MATERIALIZED ({Select(series.Input)})");
        var keys = series.Keys.Select(Name).ToList();
        var keyRows = keys.Count == 0 ? $"(SELECT 1 AS one{(series.IsNonEmpty ? "" : $" WHERE EXISTS (SELECT 1 FROM {groups})")})" : $"(SELECT DISTINCT {string.Join(", ", keys)} FROM {groups})";
        var matches = keys.Select(key => $"g.{key} IS NOT DISTINCT FROM k.{key}").Append($"g.{axis} = a.point");
        var items = keys.Select(key => $"k.{key} AS {key}").Concat(series.Series.Select(item =>
            $"to_json(list({Conversions.Element($"coalesce(g.{Name(item.Input)}, {Literal((Literal)item.Default)})", item.Input.Type)} ORDER BY a.point)) AS {Name(item.Output)}"))
            .Append($"to_json(list({Conversions.Element("a.point", series.Axis.Type)} ORDER BY a.point)) AS {Name(series.AxisOutput)}");
        var groupBy = keys.Count == 0 ? " HAVING count(*) > 0" : $" GROUP BY {string.Join(", ", keys.Select(key => "k." + key))}";
        return string.Create(CultureInfo.InvariantCulture, $"SELECT {string.Join(", ", items)} FROM {keyRows} AS k CROSS JOIN (SELECT unnest({points}) AS point) AS a LEFT JOIN {groups} AS g ON {string.Join(" AND ", matches)}{groupBy}");
    }
}

using Weir.Kql.Contracts;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private Plan.MakeSeries BindMakeSeries(Syntax.MakeSeries series, Rows input, Names names)
    {
        var scope = new Scope(input, names);
        var constants = new Scope(null, names);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var keys = HiddenKeys(input);
        keys.AddRange(series.Keys.Select(key => BindKey(key, scope, taken)));
        var axis = BindScalar(series.Axis is NamedExpression named ? named.Value : series.Axis, scope);
        var axisName = series.Axis is NamedExpression { Names: [var only] } ? only : AutoName(series.Axis, scope) ?? "Column1";
        if (axis.Type == KqlType.Int)
        {
            axis = Convert(axis, KqlType.Long);
        }

        var stepType = axis.Type == KqlType.DateTime ? KqlType.TimeSpan : axis.Type;
        var step = Convert(BindScalar(series.Step, constants), stepType);
        var from = series.From is null ? null : Convert(BindScalar(series.From, constants), axis.Type);
        var to = series.To is null ? null : Convert(BindScalar(series.To, constants), axis.Type);

        Rows rows = input;
        Scalar inRange = new Literal(KqlType.Bool, true);
        if (from is not null)
        {
            inRange = Call("and", series.Span, inRange, Call(">=", series.Span, axis, from));
        }

        if (to is not null)
        {
            inRange = Call("and", series.Span, inRange, Call("<", series.Span, axis, to));
        }

        // With a start the bins begin there, otherwise at multiples of the step.
        var bin = from is null ? Call("bin", series.Span, axis, step) : Call("bin_at", series.Span, axis, step, from);
        var axisColumn = NewColumn("$axis", axis.Type);
        var calls = new List<AggregateCall>();
        var items = new List<(Column, Scalar, Column)>();
        foreach (var item in series.Series)
        {
            var before = calls.Count;
            var computed = BindAggregateItem(item.Aggregate, scope, keys, taken, calls).ToList();
            if (calls.Count == before || computed is not [{ Value: ColumnValue { Column: var column } }])
            {
                throw new Refusal("'make-series' needs an aggregate such as count() here.", item.Aggregate.Span);
            }

            var fallback = item.Default is null
                ? new Literal(column.Type, column.Type switch { KqlType.Long or KqlType.TimeSpan or KqlType.DateTime => 0L, KqlType.Int => 0, KqlType.Real or KqlType.Decimal => 0.0, KqlType.String => "", _ => null })
                : Convert(BindScalar(item.Default, constants), column.Type);
            items.Add((column, fallback, NewColumn(column.Name, KqlType.Dynamic)));
        }

        var groups = new Plan.Summarize(new Plan.Where(rows, inRange), [.. keys, new Computed(axisColumn, bin)], calls);
        return new Plan.MakeSeries(groups, [.. keys.Select(key => key.Column)], axisColumn, items, from, to, step, NewColumn(axisName, KqlType.Dynamic)) { IsNonEmpty = series.IsNonEmpty };
    }
}

using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private Rows BindOperator(Operator step, Rows? input, Names names)
    {
        if (input is null)
        {
            return step switch
            {
                Syntax.Print print => BindPrint(print, names),
                Syntax.Range range => BindRange(range, names),
                Syntax.Datatable datatable => BindDatatable(datatable, names),
                Syntax.Union union => BindUnion(union, null, names),
                Syntax.Search search => BindSearch(search, null, names),
                _ => throw new Refusal("This operator needs a table before it.", step.Span),
            };
        }

        return step switch
        {
            Syntax.Where where => BindWhere(where, input, names),
            Syntax.Project project => BindProject(project, input, names),
            Syntax.Extend extend => BindExtend(extend.Columns, input, names),
            Syntax.Serialize serialize => BindExtend(serialize.Columns, new Plan.Serialize(input), names),
            Syntax.Summarize summarize => BindSummarize(summarize, input, names),
            Syntax.Sort sort => BindSort(sort.Keys, input, names),
            Syntax.Take take => Limit(input, Count(take.Count, names), isRandom: false),
            Syntax.Top top => Limit(BindSort(top.Keys, input, names), Count(top.Count, names), isRandom: false),
            Syntax.TopHitters top => BindTopHitters(top, input, names),
            Syntax.TopNested nested => BindTopNested(nested, input, names),
            Syntax.Distinct distinct => BindDistinct(distinct, input, names),
            Syntax.Count count => BindCount(count, input),
            Syntax.Join join => BindJoin(join, input, names),
            Syntax.Lookup lookup => BindLookup(lookup, input, names),
            Syntax.Union union => BindUnion(union, input, names),
            Syntax.Render render => BindRender(render, input),
            Syntax.ProjectAway away => BindProjectAway(away, input),
            Syntax.ProjectKeep keep => BindProjectKeep(keep, input),
            Syntax.ProjectRename rename => BindProjectRename(rename, input),
            Syntax.ProjectReorder reorder => BindProjectReorder(reorder, input),
            Syntax.MvExpand expand => BindMvExpand(expand, input, names),
            Syntax.MvApply apply => BindMvApply(apply, input, names),
            Syntax.GetSchema => BindGetSchema(input),
            Syntax.Sample sample => Limit(input, Count(sample.Count, names), isRandom: true),
            Syntax.SampleDistinct sample => Limit(BindDistinct(new Syntax.Distinct(sample.Span, [sample.Of]), input, names), Count(sample.Count, names), isRandom: false),
            Syntax.As named => BindAs(named, input, names),
            Syntax.MakeSeries series => BindMakeSeries(series, input, names),
            Syntax.Parse parse => BindParse(parse, input, names),
            Syntax.ParseKv parse => BindParseKv(parse, input, names),
            Syntax.Search search => BindSearch(search, input, names),
            Syntax.Evaluate evaluate => BindEvaluate(evaluate, input, names),
            Syntax.Invoke invoke => BindInvoke(invoke, input, names),
            _ => throw new Refusal("This operator is not supported here.", step.Span),
        };
    }

    private static Column? Partition(Rows rows) => rows.Columns.FirstOrDefault(column => column.IsHidden && !column.IsBag);

    private static Plan.Take Limit(Rows input, long count, bool isRandom) => new(input, count, Partition(input), isRandom);

    /// <summary>A number of rows: a constant.</summary>
    private long Count(Expression expression, Names names) => BindScalar(expression, new Scope(null, names)) switch
    {
        Literal { Value: long count } => Math.Max(count, 0),
        Literal { Value: int count } => Math.Max(count, 0),
        _ => throw new Refusal("A constant number of rows is expected here.", expression.Span),
    };

    private Plan.Where BindWhere(Syntax.Where where, Rows input, Names names) =>
        new(input, Bool(BindScalar(where.Predicate, new Scope(input, names)), where.Predicate.Span));

    private Plan.Shared BindAs(Syntax.As named, Rows input, Names names)
    {
        var shared = Share(named.Name, input, isMaterialized: false);
        names.Set(named.Name, shared);
        return Use(shared);
    }

    private Rows BindRender(Syntax.Render render, Rows input)
    {
        _render = render.Kind;
        return input;
    }

    private Rows BindInvoke(Syntax.Invoke invoke, Rows input, Names names)
    {
        var (name, arguments) = invoke.Call switch
        {
            CallExpression call => (call.Name, call.Arguments),
            NameExpression only => (only.Name, []),
            _ => throw new Refusal("A function call is expected after 'invoke'.", invoke.Span),
        };
        return names.TryFind(name, out var meaning) && meaning is Function function
            ? Invoke(function, arguments, invoke.Span, new Scope(null, names), input) as Rows ?? throw new Refusal($"'{name}' gives a value, not a table.", invoke.Span)
            : throw new Refusal($"The function '{name}' is not known or not supported.", invoke.Span);
    }

    private Plan.Summarize BindCount(Syntax.Count count, Rows input) =>
        new Plan.Summarize(input, HiddenKeys(input), [new AggregateCall(FunctionTable.Aggregates["count"], [], [NewColumn(count.Column, KqlType.Long)])]);

    private static List<Computed> HiddenKeys(Rows input) =>
        [.. input.Columns.Where(column => column.IsHidden && !column.IsBag).Select(column => new Computed(column, new ColumnValue(column)))];

    private Plan.Values BindGetSchema(Rows input)
    {
        Column[] columns = [NewColumn("ColumnName", KqlType.String), NewColumn("ColumnOrdinal", KqlType.Int), NewColumn("DataType", KqlType.String), NewColumn("ColumnType", KqlType.String)];
        return new Values(columns, [.. input.Visible.Select((column, i) => (IReadOnlyList<Scalar>)
        [
            new Literal(KqlType.String, column.Name), new Literal(KqlType.Int, i), new Literal(KqlType.String, DotNetName(column.Type)), new Literal(KqlType.String, column.Type.Name()),
        ])]);
    }

    private static string DotNetName(KqlType type) => type switch
    {
        KqlType.Bool => "System.SByte",
        KqlType.Int => "System.Int32",
        KqlType.Long => "System.Int64",
        KqlType.Real => "System.Double",
        KqlType.Decimal => "System.Data.SqlTypes.SqlDecimal",
        KqlType.String => "System.String",
        KqlType.DateTime => "System.DateTime",
        KqlType.TimeSpan => "System.TimeSpan",
        KqlType.Guid => "System.Guid",
        _ => "System.Object",
    };

    private Plan.Take BindTopHitters(Syntax.TopHitters top, Rows input, Names names)
    {
        var scope = new Scope(input, names);
        var of = BindScalar(top.Of, scope);
        var name = AutoName(top.Of, scope) ?? "Column1";
        var key = NewColumn(name, of.Type);
        var aggregate = top.By is null ? "count" : "sum";
        var by = top.By is null ? null : BindScalar(top.By, scope);
        var function = FunctionTable.Aggregates[aggregate];
        var arguments = by is null ? [] : CheckArguments(function.Signature, [by], top.Span, null);
        var total = NewColumn(top.By is null ? $"approximate_count_{name}" : $"approximate_sum_{AutoName(top.By, scope)}", by is null ? KqlType.Long : ResultType(function.Signature, arguments));
        var groups = new Plan.Summarize(input, [.. HiddenKeys(input), new Computed(key, of)], [new AggregateCall(function, arguments, [total])]);
        return Limit(new Plan.Sort(groups, [new SortKey(new ColumnValue(total), false, false)]), Count(top.Count, names), isRandom: false);
    }
}

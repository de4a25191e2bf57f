using System.Globalization;
using Weir.Kql.Contracts;
using Weir.Kql.Plan;

namespace Weir.Kql.Emit.DuckDb;

internal sealed partial class Emitter
{
    /// <summary>The rows as an item of FROM.</summary>
    private string From(Rows rows) => $"({Select(rows)}) AS {NextName()}";

    /// <summary>The rows as a SELECT. It may have more columns than the plan names; what stands above picks its own.</summary>
    private string Select(Rows rows) => rows switch
    {
        ReadTable { Table.IsStored: false } none => EmitValues(new Values(none.Columns, [])),
        ReadTable read => $"SELECT {string.Join(", ", read.Columns.Select((column, i) => $"{Quote(read.Table.Columns[i].Source ?? read.Table.Columns[i].Name)} AS {Name(column)}"))} FROM {Quote(read.Table.Name)}",
        Values values => EmitValues(values),
        Shared shared => $"SELECT {string.Join(", ", shared.Of.Rows.Columns.Select((column, i) => $"{Name(column)} AS {Name(shared.Columns[i])}"))} FROM {Cte(shared.Of)}",
        Serialize serialize => Select(serialize.Input),
        Where where => EmitWhere(where),
        Project project => EmitProject(project),
        Summarize summarize => EmitSummarize(summarize),
        Sort sort => EmitSort(sort),
        Take take => EmitTake(take),
        Join join => EmitJoin(join),
        Union union => EmitUnion(union),
        MvExpand expand => EmitMvExpand(expand),
        Numbered numbered => $"SELECT *, row_number() OVER () AS {Name(numbered.Number)} FROM {From(numbered.Input)}",
        Plan.Range range => EmitRange(range),
        MakeSeries series => EmitMakeSeries(series),
        _ => throw new InvalidOperationException($"No SQL for {rows.GetType().Name}."),
    };

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string Cte(SharedRows shared)
    {
        if (!_shared.TryGetValue(shared, out var name))
        {
            var body = Select(shared.Rows);
            name = NextName();
            _shared[shared] = name;
            _ctes.Add($"{name} AS {(shared.IsMaterialized ? "MATERIALIZED" : "NOT MATERIALIZED")} ({body})");
        }

        return name;
    }

    private string EmitValues(Values values)
    {
        if (values.Items.Count == 0)
        {
            return $"SELECT {string.Join(", ", values.Columns.Select(column => $"{Literal(new Literal(column.Type, null))} AS {Name(column)}"))} WHERE false";
        }

        if (values.Items is [var only])
        {
            var frame = new Frame(this);
            var items = string.Join(", ", only.Select((item, i) => $"{Scalar(item, frame)} AS {Name(values.Columns[i])}"));
            return $"SELECT {items} FROM {frame.Wrap($"(SELECT 1) AS {NextName()}")}";
        }

        if (values.Items.All(row => row.All(item => item is Literal)))
        {
            var none = new Frame(this);
            var rows = string.Join(", ", values.Items.Select(row => $"({string.Join(", ", row.Select(item => Scalar(item, none)))})"));
            return $"SELECT * FROM (VALUES {rows}) AS {NextName()}({string.Join(", ", values.Columns.Select(Name))})";
        }

        return string.Join(" UNION ALL ", values.Items.Select(row => EmitValues(new Values(values.Columns, [row]))));
    }

    private string EmitWhere(Where where)
    {
        var from = From(where.Input);
        var frame = new Frame(this);
        var predicate = Predicate(where.Predicate, frame, isFilter: true);
        return $"SELECT * FROM {frame.Wrap(from)} WHERE {predicate}{frame.OrderBy}";
    }

    private string EmitProject(Project project)
    {
        var from = From(project.Input);
        var frame = new Frame(this);
        var made = project.Items.Where(item => item.Value is not ColumnValue value || value.Column != item.Column)
            .Select(item => $"{Scalar(item.Value, frame)} AS {Name(item.Column)}").ToList();
        return made.Count == 0 ? $"SELECT * FROM {from}" : $"SELECT *, {string.Join(", ", made)} FROM {frame.Wrap(from)}{frame.OrderBy}";
    }

    private string EmitSort(Sort sort)
    {
        var from = From(sort.Input);
        var frame = new Frame(this);
        var keys = string.Join(", ", sort.Keys.Select(key => $"{Scalar(key.Value, frame)} {(key.IsAscending ? "ASC" : "DESC")} NULLS {(key.NullsFirst ? "FIRST" : "LAST")}"));
        return $"SELECT * FROM {frame.Wrap(from)} ORDER BY {keys}";
    }

    private string EmitTake(Take take)
    {
        var from = From(take.Input);
        var count = take.Count.ToString(CultureInfo.InvariantCulture);
        if (take.Partition is { } partition)
        {
            var number = NextName();
            return $"SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY {Name(partition)} ORDER BY {number}) AS {number[..^1]}p\" FROM (SELECT *, row_number() OVER () AS {number} FROM {from})) WHERE {number[..^1]}p\" <= {count}";
        }

        return take.IsRandom ? $"SELECT * FROM {from} ORDER BY random() LIMIT {count}" : $"SELECT * FROM {from} LIMIT {count}";
    }

    private string EmitUnion(Union union)
    {
        return string.Join(" UNION ALL ", union.Parts.Select(part =>
        {
            var from = From(part.Rows);
            var frame = new Frame(this);
            var items = string.Join(", ", part.Items.Select((item, i) => $"{Scalar(item, frame)} AS {Name(union.Columns[i])}"));
            return $"SELECT {(items.Length == 0 ? "NULL" : items)} FROM {frame.Wrap(from)}";
        }));
    }

    private string EmitMvExpand(MvExpand expand)
    {
        var from = From(expand.Input);
        var frame = new Frame(this);
        var lists = expand.Items.Select(item => frame.Hoist($"kql_{(expand.BagsAsArrays ? "expand_pairs" : "expand")}({frame.Hoist(Scalar(item.Value, frame))}){(expand.Limit is { } most ? $"[1:{most}]" : "")}")).ToList();
        var items = expand.Items.Select((item, i) => $"unnest({lists[i]}) AS {Name(item.Column)}").ToList();
        if (expand.Index is { } index)
        {
            items.Add($"unnest(range(greatest({string.Join(", ", lists.Select(list => $"len({list})"))}))) AS {Name(index)}");
        }

        return $"SELECT *, {string.Join(", ", items)} FROM {frame.Wrap(from)}";
    }

    private string EmitRange(Plan.Range range)
    {
        var frame = new Frame(this);
        var (from, to, step) = (frame.Hoist(Scalar(range.From, frame)), frame.Hoist(Scalar(range.To, frame)), frame.Hoist(Scalar(range.Step, frame)));
        var list = range.Column.Type is KqlType.Real or KqlType.Decimal ? $"kql_range_real({from}, {to}, {step})" : $"kql_range({from}, {to}, {step})";
        return $"SELECT unnest({list}) AS {Name(range.Column)} FROM {frame.Wrap($"(SELECT 1) AS {NextName()}")}";
    }
}

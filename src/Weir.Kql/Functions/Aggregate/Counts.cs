namespace Weir.Kql.Functions.Aggregate;

/// <summary>How many. Distinct counts are exact.</summary>
internal sealed class Counts : IAggregateFamily
{
    public IEnumerable<AggregateFunction> Aggregates =>
    [
        new("count|cnt(value?: any): long", a => $"count(*){a.FilterClause}") { Prefix = "count" },
        new("countif(condition: bool): long", a => $"count(*){a.FilterClause}") { Prefix = "countif", Condition = 0 },
        new("dcount(value: any, accuracy?: long): long", a => $"count(DISTINCT {a[0]}){a.FilterClause}") { Prefix = "dcount" },
        new("dcountif(value: any, condition: bool, accuracy?: long): long", a => $"count(DISTINCT {a[0]}){a.FilterClause}") { Prefix = "dcountif", Condition = 1 },
        new("count_distinct(value: any): long", a => $"count(DISTINCT {a[0]}){a.FilterClause}") { Prefix = "count_distinct" },
        new("count_distinctif(value: any, condition: bool): long", a => $"count(DISTINCT {a[0]}){a.FilterClause}") { Prefix = "count_distinctif", Condition = 1 },
    ];
}

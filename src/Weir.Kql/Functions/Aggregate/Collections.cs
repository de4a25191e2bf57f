using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Aggregate;

/// <summary>Arrays and bags of a group's values, at most 1,048,576 of them. Nulls are left out.</summary>
internal sealed class Collections : IAggregateFamily
{
    private const long Most = 1_048_576;

    public IEnumerable<AggregateFunction> Aggregates =>
    [
        new("make_list|makelist(value: any, most?: long): dynamic", a => List(a, 1)) { Prefix = "list" },
        new("make_list_if(value: any, condition: bool, most?: long): dynamic", a => List(a, 2)) { Prefix = "list", Condition = 1 },
        new("make_list_with_nulls(value: any): dynamic", a => $"coalesce(to_json({Flat(a, $"list({Element(a)}{a.OrderBy}){a.FilterClause}")}), '[]'::JSON)") { Prefix = "list" },
        new("make_set|makeset(value: any, most?: long): dynamic", a => Set(a, 1)) { Prefix = "set" },
        new("make_set_if(value: any, condition: bool, most?: long): dynamic", a => Set(a, 2)) { Prefix = "set", Condition = 1 },
        new("make_bag|make_dictionary(bag: dynamic, most?: long): dynamic", Bag) { Prefix = "bag" },
        new("make_bag_if(bag: dynamic, condition: bool, most?: long): dynamic", Bag) { Prefix = "bag", Condition = 1 },
    ];

    private static string Present(EmittedCall a) => a.IsNullable(0) ? a.FilterAnd($"{a.Once(0)} IS NOT NULL") : a.FilterClause;

    private static string Limit(EmittedCall a, int i) => a.Count > i ? $"[1:least({a[i]}, {Most})]" : $"[1:{Most}]";

    /// <summary>Arrays are taken apart: their elements are the values.</summary>
    private static string Element(EmittedCall a) => a.Type(0).IsDynamic() ? $"kql_flat({a.Once(0)})" : a.Json(0);

    private static string Flat(EmittedCall a, string list) => a.Type(0).IsDynamic() ? $"flatten({list})" : list;

    private static string List(EmittedCall a, int limit) =>
        $"coalesce(to_json(({Flat(a, $"list({Element(a)}{a.OrderBy}){Present(a)}")}){Limit(a, limit)}), '[]'::JSON)";

    /// <summary>In the order in which the values first appear, where the input has an order and is small.</summary>
    private static string Set(EmittedCall a, int limit) => a.OrderBy.Length > 0 && a.IsSmall
        ? $"coalesce(to_json((kql_distinct({Flat(a, $"list({Element(a)}{a.OrderBy}){Present(a)}")})){Limit(a, limit)}), '[]'::JSON)"
        : a.Type(0).IsDynamic() ? $"coalesce(to_json((list_distinct(flatten(list(DISTINCT {Element(a)}){Present(a)}))){Limit(a, limit)}), '[]'::JSON)"
        : $"coalesce(to_json((list(DISTINCT {a.Json(0)}){Present(a)}){Limit(a, limit)}), '[]'::JSON)";

    /// <summary>Not merged one by one: that takes each bag apart again for every further one, and DuckDB cannot be stopped meanwhile.</summary>
    private static string Bag(EmittedCall a) =>
        $"coalesce(kql_bag_of(flatten(list(kql_entries({a.Once(0)}){a.OrderBy}){a.FilterAnd($"json_type({a.Once(0)}) = 'OBJECT'")})), '{{}}'::JSON)";
}

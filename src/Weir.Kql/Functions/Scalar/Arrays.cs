using Weir.Kql.Contracts;
using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>Functions of dynamic arrays. What is no array gives null.</summary>
internal sealed class Arrays : IFunctionFamily
{
    public IEnumerable<ScalarFunction> Functions =>
    [
        new("array_length|arraylength(array: dynamic): long", a => $"CASE WHEN json_type({a.Once(0)}) = 'ARRAY' THEN json_array_length({a.Once(0)})::BIGINT END"),
        new("array_concat(array: dynamic, arrays: dynamic*): dynamic", a => $"kql_bounded_json({a.Once($"to_json(list_concat({string.Join(", ", a.Indices.Select(i => $"coalesce(kql_list({a.Once(i)}), []::JSON[])"))}))")})"),
        new("array_slice(array: dynamic, start: long, end: long): dynamic", a =>
        {
            var list = List(a, 0);
            string From(int i) => $"CASE WHEN {a.Once(i)} < 0 THEN len({list}) + {a.Once(i)} ELSE {a.Once(i)} END";
            return $"to_json({list}[greatest({From(1)}, 0) + 1 : {From(2)} + 1])";
        }),
        new("array_sort_asc(array: dynamic, more?: any*): dynamic", a => Sorted(a, "")) { Check = Sortable },
        new("array_sort_desc(array: dynamic, more?: any*): dynamic", a => Sorted(a, "_desc")) { Check = Sortable },
        new("array_index_of(array: dynamic, value: any, start?: long, length?: long, occurrence?: long): long", a => a.Count == 2
            ? $"coalesce(list_position({List(a, 0)}, {a.Json(1)}), 0) - 1"
            : $"coalesce(list_filter(range(1, len({List(a, 0)}) + 1), lambda ki: {List(a, 0)}[ki] = {a.Json(1)} AND ki > {a[2]}{(a.Count > 3 ? $" AND ({a[3]} < 0 OR ki <= {a[2]} + {a[3]})" : "")})[{(a.Count > 4 ? a[4] : "1")}], 0) - 1"),
        new("array_reverse(array: dynamic): dynamic", a => $"to_json(list_reverse({List(a, 0)}))"),
        new("array_rotate_left(array: dynamic, count: long): dynamic", a => Rotate(a, "")),
        new("array_rotate_right(array: dynamic, count: long): dynamic", a => Rotate(a, "-")),
        new("array_shift_left(array: dynamic, count: long, fill?: any): dynamic", a => Shift(a, "+")),
        new("array_shift_right(array: dynamic, count: long, fill?: any): dynamic", a => Shift(a, "-")),
        new("array_split(array: dynamic, index: any): dynamic", Split),
        new("array_sum(array: dynamic): real", a => $"list_sum(list_transform({List(a, 0)}, lambda kx: CASE WHEN json_type(kx) IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN kql_json_real(kx) END))"),
        new("array_iff|array_iif(condition: dynamic, then: any, otherwise: any): dynamic", a =>
        {
            string Pick(int i) => a.Type(i).IsDynamic() ? $"CASE WHEN json_type({a.Once(i)}) = 'ARRAY' THEN {List(a, i)}[ki] ELSE {a.Once(i)} END" : a.Json(i);
            return $"CASE WHEN json_type({a.Once(0)}) = 'ARRAY' THEN to_json(list_transform(range(1, len({List(a, 0)}) + 1), lambda ki: CASE WHEN kql_json_bool({List(a, 0)}[ki]) THEN {Pick(1)} WHEN NOT kql_json_bool({List(a, 0)}[ki]) THEN {Pick(2)} END)) END";
        }),
        new("zip(array: dynamic, arrays: dynamic*): dynamic", a =>
        {
            var lists = a.Indices.Select(i => List(a, i)).ToList();
            return $"to_json(list_transform(range(1, greatest({string.Join(", ", lists.Select(list => $"len({list})"))}) + 1), lambda ki: [{string.Join(", ", lists.Select(list => $"{list}[ki]"))}]))";
        }),
        new("range(from: any, to: any, step?: any): dynamic", Range) { Check = arguments => arguments[0].Type.IsNumber() || arguments[0].Type is KqlType.DateTime or KqlType.TimeSpan or KqlType.Dynamic ? null : "numbers, datetimes or timespans are expected." },
        new("repeat(value: any, count: long): dynamic", a => $"CASE WHEN {a.Once(1)} > 100000 THEN error('repeat makes too long an array.') ELSE to_json(list_transform(range(least(greatest({a.Once(1)}, 0), 100000)), lambda ki: {a.Json(0)})) END") { Check = arguments => arguments[0].Type == KqlType.Dynamic ? "a dynamic value cannot be repeated." : null, Naming = ResultNaming.NameAndFirstArgument },
        new("set_union(array: dynamic, arrays: dynamic*): dynamic", a => $"kql_bounded_json({a.Once($"to_json(kql_distinct({a.Once($"list_concat({string.Join(", ", a.Indices.Select(i => $"coalesce({Items(a, i)}, []::JSON[])"))})")}))")})"),
        new("set_intersect(array: dynamic, arrays: dynamic*): dynamic", a => $"to_json(kql_distinct({a.Once($"list_filter({Set(a, 0)}, lambda kx: {string.Join(" AND ", a.Indices.Skip(1).Select(i => $"coalesce(list_contains({Set(a, i)}, kx), false)"))})")}))"),
        new("set_difference(array: dynamic, arrays: dynamic*): dynamic", a => $"to_json(kql_distinct({a.Once($"list_filter({Set(a, 0)}, lambda kx: {string.Join(" AND ", a.Indices.Skip(1).Select(i => $"NOT coalesce(list_contains({Set(a, i)}, kx), false)"))})")}))"),
        new("set_has_element(array: dynamic, value: any): bool", a => $"coalesce(list_contains({Items(a, 0)}, {a.Json(1)}), false)"),
        new("set_equals(a: dynamic, b: dynamic): bool", a => $"(list_sort(list_distinct({Items(a, 0)})) = list_sort(list_distinct({Items(a, 1)})))"),
        new("jaccard_index(a: dynamic, b: dynamic): real", a => $"(len(list_distinct(list_intersect({Items(a, 0)}, {Items(a, 1)})))::DOUBLE / len(list_distinct(list_concat({Items(a, 0)}, {Items(a, 1)}))))"),
    ];

    private static string List(EmittedCall a, int i) => a.Once($"kql_list({a.Once(i)})");

    /// <summary>The elements with a null as JSON null, so that it can be found and compared.</summary>
    private static string Items(EmittedCall a, int i) => a.Once($"list_transform(kql_list({a.Once(i)}), lambda kx: coalesce(kx, 'null'::JSON))");

    /// <summary>The same, of which each is compared with each of another.</summary>
    private static string Set(EmittedCall a, int i) => a.Once($"kql_set({Items(a, i)})");

    private static string? Sortable(IReadOnlyList<Plan.Scalar> arguments) =>
        arguments.Skip(1).SkipLast(1).Any(argument => !argument.Type.IsDynamic()) || !(arguments[^1].Type.IsDynamic() || arguments[^1].Type == KqlType.Bool)
            ? "arrays are expected, and last perhaps a bool." : null;

    /// <summary>The first array sorted; further arrays in the order that the first one takes, then all together as one array.</summary>
    private static string Sorted(EmittedCall a, string direction)
    {
        var count = a.Type(a.Count - 1) == KqlType.Bool ? a.Count - 1 : a.Count;
        var nullsFirst = a.Constant(a.Count - 1) is false;
        if (count == 1)
        {
            var list = List(a, 0);
            var nulls = a.Once($"list_filter({list}, lambda kx: kx IS NULL)");
            var sorted = $"kql_sort{direction}({list})";
            return nullsFirst ? $"to_json(list_concat({nulls}, {sorted}))" : $"to_json(list_concat({sorted}, {nulls}))";
        }

        var places = a.Once($"kql_sort_places{direction}({List(a, 0)}, {(nullsFirst ? "-1" : "1")})");
        string Picked(int i) => $"list_transform({places}, lambda kp: {List(a, i)}[kp])";
        var others = Enumerable.Range(1, count - 1).Select(i => $"CASE WHEN len({List(a, i)}) = len({List(a, 0)}) THEN to_json({Picked(i)}) END");
        return $"json_array({string.Join(", ", others.Prepend($"to_json({Picked(0)})"))})";
    }

    private static string Rotate(EmittedCall a, string sign)
    {
        var list = List(a, 0);
        return $"CASE WHEN len({list}) = 0 THEN {a.Once(0)} ELSE to_json(list_transform(range(len({list})), lambda ki: {list}[kql_mod(ki + {sign}({a.Once(1)}), len({list})) + 1])) END";
    }

    private static string Shift(EmittedCall a, string sign)
    {
        var list = List(a, 0);
        var fill = a.Count > 2 ? a.Json(2) : "NULL::JSON";
        return $"to_json(list_transform(range(1, len({list}) + 1), lambda ki: CASE WHEN ki {sign} {a.Once(1)} BETWEEN 1 AND len({list}) THEN {list}[ki {sign} {a.Once(1)}] ELSE {fill} END))";
    }

    private static string Split(EmittedCall a)
    {
        var list = List(a, 0);
        if (!a.Type(1).IsDynamic())
        {
            return $"json_array(to_json({list}[1:{At(a.Once(1))}]), to_json({list}[{At(a.Once(1))} + 1:]))";
        }

        var cuts = a.Once($"list_transform(kql_list({a.Once(1)}), lambda kx: {At("kql_json_long(kx)")})");
        return $"to_json(list_transform(range(len({cuts}) + 1), lambda ki: to_json({list}[CASE WHEN ki = 0 THEN 1 ELSE {cuts}[ki] + 1 END : CASE WHEN ki = len({cuts}) THEN len({list}) ELSE {cuts}[ki + 1] END])))";

        string At(string index) => $"CASE WHEN {index} < 0 THEN greatest(len({list}) + {index}, 0) ELSE {index} END";
    }

    private static string Range(EmittedCall a)
    {
        var type = a.Type(0);
        if (type.IsNumber() && a.Indices.Any(i => a.Type(i) is KqlType.Real or KqlType.Decimal))
        {
            return $"to_json(kql_range_real({a.Once($"{a[0]}::DOUBLE")}, {a.Once($"{a[1]}::DOUBLE")}, {(a.Count > 2 ? a.Once($"{a[2]}::DOUBLE") : "1.0::DOUBLE")}))";
        }

        string Whole(int i) => a.Once(Conversions.Convert(a.Once(i), a.Type(i), KqlType.Long));
        var step = a.Count > 2 ? Whole(2) : type is KqlType.DateTime or KqlType.TimeSpan ? "36000000000" : "1::BIGINT";
        var list = $"kql_range({Whole(0)}, {Whole(1)}, {step})";
        return type is KqlType.DateTime or KqlType.TimeSpan ? $"to_json(list_transform({list}, lambda kx: {Conversions.Element("kx", type)}))" : $"to_json({list})";
    }
}

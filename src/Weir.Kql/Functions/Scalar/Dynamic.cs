using Weir.Kql.Contracts;
using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>Reading and building dynamic values. A missing property or element is null.</summary>
internal sealed class Dynamic : IFunctionFamily
{
    public IEnumerable<ScalarFunction> Functions =>
    [
        new("property(value: dynamic, name: string): dynamic", a => a.Constant(1) is string name
            ? $"nullif(json_extract({a[0]}, {EmittedCall.Text("/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))}), 'null'::JSON)"
            : $"kql_property({a[0]}, {a[1]})"),
        new("element(value: dynamic, index: long): dynamic", a => a.Constant(1) is long index
            ? $"nullif(json_extract({a[0]}, '$[{(index < 0 ? "#" : "")}{index}]'), 'null'::JSON)" : $"kql_element({a[0]}, {a.Once(1)})"),
        new("property or element(value: dynamic, key: dynamic): dynamic", a => $"CASE WHEN json_type({a.Once(1)}) = 'VARCHAR' THEN kql_property({a.Once(0)}, kql_text({a.Once(1)})) ELSE kql_element({a.Once(0)}, {a.Once($"kql_json_long({a.Once(1)})")}) END"),
        new("parse json(text: string): dynamic", a => $"kql_parse_json({a.Once(0)})") { Naming = ResultNaming.FirstArgument },
        new("extract_json|extractjson(path: string, text: string): string", a => $"coalesce(json_extract_string(CASE WHEN json_valid({a.Once(1)}) THEN {a.Once(1)} END, regexp_replace({a[0]}, '\\[''([^'']*)''\\]', '.\"\\1\"', 'g')), '')"),
        new("bag_pack|pack|pack_dictionary(key: any, value: any, pairs?: any*): dynamic", a => Pack(a)) { Check = arguments => arguments.Count % 2 == 0 ? null : "keys and values come in pairs." },
        new("pack without empty(pairs?: any*): dynamic", a => $"kql_bag(list_filter([{string.Join(", ", a.Indices.Where(i => i % 2 == 0).Select(i => $"{{'k': {Strings.AsText(a, i)}, 'v': {a.Json(i + 1)}}}"))}], lambda ke: ke.v::VARCHAR NOT IN ('null', '\"\"')))"),
        new("bag_keys(bag: dynamic): dynamic", a => $"CASE WHEN json_type({a.Once(0)}) = 'OBJECT' THEN to_json(json_keys({a.Once(0)})) END"),
        new("bag keys and types(bag: dynamic): dynamic", a => $"CASE WHEN json_type({a.Once(0)}) = 'OBJECT' THEN to_json(list_transform(list_filter(kql_entries({a.Once(0)}), lambda ke: json_type(ke.v) <> 'NULL'), lambda ke: ke.k || CASE json_type(ke.v) WHEN 'BOOLEAN' THEN 'b' WHEN 'BIGINT' THEN 'l' WHEN 'UBIGINT' THEN 'l' WHEN 'DOUBLE' THEN 'r' WHEN 'VARCHAR' THEN CASE WHEN regexp_full_match(kql_text(ke.v), '\\d{{4}}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z') THEN 't' ELSE 's' END ELSE 'd' END)) END"),
        new("bag_has_key(bag: dynamic, key: string): bool", a => $"coalesce(json_exists({a.Once(0)}, CASE WHEN starts_with({a.Once(1)}, '$') THEN {a.Once(1)} ELSE kql_pointer({a.Once(1)}) END), false)"),
        new("bag_merge(bag: dynamic, bags: dynamic*): dynamic", a => a.Indices.Skip(1).Aggregate(Bag(a, 0), (merged, i) => a.Once($"kql_merge({a.Once(merged)}, {a.Once(Bag(a, i))})")) is var all ? $"kql_bounded_json({a.Once(all)})" : ""),
        new("bag_set_key(bag: dynamic, key: string, value: any): dynamic", a => $"kql_merge({a.Once($"json_object({a[1]}, {a.Json(2)})")}, {a.Once(0)})"),
        new("bag_remove_keys(bag: dynamic, keys: dynamic): dynamic", a => $"CASE WHEN json_type({a.Once(0)}) = 'OBJECT' THEN kql_bag(list_filter(kql_entries({a.Once(0)}), lambda ke: NOT list_contains(kql_texts({a.Once(1)}), ke.k))) END"),
        new("bag_zip(keys: dynamic, values: dynamic): dynamic", a =>
        {
            var (keys, values) = (a.Once($"kql_list({a.Once(0)})"), a.Once($"kql_list({a.Once(1)})"));
            return $"kql_bag(list_transform(list_filter(range(1, len({keys}) + 1), lambda ki: json_type({keys}[ki]) = 'VARCHAR'), lambda ki: {{'k': kql_text({keys}[ki]), 'v': coalesce({values}[ki], 'null'::JSON)}}))";
        }),
        new("pack_array(values?: any*): dynamic", a => a.Count == 0 ? "'[]'::JSON" : a.Count == 1 && a.Type(0) == KqlType.Dynamic ? $"json_array({a.Json(0)})"
            : $"kql_bounded_json({a.Once($"json_array({string.Join(", ", a.Indices.Select(a.Json))})")})"),
        new("dynamic_to_json|tojson(value: dynamic): string", a => $"coalesce(kql_canonical_4({a.Once(0)})::VARCHAR, '')"),
        new("treepath(value: dynamic): dynamic", a => $"to_json(list_transform(json_keys({a[0]}), lambda kk: '[''' || kk || ''']'))"),
    ];

    private static string Bag(EmittedCall a, int i) => $"CASE WHEN json_type({a.Once(i)}) = 'OBJECT' THEN {a.Once(i)} END";

    private static string Pack(EmittedCall a) =>
        $"kql_bounded_json({a.Once($"json_object({string.Join(", ", a.Indices.Select(i => i % 2 == 0 ? Strings.AsText(a, i) : a.Json(i)))})")})";
}

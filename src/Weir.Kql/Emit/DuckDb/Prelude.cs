namespace Weir.Kql.Emit.DuckDb;

/// <summary>
/// Macros that keep the emitted SQL short. All are pure expressions. A bound that is told by <c>error</c> must hold in the guarded branch too:
/// where the whole fails on constants, DuckDB goes on to compute its parts while it plans, and cannot be stopped there.
/// </summary>
internal static class Prelude
{
    /// <summary>Ticks of the Unix epoch in microseconds: from 0001-01-01 to 1970-01-01.</summary>
    private const string Epoch = "62135596800000000";

    private const string Day = "864000000000";

    public static IReadOnlyList<string> Statements { get; } =
    [
        .. ((string[])
        [
            // dynamic
            "kql_text(j) AS coalesce(json_extract_string(j, '$'), '')",
            "kql_list(j) AS CASE WHEN json_type(j) = 'ARRAY' THEN j::JSON[] END",
            "kql_texts(j) AS list_transform(kql_list(j), lambda kx: coalesce(json_extract_string(kx, '$'), ''))",
            "kql_pointer(k) AS '/' || replace(replace(k, '~', '~0'), '/', '~1')",
            "kql_property(j, k) AS nullif(json_extract(j, kql_pointer(k)), 'null'::JSON)",
            "kql_element(j, i) AS nullif(json_extract(j, CASE WHEN i < 0 THEN '$[#' || i || ']' ELSE '$[' || i || ']' END), 'null'::JSON)",
            "kql_entries(j) AS list_transform(json_keys(j), lambda kk: {'k': kk, 'v': json_extract(j, kql_pointer(kk))})",
            "kql_expand(j) AS CASE json_type(j) WHEN 'ARRAY' THEN j::JSON[] WHEN 'OBJECT' THEN list_transform(json_keys(j), lambda kk: json_object(kk, json_extract(j, kql_pointer(kk)))) ELSE [j] END",
            "kql_expand_pairs(j) AS CASE json_type(j) WHEN 'ARRAY' THEN j::JSON[] WHEN 'OBJECT' THEN list_transform(json_keys(j), lambda kk: json_array(kk, json_extract(j, kql_pointer(kk)))) ELSE [j] END",
            "kql_parse_json(s) AS CASE WHEN s = '' THEN NULL WHEN json_valid(s) THEN nullif(json(s), 'null'::JSON) ELSE to_json(s) END",
            "kql_merge(a, b) AS CASE WHEN a IS NULL THEN b WHEN b IS NULL THEN a ELSE to_json(map_from_entries(list_concat(kql_entries(a), list_filter(kql_entries(b), lambda ke: NOT list_contains(json_keys(a), ke.k))))) END",
            "kql_bag(entries) AS CASE WHEN len(entries) = 0 THEN '{}'::JSON ELSE to_json(map_from_entries(entries)) END",
            "kql_firsts(es) AS list_transform(list_sort(list_transform(list_filter(list_zip(es, list_concat([{'k': NULL::VARCHAR, 'i': 0::BIGINT, 'v': NULL::JSON}], es), true), lambda kp: kp[1].k IS DISTINCT FROM kp[2].k), lambda kp: {'i': kp[1].i, 'k': kp[1].k, 'v': kp[1].v})), lambda ke: {'k': ke.k, 'v': ke.v})",
            "kql_few(es) AS CASE WHEN len(es) > 20000 THEN error('A bag has more than 20,000 keys.') ELSE es[1:20000] END",
            "kql_bag_of(es) AS kql_bag(kql_few(kql_firsts(list_sort(list_transform(es, lambda ke, ki: {'k': ke.k, 'i': ki, 'v': ke.v})))))",
            "kql_sort_keys(l) AS list_transform(list_filter(l, lambda kx: kx IS NOT NULL), lambda kx: {'t': CASE WHEN json_type(kx) IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN 0 ELSE 1 END, 'n': CASE WHEN json_type(kx) IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN coalesce(TRY_CAST(kx::VARCHAR AS DOUBLE), 0.0) ELSE 0.0 END, 's': coalesce(json_extract_string(kx, '$'), ''), 'v': kx})",
            "kql_sort(l) AS list_transform(list_sort(kql_sort_keys(l)), lambda kr: kr.v)",
            "kql_sort_desc(l) AS list_transform(list_concat(list_reverse(list_sort(list_filter(kql_sort_keys(l), lambda kr: kr.t = 0))), list_reverse(list_sort(list_filter(kql_sort_keys(l), lambda kr: kr.t = 1)))), lambda kr: kr.v)",
            "kql_sort_places(l, n) AS list_transform(list_sort(list_transform(range(1, len(l) + 1), lambda ki: {'n': CASE WHEN l[ki] IS NULL THEN n ELSE 0 END, 'r': coalesce(kql_sort_keys([l[ki]])[1], {'t': 0, 'n': 0.0, 's': '', 'v': NULL}), 'i': ki})), lambda kr: kr.i)",
            "kql_sort_places_desc(l, n) AS list_reverse(list_transform(list_sort(list_transform(range(1, len(l) + 1), lambda ki: {'n': CASE WHEN l[ki] IS NULL THEN -n ELSE 0 END, 'r': coalesce(kql_sort_keys([l[ki]])[1], {'t': 0, 'n': 0.0, 's': '', 'v': NULL}), 'i': ki})), lambda kr: kr.i))",
            "kql_canonical_0(j) AS j",
            .. Enumerable.Range(1, 4).Select(i => $"kql_canonical_{i}(j) AS CASE json_type(j) WHEN 'OBJECT' THEN CASE WHEN len(json_keys(j)) = 0 THEN j ELSE to_json(map_from_entries(list_sort(list_transform(json_keys(j), lambda kk{i}: {{'k': kk{i}, 'v': kql_canonical_{i - 1}(json_extract(j, kql_pointer(kk{i})))}})))) END WHEN 'ARRAY' THEN to_json(list_transform(j::JSON[], lambda kx{i}: kql_canonical_{i - 1}(kx{i}))) ELSE j END"),
            "kql_distinct(l) AS CASE WHEN len(l) <= 2000 THEN list_filter(l[1:2000], lambda kx, ki: list_position(l[1:2000], kx) = ki) ELSE list_distinct(l) END",
            "kql_set(l) AS CASE WHEN len(l) > 20000 THEN error('A set is compared that has more than 20,000 elements.') ELSE l[1:20000] END",
            "kql_flat(j) AS CASE WHEN json_type(j) = 'ARRAY' THEN j::JSON[] ELSE [j] END",
            "kql_to_int(x) AS (((x + 2147483648) % 4294967296 + 4294967296) % 4294967296 - 2147483648)::INTEGER",

            // text of values
            $"kql_timestamp(t) AS make_timestamp(t // 10 - {Epoch})",
            $"kql_ticks(ts) AS (epoch_us(ts) + {Epoch}) * 10",
            "kql_datetime_text(t) AS CASE WHEN t IS NULL THEN '' ELSE strftime(kql_timestamp(t), '%Y-%m-%dT%H:%M:%S') || '.' || lpad((t % 10000000)::VARCHAR, 7, '0') || 'Z' END",
            "kql_two(n) AS lpad(n::VARCHAR, 2, '0')",
            $"kql_timespan_text(t) AS CASE WHEN t IS NULL THEN '' ELSE CASE WHEN t < 0 THEN '-' ELSE '' END || CASE WHEN abs(t) >= {Day} THEN (abs(t) // {Day}) || '.' ELSE '' END || kql_two(abs(t) // 36000000000 % 24) || ':' || kql_two(abs(t) // 600000000 % 60) || ':' || kql_two(abs(t) // 10000000 % 60) || CASE WHEN abs(t) % 10000000 > 0 THEN '.' || lpad((abs(t) % 10000000)::VARCHAR, 7, '0') ELSE '' END END",
            "kql_real_text(x) AS CASE WHEN x IS NULL THEN '' WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END ELSE x::VARCHAR END",
            "kql_real_json(x) AS CASE WHEN x IS NULL THEN NULL WHEN isfinite(x) THEN to_json(x) ELSE to_json(kql_real_text(x)) END",

            // values of text
            "kql_to_long(s) AS CASE WHEN regexp_full_match(s, '\\s*[+-]?[0-9]{1,20}\\s*') OR regexp_full_match(s, '\\s*0[xX][0-9a-fA-F]{1,16}\\s*') THEN TRY_CAST(trim(s, E' \\t\\n\\r') AS BIGINT) END",
            "kql_to_real(s) AS CASE WHEN NOT regexp_matches(s, '[_xX]') THEN TRY_CAST(nullif(trim(s, E' \\t\\n\\r'), '') AS DOUBLE) END",
            "kql_to_bool(s) AS CASE lower(s) WHEN 'true' THEN true WHEN 'false' THEN false ELSE kql_to_long(s) <> 0 END",
            "kql_in_time(t) AS CASE WHEN t BETWEEN 0 AND 3155378975999999999 THEN t END",
            "kql_date_base(s) AS coalesce(TRY_CAST(trim(regexp_replace(s, '^\\s*(\\d{4}-\\d{1,2}-\\d{1,2})(?:[T ](\\d{1,2}:\\d{2}(?::\\d{2})?)(?:\\.\\d+)?)?\\s*(?:Z|[+-]\\d{2}:?\\d{2})?\\s*$', '\\1 \\2')) AS TIMESTAMP), try_strptime(trim(s), ['%Y-%m-%d %H', '%m/%d/%Y', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %I:%M:%S %p', '%Y/%m/%d', '%Y/%m/%d %H:%M:%S', '%Y%m%d', '%Y-%m', '%Y', '%a, %d %b %Y %H:%M:%S', '%a, %d %b %Y %H:%M:%S GMT', '%d %b %Y', '%d %b %Y %H:%M:%S', '%b %d %Y', '%B %d, %Y', '%A, %B %d, %Y']))",
            "kql_date_fraction(s) AS coalesce(TRY_CAST(left(rpad(regexp_extract(s, ':\\d{2}\\.(\\d+)', 1), 7, '0'), 7) AS BIGINT), 0)",
            "kql_date_offset(s) AS CASE WHEN regexp_matches(s, '\\d:\\d{2}(?::\\d{2})?(?:\\.\\d+)?\\s*[+-]\\d{2}:?\\d{2}\\s*$') THEN (CASE WHEN regexp_extract(s, '([+-])\\d{2}:?\\d{2}\\s*$', 1) = '-' THEN -1 ELSE 1 END) * (regexp_extract(s, '[+-](\\d{2}):?\\d{2}\\s*$', 1)::BIGINT * 36000000000 + regexp_extract(s, '[+-]\\d{2}:?(\\d{2})\\s*$', 1)::BIGINT * 600000000) ELSE 0 END",
            "kql_to_datetime(s) AS kql_ticks(kql_date_base(s)) + kql_date_fraction(s) - kql_date_offset(s)",
            "kql_span_part(s, n) AS coalesce(TRY_CAST(regexp_extract(s, '^\\s*-?(?:(\\d+)\\.)?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,7}))?)?\\s*$', n) AS BIGINT), 0)",
            $"kql_to_timespan(s) AS CASE WHEN regexp_matches(s, '^\\s*-?(?:\\d+\\.)?\\d{{1,2}}:\\d{{1,2}}(?::\\d{{1,2}}(?:\\.\\d{{1,7}})?)?\\s*$') THEN (CASE WHEN starts_with(trim(s), '-') THEN -1 ELSE 1 END) * (kql_span_part(s, 1) * {Day} + kql_span_part(s, 2) * 36000000000 + kql_span_part(s, 3) * 600000000 + kql_span_part(s, 4) * 10000000 + TRY_CAST(rpad(regexp_extract(s, '\\.(\\d{{1,7}})\\s*$', 1), 7, '0') AS BIGINT)) WHEN regexp_matches(s, '^\\s*-?\\d+(?:\\.\\d+)?\\s*(?:d|h|m|s|ms|microsecond|tick)\\s*$') THEN TRY_CAST(TRY_CAST(regexp_extract(s, '^\\s*(-?\\d+(?:\\.\\d+)?)', 1) AS DOUBLE) * CASE regexp_extract(s, '(d|h|ms|m|microsecond|s|tick)\\s*$', 1) WHEN 'd' THEN {Day} WHEN 'h' THEN 36000000000 WHEN 'm' THEN 600000000 WHEN 's' THEN 10000000 WHEN 'ms' THEN 10000 WHEN 'microsecond' THEN 10 ELSE 1 END AS BIGINT) WHEN regexp_full_match(s, '\\s*-?\\d{{1,7}}\\s*') THEN TRY_CAST(trim(s) AS BIGINT) * {Day} END",

            // dynamic to others
            "kql_json_long(j) AS CASE json_type(j) WHEN 'UBIGINT' THEN TRY_CAST(j::VARCHAR AS BIGINT) WHEN 'BIGINT' THEN TRY_CAST(j::VARCHAR AS BIGINT) WHEN 'DOUBLE' THEN kql_real_long(TRY_CAST(j::VARCHAR AS DOUBLE)) WHEN 'BOOLEAN' THEN (j::VARCHAR = 'true')::BIGINT WHEN 'VARCHAR' THEN kql_to_long(json_extract_string(j, '$')) END",
            "kql_json_int(j) AS CASE WHEN json_type(j) = 'DOUBLE' THEN kql_real_int(TRY_CAST(j::VARCHAR AS DOUBLE)) ELSE kql_to_int(kql_json_long(j)::HUGEINT) END",
            "kql_json_real(j) AS CASE WHEN json_type(j) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN TRY_CAST(j::VARCHAR AS DOUBLE) WHEN json_type(j) = 'BOOLEAN' THEN (j::VARCHAR = 'true')::INTEGER::DOUBLE WHEN json_type(j) = 'VARCHAR' THEN kql_to_real(json_extract_string(j, '$')) END",
            "kql_json_bool(j) AS CASE json_type(j) WHEN 'BOOLEAN' THEN j::VARCHAR = 'true' WHEN 'VARCHAR' THEN kql_to_bool(json_extract_string(j, '$')) WHEN 'ARRAY' THEN NULL WHEN 'OBJECT' THEN NULL ELSE TRY_CAST(j::VARCHAR AS DOUBLE) <> 0 END",
            "kql_json_timespan(j) AS CASE WHEN json_type(j) IN ('UBIGINT', 'BIGINT') THEN TRY_CAST(j::VARCHAR AS BIGINT) ELSE kql_to_timespan(kql_text(j)) END",

            // numbers
            "kql_wrap(x) AS (((x + 9223372036854775808::HUGEINT) % 18446744073709551616::HUGEINT + 18446744073709551616::HUGEINT) % 18446744073709551616::HUGEINT - 9223372036854775808::HUGEINT)::BIGINT",
            "kql_mod(a, b) AS CASE WHEN b = 0 THEN NULL ELSE (a % b + abs(b)) % abs(b) END",
            "kql_floor_to(x, s) AS CASE WHEN s <= 0 THEN NULL ELSE x - kql_mod(x, s) END",
            "kql_range(f, t, s) AS CASE WHEN f IS NULL OR t IS NULL OR s IS NULL OR s = 0 THEN []::BIGINT[] WHEN (t::HUGEINT - f) // s > 5000000 THEN error('The range has more than 5,000,000 values.') ELSE generate_series(f, t, s) END",
            "kql_range_real(f, t, s) AS CASE WHEN f IS NULL OR t IS NULL OR s IS NULL OR s = 0 OR (t - f) / s < 0 THEN []::DOUBLE[] WHEN (t - f) / s > 5000000 THEN error('The range has more than 5,000,000 values.') ELSE list_transform(generate_series(0, floor((t - f) / s + 1e-9)::BIGINT), lambda ki: f + ki * s) END",

            "kql_real_long(x) AS CASE WHEN NOT isfinite(x) THEN NULL WHEN x >= 9223372036854775807.0 THEN 9223372036854775807 WHEN x <= -9223372036854775808.0 THEN (-9223372036854775807::BIGINT - 1::BIGINT) ELSE trunc(x)::BIGINT END",
            "kql_real_int(x) AS CASE WHEN NOT isfinite(x) THEN NULL WHEN x >= 2147483647.0 THEN 2147483647::INTEGER WHEN x <= -2147483648.0 THEN (-2147483648)::INTEGER ELSE trunc(x)::INTEGER END",

            // strings
            "kql_bounded(s) AS CASE WHEN strlen(s) > 8388608 THEN error('A string has grown beyond 8 MiB.') ELSE s END",
            "kql_bounded_json(j) AS CASE WHEN strlen(j::VARCHAR) > 16777216 THEN error('A dynamic value has grown beyond 16 MiB.') ELSE j END",
            "kql_term(n, before, after) AS CASE WHEN before AND regexp_matches(n, '^[\\pL\\pN]') THEN '(?:^|[^\\pL\\pN])' ELSE '' END || regexp_escape(n) || CASE WHEN after AND regexp_matches(n, '[\\pL\\pN]$') THEN '(?:$|[^\\pL\\pN])' ELSE '' END",
            "kql_has(s, n) AS regexp_matches(lower(s), kql_term(lower(n), true, true))",
            // Piece by piece: a search from each place of a long text would take its square, and DuckDB cannot be stopped meanwhile.
            "kql_pieces(cs) AS list_zip(cs, list_concat(cs[2:], ['']))",
            "kql_places(s, n) AS CASE WHEN length(n) > 256 THEN error('countof and indexof look for at most 256 characters.') WHEN n = '' THEN range(1, length(s) + 2) WHEN NOT contains(s, n) THEN []::BIGINT[] ELSE flatten(list_transform(kql_pieces(regexp_extract_all(s, '(?s).{1,256}')), lambda kp, kc: list_transform(list_filter(range(1, length(kp[1]) + 1), lambda ki: substr(kp[1] || kp[2], ki, length(n)) = n), lambda kj: kj + (kc - 1) * 256))) END",
            "kql_overlaps(s, n) AS CASE WHEN n = '' THEN 0 ELSE len(kql_places(s, n)) END",
        ]).Select(macro => "CREATE OR REPLACE MACRO " + macro),
    ];
}

using System.Text;
using Weir.Kql.Contracts;
using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>Length, parts, case, joining and splitting of strings. Positions count from 0 in code points.</summary>
internal sealed class Strings : IFunctionFamily
{
    public IEnumerable<ScalarFunction> Functions =>
    [
        new("strlen(text: string): long", a => $"length({a[0]})") { Naming = ResultNaming.NameAndFirstArgument },
        new("string_size(text: string): long", a => $"strlen({a[0]})") { Naming = ResultNaming.NameAndFirstArgument },
        new("tolower(text: string): string", a => $"lower({a[0]})"),
        new("toupper(text: string): string", a => $"upper({a[0]})"),
        new("reverse(value: any): string", a => $"reverse({AsText(a, 0)})"),
        new("substring(text: string, start: long, length?: long): string", Substring),
        new("strcat(value: any, values?: any*): string", a => Bounded(a, $"concat({string.Join(", ", a.Indices.Select(i => AsText(a, i)))})")),
        new("strcat_delim(delimiter: string, value: any, values: any*): string", a => Bounded(a, $"concat_ws({a[0]}, {string.Join(", ", a.Indices.Skip(1).Select(i => AsText(a, i)))})")),
        new("strcat_array(array: dynamic, delimiter: string): string", a => $"coalesce(array_to_string(kql_texts({a.Once(0)}), {a[1]}), '')"),
        new("strrep|repeat_string(value: any, times: long, delimiter?: string): string", a => Bounded(a,
            $"CASE WHEN {a.Once(1)} > 1024 OR {a.Once(1)} * strlen({a.Once(AsText(a, 0))}) > 1048576 THEN error('strrep makes too long a string.') WHEN {a.Once(1)} <= 0 OR {a.Once(1)} IS NULL THEN '' ELSE {(a.Count < 3 ? $"repeat({a.Once(AsText(a, 0))}, least({a.Once(1)}, 1024))" : $"array_to_string(list_transform(range(least({a.Once(1)}, 1024)), lambda ki: {a.Once(AsText(a, 0))}), {a[2]})")} END")),
        new("split(text: string, delimiter: string, index?: long): dynamic", a => Split(a)) { Naming = ResultNaming.FirstArgument },
        new("replace_string|replace_str(text: string, old: string, new: string): string", a => Bounded(a, $"CASE WHEN {a.Once(1)} = '' THEN {a.Once(0)} WHEN strlen({a.Once(0)}) * strlen({a.Once(2)}) > 268435456 THEN error('replace_string makes too long a string.') ELSE replace({a.Once(0)}, {a.Once(1)}, {a.Once(2)}) END")),
        new("replace_strings(text: string, old: dynamic, new: dynamic): string", ReplaceStrings),
        new("indexof(text: any, part: any, start?: long, length?: long, occurrence?: long): long", IndexOf),
        new("countof(text: string, search: string, kind?: string): long", a => a.Constant(2) as string == "regex"
            ? $"len(regexp_extract_all({a[0]}, {RegexClasses.Argument(a, 1)}))::BIGINT" : $"kql_overlaps({a.Once(0)}, {a.Once(1)})::BIGINT"),
        new("strcmp(a: string, b: string): long", a => $"CASE WHEN {a.Once(0)} < {a.Once(1)} THEN -1::BIGINT WHEN {a.Once(0)} > {a.Once(1)} THEN 1::BIGINT ELSE 0::BIGINT END"),
        new("translate(from: string, to: string, text: string): string", a => $"CASE WHEN {a.Once(1)} = '' THEN translate({a.Once(2)}, {a.Once(0)}, '') ELSE translate({a.Once(2)}, {a.Once(0)}, rpad({a.Once(1)}, greatest(length({a.Once(0)}), length({a.Once(1)}))::INTEGER, right({a.Once(1)}, 1))) END"),
        new("isascii(text: string): bool", a => $"regexp_full_match({a[0]}, '[\\x00-\\x7F]*')"),
        new("isutf8(text: string): bool", a => $"({a[0]} IS NOT NULL)"),
        new("unicode_codepoints_from_string|to_utf8(text: string): dynamic", a => $"to_json(list_transform(regexp_extract_all({a[0]}, '(?s).'), lambda kx: unicode(kx)))"),
        new("unicode_codepoints_to_string|make_string(value: any, values?: any*): string", a => $"concat({string.Join(", ", a.Indices.Select(i => a.Type(i).IsDynamic()
            ? $"coalesce(array_to_string(list_transform(kql_list({a.Once(i)}), lambda kx: chr(kql_json_long(kx)::INTEGER)), ''), '')" : $"chr({a[i]}::INTEGER)"))})"),
    ];

    /// <summary>The argument in lower case; constants are lowered here.</summary>
    public static string Lower(EmittedCall a, int i) => a.Constant(i) is string text ? EmittedCall.Text(text.ToLowerInvariant()) : $"lower({a[i]})";

    public static string AsText(EmittedCall a, int i) => a.Type(i) == KqlType.String ? a[i] : Conversions.Convert(a.Once(i), a.Type(i), KqlType.String);

    /// <summary>Refuses at run time a string that has grown beyond all use: nesting would otherwise double it at each level.</summary>
    public static string Bounded(EmittedCall a, string sql) => a.Indices.Count(i => !a.IsLiteral(i)) > 1 ? $"kql_bounded({a.Once(sql)})" : sql;

    /// <summary>The text as an RE2 pattern that matches just it.</summary>
    public static string EscapePattern(string text)
    {
        var pattern = new StringBuilder();
        foreach (var c in text)
        {
            pattern.Append(c < 128 && !char.IsAsciiLetterOrDigit(c) && c is not ('_' or ' ') ? c == '\n' ? @"\n" : $"\\{c}" : c.ToString());
        }

        return pattern.ToString();
    }

    /// <summary>Pair after pair, but what one has put in is not seen by the next: until the end a private character stands for it.</summary>
    private static string ReplaceStrings(EmittedCall a)
    {
        var (old, put) = (a.Once($"kql_texts({a.Once(1)})"), a.Once($"kql_texts({a.Once(2)})"));
        var numbers = a.Once($"list_transform(range(1, len({old}) + 1), lambda ki: ki::VARCHAR)");
        var marked = a.Once($"list_reduce(list_prepend({a.Once(0)}, {numbers}), lambda ks, ki: CASE WHEN {old}[ki::BIGINT] = '' THEN ks ELSE replace(ks, {old}[ki::BIGINT], chr(983040 + ki::INTEGER)) END)");
        return Bounded(a, $"coalesce(list_reduce(list_prepend({marked}, {numbers}), lambda ks, ki: replace(ks, chr(983040 + ki::INTEGER), coalesce({put}[ki::BIGINT], {put}[-1], ''))), {a.Once(0)})");
    }

    private static string Substring(EmittedCall a)
    {
        var start = a.Constant(1) is long constant && constant >= 0 ? $"{constant + 1}" : $"(CASE WHEN {a.Once(1)} < 0 THEN length({a.Once(0)}) + {a.Once(1)} ELSE {a.Once(1)} END + 1)";
        if (a.Constant(1) is not long and not int || System.Convert.ToInt64(a.Constant(1), null) < 0)
        {
            return $"CASE WHEN {a.Once(start)} < 1 THEN '' ELSE coalesce(substring({a.Once(0)}, {a.Once(start)}{(a.Count == 2 ? "" : $", greatest({a[2]}, 0)")}), '') END";
        }

        return a.Count == 2 ? $"coalesce(substring({a.Once(0)}, {start}), '')" : $"coalesce(substring({a.Once(0)}, {start}, greatest({a[2]}, 0)), '')";
    }

    private static string Split(EmittedCall a)
    {
        var list = a.Constant(1) is string { Length: > 0 } ? $"string_split({a[0]}, {a[1]})" : $"CASE WHEN {a.Once(1)} = '' THEN [{a.Once(0)}] ELSE string_split({a.Once(0)}, {a.Once(1)}) END";
        return a.Count == 2 ? $"to_json({list})"
            : $"CASE WHEN {a.Once(2)} >= 0 AND {a.Once(2)} < len({a.Once(list)}) THEN to_json([{a.Once(list)}[{a.Once(2)} + 1]]) ELSE '[]'::JSON END";
    }

    private static string IndexOf(EmittedCall a)
    {
        var text = a.Once(AsText(a, 0));
        var part = a.Once(AsText(a, 1));
        var start = a.Count > 2 ? a.Once($"CASE WHEN {a.Once(2)} < 0 THEN greatest(length({text}) + {a.Once(2)}, 0) ELSE {a.Once(2)} END") : "0::BIGINT";
        if (a.Count > 4)
        {
            var places = a.Once($"list_filter(kql_places({text}, {part}), lambda ki: ki > {start} AND ({a[3]} < 0 OR ki + length({part}) <= {start} + {a[3]} + 1))");
            return $"coalesce({places}[{a[4]}] - 1, -1)";
        }

        var window = a.Count > 3 ? $"CASE WHEN {a.Once(3)} < 0 THEN substr({text}, {start} + 1) ELSE substr({text}, {start} + 1, {a.Once(3)}) END" : a.Count > 2 ? $"substr({text}, {start} + 1)" : text;
        return a.Count > 2
            ? $"CASE WHEN {start} > length({text}) THEN -1::BIGINT WHEN instr({a.Once(window)}, {part}) = 0 THEN -1::BIGINT ELSE instr({a.Once(window)}, {part}) - 1 + {start} END"
            : $"(instr({text}, {part}) - 1)";
    }
}

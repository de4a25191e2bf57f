using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>Regular expressions (RE2).</summary>
internal sealed class Patterns : IFunctionFamily
{
    public IEnumerable<ScalarFunction> Functions =>
    [
        new("extract(pattern: string, group: long, text: string): string", a => a.Constant(1) is long group
            ? $"regexp_extract({a[2]}, {RegexClasses.Argument(a, 0)}, {Math.Clamp(group, 0, 9)})" : $"coalesce(regexp_extract_all({a[2]}, {RegexClasses.Argument(a, 0)}, {a[1]}::INTEGER)[1], '')"),
        new("extract_all|extractall(pattern: string, groups: any, text?: string): dynamic", ExtractAll),
        new("replace_regex(text: string, pattern: string, rewrite: string): string", a => Replace(a, 0, 1, 2)),
        new("replace(pattern: string, rewrite: string, text: string): string", a => Replace(a, 2, 0, 1)),
        new("trim(pattern: string, text: string): string", a => $"regexp_replace(regexp_replace({a[1]}, '^(?:' || {RegexClasses.Argument(a, 0)} || ')', ''), '(?:' || {RegexClasses.Argument(a, 0)} || ')$', '')"),
        new("trim_start(pattern: string, text: string): string", a => $"regexp_replace({a[1]}, '^(?:' || {RegexClasses.Argument(a, 0)} || ')', '')"),
        new("trim_end(pattern: string, text: string): string", a => $"regexp_replace({a[1]}, '(?:' || {RegexClasses.Argument(a, 0)} || ')$', '')"),
        new("regex_quote(text: string): string", a => $"regexp_escape({a[0]})"),
        new("indexof_regex(text: string, pattern: string, start?: long, length?: long, occurrence?: long): long", IndexOf),
        new("parse groups(text: string, pattern: string, count: long): dynamic", a =>
        {
            var count = (long)a.Constant(2)!;
            var groups = string.Join(", ", Enumerable.Range(1, (int)count).Select(i => Group(a, i, (int)count)));
            return $"CASE WHEN regexp_matches({a.Once(0)}, {a.Once(1)}) THEN json_array({groups}) END";
        }),
        new("parse kv(text: string, key: string, pair: string, separator: string, quote: string, greedy: string): string", ParseKv),
    ];

    /// <summary>DuckDB reads groups up to 9; beyond that the earlier ones are made silent.</summary>
    private static string Group(EmittedCall a, int i, int count) =>
        count <= 9 || i <= 9 ? $"regexp_extract({a.Once(0)}, {a.Once(1)}, {i})" : $"regexp_extract({a.Once(0)}, {EmittedCall.Text(Silence((string)a.Constant(1)!, i - 1))}, 1)";

    private static string Silence(string pattern, int groups)
    {
        var at = 0;
        for (var i = 0; i < groups; i++)
        {
            do
            {
                at = pattern.IndexOf('(', at + 1);
            }
            while (at > 0 && (pattern[at - 1] == '\\' || pattern[at + 1] == '?'));
            pattern = pattern.Insert(at + 1, "?:");
        }

        return pattern;
    }

    private static string ExtractAll(EmittedCall a)
    {
        var text = a.Once(a.Count == 3 ? 2 : 1);
        var pattern = a.Constant(0) as string;
        if (a.Count == 3 && a.Constant(1) is string json && pattern is not null)
        {
            var groups = json.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(group => GroupNumber(pattern, group.Trim('"'))).ToArray();
            return groups.Length == 1 ? All(a, text, groups[0]) : Rows(a, text, groups);
        }

        var count = pattern is null ? 1 : CountGroups(pattern);
        return count switch
        {
            0 => All(a, text, "0"),
            1 => All(a, text, "1"),
            _ => Rows(a, text, [.. Enumerable.Range(1, Math.Min(count, 9)).Select(i => $"{i}")]),
        };
    }

    private static string All(EmittedCall a, string text, string group)
    {
        var list = a.Once($"regexp_extract_all({text}, {RegexClasses.Argument(a, 0)}, {group})");
        return $"CASE WHEN len({list}) > 0 THEN to_json({list}) END";
    }

    private static string Rows(EmittedCall a, string text, string[] groups)
    {
        var lists = groups.Select(group => a.Once($"regexp_extract_all({text}, {RegexClasses.Argument(a, 0)}, {group})")).ToList();
        return $"CASE WHEN len({lists[0]}) > 0 THEN to_json(list_transform(range(1, len({lists[0]}) + 1), lambda ki: [{string.Join(", ", lists.Select(list => $"coalesce({list}[ki], '')"))}])) END";
    }

    /// <summary>The number of a group given by number or name.</summary>
    private static string GroupNumber(string pattern, string group)
    {
        if (int.TryParse(group, out var number))
        {
            return $"{Math.Clamp(number, 0, 9)}";
        }

        var at = pattern.IndexOf($"(?P<{group}>", StringComparison.Ordinal);
        return at < 0 ? "0" : $"{Math.Min(CountGroups(pattern[..at]) + 1, 9)}";
    }

    private static int CountGroups(string pattern)
    {
        var count = 0;
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\': i++; break;
                case '[': inClass = true; break;
                case ']': inClass = false; break;
                case '(' when !inClass && (i + 1 >= pattern.Length || pattern[i + 1] != '?' || pattern.AsSpan(i).StartsWith("(?P<")): count++; break;
            }
        }

        return count;
    }

    /// <summary>The place of the n-th match that lies within length from start; matches are found one after the other.</summary>
    private static string IndexOf(EmittedCall a)
    {
        var (text, pattern) = (a.Once(0), RegexClasses.Argument(a, 1));
        var start = a.Count > 2 ? a.Once($"CASE WHEN {a.Once(2)} < 0 THEN greatest(length({text}) + {a.Once(2)}, 0) ELSE {a.Once(2)} END") : "0::BIGINT";
        var window = a.Once(a.Count > 3 ? $"CASE WHEN {a.Once(3)} < 0 THEN substr({text}, {start} + 1) ELSE substr({text}, {start} + 1, {a.Once(3)}) END" : $"substr({text}, {start} + 1)");
        var number = a.Count > 4 ? a.Once(4) : "1";
        var matches = a.Once($"regexp_extract_all({window}, {pattern})");
        var before = a.Once($"list_transform(regexp_extract_all({window}, '(?s)(.*?)(?:' || {pattern} || ')', 1), lambda kx: length(kx))");
        return $"CASE WHEN {number} < 1 OR {number} > len({matches}) THEN -1::BIGINT ELSE ({start} + list_sum({before}[1:{number}]) + coalesce(list_sum(list_transform({matches}[1:{number} - 1], lambda kx: length(kx))), 0))::BIGINT END";
    }

    private static string Replace(EmittedCall a, int text, int pattern, int rewrite) =>
        Strings.Bounded(a, $"CASE WHEN strlen({a.Once(text)}) * strlen({a.Once(rewrite)}) > 268435456 THEN error('replace_regex makes too long a string.') ELSE regexp_replace({a.Once(text)}, {RegexClasses.Argument(a, pattern)}, {a.Once(rewrite)}, 'g') END");

    private static string ParseKv(EmittedCall a)
    {
        string Escaped(int i) => Strings.EscapePattern((string)a.Constant(i)!);
        var (key, pair, separator, quote) = (Escaped(1), Escaped(2), Escaped(3), Escaped(4));
        var start = $"(?s)(?:^|{pair}{(quote.Length > 0 ? "|" + quote : "")})\\s*{key}\\s*{separator}\\s*";
        var bare = a.Constant(5) as string == "true" ? $"(.*?)\\s*(?:{pair}[^{pair.Replace("\\", "\\\\", StringComparison.Ordinal)}]*?{separator}|$)" : pair.Length == 0 ? "(.*)" : $"(.*?)\\s*(?:{pair}|$)";
        var plain = $"regexp_extract({a.Once(0)}, {EmittedCall.Text(start + bare)}, 1)";
        return quote.Length == 0 ? plain
            : $"CASE WHEN regexp_matches({a.Once(0)}, {EmittedCall.Text(start + quote)}) THEN regexp_extract({a.Once(0)}, {EmittedCall.Text($"{start}{quote}(.*?)(?:{quote}|$)")}, 1) ELSE {plain} END";
    }
}

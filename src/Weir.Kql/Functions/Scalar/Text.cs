using System.Text;
using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>The string operators. A term is a run of letters and digits; everything else, the underscore too, separates.</summary>
internal sealed class Text : IFunctionFamily
{
    private const string Before = @"(?:^|[^\pL\pN])";
    private const string After = @"(?:$|[^\pL\pN])";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new("=~(a: string, b: string): bool", a => $"({Strings.Lower(a, 0)} = {Strings.Lower(a, 1)})"),
        new("has(text: string, term: string): bool", a => Term(a, true, true, false)),
        new("has_cs(text: string, term: string): bool", a => Term(a, true, true, true)),
        new("hasprefix(text: string, term: string): bool", a => Term(a, true, false, false)),
        new("hasprefix_cs(text: string, term: string): bool", a => Term(a, true, false, true)),
        new("hassuffix(text: string, term: string): bool", a => Term(a, false, true, false)),
        new("hassuffix_cs(text: string, term: string): bool", a => Term(a, false, true, true)),
        new("contains(text: string, part: string): bool", a => $"contains(lower({a[0]}), {Strings.Lower(a, 1)})"),
        new("contains_cs(text: string, part: string): bool", a => $"contains({a[0]}, {a[1]})"),
        new("startswith(text: string, start: string): bool", a => $"starts_with(lower({a[0]}), {Strings.Lower(a, 1)})"),
        new("startswith_cs(text: string, start: string): bool", a => $"starts_with({a[0]}, {a[1]})"),
        new("endswith(text: string, end: string): bool", a => $"suffix(lower({a[0]}), {Strings.Lower(a, 1)})"),
        new("endswith_cs(text: string, end: string): bool", a => $"suffix({a[0]}, {a[1]})"),
        new("matches regex(text: string, pattern: string): bool", a => $"regexp_matches({a[0]}, {RegexClasses.Argument(a, 1)})"),
        new("has_any(text: string, terms: string*): bool", a => Any(a)),
        new("has_all(text: string, terms: string*): bool", a => $"({string.Join(" AND ", a.Indices.Skip(1).Select(i => Term(a, i, true, true, false)))})"),
        new("has_any array(text: string, terms: dynamic): bool", a => a.Constant(1) is string json && Terms(json) is { } terms
            ? AnyOf(a, terms) : $"coalesce(len(list_filter(kql_texts({a.Once(1)}), lambda kx: kql_has({a.Once(0)}, kx))) > 0, false)"),
        new("has_all array(text: string, terms: dynamic): bool", a => $"coalesce(len(list_filter(kql_texts({a.Once(1)}), lambda kx: NOT kql_has({a.Once(0)}, kx))) = 0, true)"),
    ];

    private static string Term(EmittedCall a, bool before, bool after, bool isCaseSensitive) => Term(a, 1, before, after, isCaseSensitive);

    private static string Term(EmittedCall a, int i, bool before, bool after, bool isCaseSensitive)
    {
        if (a.Constant(i) is string term)
        {
            if (term.Length == 0)
            {
                return "true";
            }

            // The substring test is cheap and rules out nearly every row before the pattern runs.
            var text = a.Once(0);
            return isCaseSensitive
                ? $"(contains({text}, {EmittedCall.Text(term)}) AND regexp_matches({text}, {EmittedCall.Text(Pattern(term, before, after))}))"
                : $"(contains(lower({text}), {EmittedCall.Text(term.ToLowerInvariant())}) AND regexp_matches({text}, {EmittedCall.Text("(?i)" + Pattern(term, before, after))}))";
        }

        var (left, right) = isCaseSensitive ? (a[0], a.Once(i)) : ($"lower({a[0]})", a.Once($"lower({a[i]})"));
        return $"regexp_matches({left}, kql_term({right}, {(before ? "true" : "false")}, {(after ? "true" : "false")}))";
    }

    private static string Any(EmittedCall a)
    {
        var constants = a.Indices.Skip(1).Select(a.Constant).OfType<string>().ToList();
        return constants.Count == a.Count - 1 ? AnyOf(a, constants) : $"({string.Join(" OR ", a.Indices.Skip(1).Select(i => Term(a, i, true, true, false)))})";
    }

    /// <summary>One pattern for all terms.</summary>
    private static string AnyOf(EmittedCall a, List<string> terms) =>
        terms.Count == 0 ? "false" : terms.Contains("", StringComparer.Ordinal) ? "true"
        : $"regexp_matches({a[0]}, {EmittedCall.Text($"(?i){string.Join('|', terms.Distinct(StringComparer.OrdinalIgnoreCase).Select(term => Pattern(term, true, true)))}")})";

    private static List<string>? Terms(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return document.RootElement.ValueKind == System.Text.Json.JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select(item => item.ValueKind == System.Text.Json.JsonValueKind.String ? item.GetString()! : item.GetRawText())]
            : null;
    }

    /// <summary>A border is needed only where the term itself begins or ends with a letter or digit.</summary>
    private static string Pattern(string term, bool before, bool after)
    {
        var pattern = new StringBuilder();
        pattern.Append(before && Rune.GetRuneAt(term, 0) is var first && Rune.IsLetterOrDigit(first) ? Before : "");
        pattern.Append(Strings.EscapePattern(term));
        return pattern.Append(after && char.IsLetterOrDigit(term[^1]) || (after && char.IsLowSurrogate(term[^1])) ? After : "").ToString();
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Detection.Contracts;

namespace Weir.Detection.Facts.Filters;

/// <summary>
/// The fields of rspamd's milter_headers. They stand at the end of the header, where a sender could have put them, so what counts is the
/// queue id beside them (<c>X-Rspamd-Queue-Id</c>), which only the own mail server knew.
/// </summary>
internal static partial class RspamdFields
{
    public const string Name = "rspamd";

    /// <summary>Where rspamd's own configuration begins to mark, for mail that carries a score and no action.</summary>
    private const double UsualMark = 6;

    private const int MostRules = 40;

    private static readonly HashSet<string> Acting = new(["add header", "rewrite subject", "soft reject", "reject", "quarantine", "discard"], StringComparer.OrdinalIgnoreCase);

    public static OtherVerdict? Read(OwnFields fields, bool isBelieved)
    {
        var beside = fields.Beside("X-Rspamd-Queue-Id", Belongs);
        var result = Value("X-Spamd-Result");
        var action = Value("X-Rspamd-Action")?.Trim() ?? "";
        var bar = Value("X-Spamd-Bar")?.Trim() ?? "";
        var score = Number(Value("X-Rspamd-Score"));
        var isMarked = Value("X-Spam")?.Trim().Equals("Yes", StringComparison.OrdinalIgnoreCase) == true;
        if (result is null && action.Length == 0 && bar.Length == 0 && score is null && !isMarked)
        {
            return null;
        }

        var summary = Summary().Match(result ?? "");
        score ??= summary.Success ? Number(summary.Groups["score"].Value) : bar.Length > 0 ? bar.Count(letter => letter == '+') - bar.Count(letter => letter == '-') : null;
        var rules = Rule().Matches(Bounded(result ?? "")).Select(match => (Name: match.Groups["name"].Value, Score: Number(match.Groups["score"].Value) ?? 0)).ToList();
        var isRejecting = summary.Success && summary.Groups["is"].Value.Equals("True", StringComparison.OrdinalIgnoreCase);
        return new OtherVerdict
        {
            Filter = Name,
            IsBad = isMarked || isRejecting || (action.Length > 0 ? Acting.Contains(action) : score >= UsualMark),
            Says = action.Length > 0 ? action : isRejecting ? "reject" : isMarked || score >= UsualMark ? "add header" : "no action",
            Score = score,
            Threshold = summary.Success ? Number(summary.Groups["threshold"].Value) : null,
            Rules = [.. rules.OrderByDescending(rule => Math.Abs(rule.Score)).Select(rule => rule.Name).Take(MostRules)],
            Allows = [.. rules.Where(rule => rule.Score <= 0 && AllowRules.IsAllow(rule.Name)).Select(rule => rule.Name).Distinct(StringComparer.Ordinal)],
        };

        string? Value(string name) =>
            beside.LastOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? fields.First(name, isBelieved);
    }

    private static bool Belongs(string name) =>
        name.StartsWith("X-Rspamd-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Spamd-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("X-Spam", StringComparison.OrdinalIgnoreCase) || name.Equals("X-Spam-Status", StringComparison.OrdinalIgnoreCase) || name.Equals("X-Spam-Level", StringComparison.OrdinalIgnoreCase);

    private static string Bounded(string text) => text.Length > 32_000 ? text[..32_000] : text;

    private static double? Number(string? text) =>
        double.TryParse(text?.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    [GeneratedRegex(@"^\s*\w+: (?<is>True|False) \[(?<score>-?[0-9.]+) / (?<threshold>-?[0-9.]+)\]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Summary();

    [GeneratedRegex(@"(?<name>[A-Z][A-Z0-9_]{2,60})\((?<score>-?[0-9.]+)\)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Rule();
}

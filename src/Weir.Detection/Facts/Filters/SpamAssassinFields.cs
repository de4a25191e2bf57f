using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Detection.Contracts;

namespace Weir.Detection.Facts.Filters;

/// <summary>The fields of SpamAssassin, also as amavis writes them: <c>X-Spam-Status: Yes, score=8.1 required=5.0 tests=…</c>.</summary>
internal static partial class SpamAssassinFields
{
    public const string Name = "SpamAssassin";

    private const int MostRules = 40;

    public static OtherVerdict? Read(OwnFields fields, bool isBelieved)
    {
        var status = fields.First("X-Spam-Status", isBelieved);
        var flag = fields.First("X-Spam-Flag", isBelieved)?.Trim() ?? "";
        var level = fields.First("X-Spam-Level", isBelieved)?.Trim() ?? "";
        if (status is null && flag.Length == 0)
        {
            return null;
        }

        status = status is { Length: > 32_000 } ? status[..32_000] : status ?? "";
        var isBad = flag.Equals("YES", StringComparison.OrdinalIgnoreCase) || status.TrimStart().StartsWith("Yes", StringComparison.OrdinalIgnoreCase);
        var tests = Tests().Match(status);
        var rules = tests.Success
            ? tests.Groups["tests"].Value.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(rule => rule.Split('=')[0]).Where(rule => rule.Length > 2 && rule.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')).ToList()
            : [];
        var allows = rules.Where(AllowRules.IsAllow).ToList();
        if (AmavisAllow().IsMatch(status) && allows.Count == 0)
        {
            allows.Add("WHITELISTED");
        }

        return new OtherVerdict
        {
            Filter = Name,
            IsBad = isBad,
            Says = isBad ? "Yes" : "No",
            Score = Number(Score().Match(status)) ?? Number(fields.First("X-Spam-Score", isBelieved)) ?? (level.Length > 0 ? level.Count(letter => letter == '*') : null),
            Threshold = Number(Required().Match(status)),
            Rules = [.. rules.Where(rule => rule != "none").Take(MostRules)],
            Allows = allows,
        };
    }

    private static double? Number(Match match) => match.Success ? Number(match.Groups["number"].Value) : null;

    private static double? Number(string? text) =>
        double.TryParse(text?.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    [GeneratedRegex("\\b(score|hits)=(?<number>-?[0-9.]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Score();

    [GeneratedRegex("\\brequired=(?<number>-?[0-9.]+)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Required();

    // A list may be folded after its commas; the next word with an equals sign ends it.
    [GeneratedRegex(@"\btests=\[?(?<tests>[A-Za-z0-9_=.,\- \t\r\n]*?)(\]|\s+[a-z]+=|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Tests();

    [GeneratedRegex(@"\bWHITELISTED\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex AmavisAllow();
}

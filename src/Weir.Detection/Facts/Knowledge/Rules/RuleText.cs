using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Detection.Contracts;

namespace Weir.Detection.Facts.Knowledge.Rules;

/// <summary>
/// The rules of the general filter as text. A rule is <c>rule NAME</c>, its conditions, and what follows; <c>#</c> at the beginning is a note.
/// <code>
/// rule lottery-by-free-mail
///   subject matches \b(lottery|prize)\b
///   header X-Mailer contains BulkMailer
///   not from contains @partner.example
///   then weight 2.5 spam
/// </code>
/// </summary>
internal static partial class RuleText
{
    private const int MostRules = 500;
    private const int MostConditions = 20;

    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(50);

    /// <summary>The rules, and what is wrong by line; a rule with an error is left out.</summary>
    public static (IReadOnlyList<AnalystRule> Rules, IReadOnlyList<string> Errors) Parse(string text)
    {
        var rules = new List<AnalystRule>();
        var errors = new List<string>();
        string? name = null;
        var conditions = new List<RuleCondition>();
        var isBroken = false;
        foreach (var (index, line) in text.Split('\n').Select(line => line.Trim()).Index())
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var words = line.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var error = "";
            if (words[0] == "rule")
            {
                error = name is not null && conditions.Count > 0 ? $"the rule {name} has no \"then\"." : "";
                (name, isBroken) = (words.Length > 1 && NameForm().IsMatch(words[1]) && !rules.Exists(rule => rule.Name == words[1]) ? words[1] : null, false);
                conditions.Clear();
                error = name is null ? "a rule needs a name of its own in small letters, digits and hyphens." : error;
            }
            else if (name is null)
            {
                error = isBroken ? "" : "this belongs to no rule.";
            }
            else if (words[0] == "then")
            {
                if (Then(name, [.. conditions], words.Length > 1 ? words[1] : "") is { } rule && conditions.Count > 0 && !isBroken && rules.Count < MostRules)
                {
                    rules.Add(rule);
                }
                else
                {
                    error = isBroken ? "" : "\"then weight NUMBER [phish|spam|malware]\" or \"then verdict phish|spam|malware\" follows one or more conditions.";
                }

                name = null;
                conditions.Clear();
            }
            else if (Condition(line, out error) is { } condition && conditions.Count < MostConditions)
            {
                conditions.Add(condition);
            }
            else
            {
                isBroken = true;
            }

            if (error.Length > 0)
            {
                errors.Add($"line {index + 1}: {error}");
            }
        }

        if (name is not null)
        {
            errors.Add($"the rule {name} has no \"then\".");
        }

        return (rules, errors);
    }

    private static RuleCondition? Condition(string line, out string error)
    {
        error = "";
        var match = ConditionForm().Match(line);
        if (!match.Success)
        {
            error = "a condition is \"[not] subject|body|url|attachment|from|to|client|header NAME  is|contains|matches  VALUE\".";
            return null;
        }

        var test = Enum.Parse<RuleTest>(match.Groups["test"].ValueSpan, ignoreCase: true);
        var value = match.Groups["value"].Value.Trim();
        Regex? pattern = null;
        if (test == RuleTest.Matches && (pattern = Pattern(value)) is null)
        {
            error = $"{value} is no regular expression.";
            return null;
        }

        return new RuleCondition(match.Groups["field"].Value, match.Groups["name"].Value, match.Groups["not"].Success, test, value, pattern);
    }

    /// <summary>In linear time where the expression allows; else with a limit of time.</summary>
    private static Regex? Pattern(string value)
    {
        const RegexOptions Always = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        try
        {
            return new Regex(value, Always | RegexOptions.NonBacktracking, LongestMatch);
        }
        catch (NotSupportedException)
        {
            return new Regex(value, Always, LongestMatch);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static AnalystRule? Then(string name, IReadOnlyList<RuleCondition> conditions, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ThreatType? threat = Enum.TryParse<ThreatType>(words.ElementAtOrDefault(words.Length - 1), ignoreCase: true, out var parsed) && !char.IsAsciiDigit(words[^1][0]) ? parsed : null;
        return words switch
        {
            ["verdict", _] when threat is not null => new AnalystRule(name, conditions, 0, threat, IsVerdict: true),
            ["weight", var number, ..] when words.Length == (threat is null ? 2 : 3) && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && Math.Abs(weight) <= 20
                => new AnalystRule(name, conditions, weight, threat, IsVerdict: false),
            _ => null,
        };
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^(?<not>not\s+)?((?<field>header)\s+(?<name>[!-9;-~]+)|(?<field>subject|body|url|attachment|from|to|client))\s+(?<test>is|contains|matches)\s+(?<value>\S.*)$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ConditionForm();
}

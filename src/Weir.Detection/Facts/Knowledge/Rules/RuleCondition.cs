using System.Text.RegularExpressions;

namespace Weir.Detection.Facts.Knowledge.Rules;

/// <summary>One condition of a rule.</summary>
/// <param name="Field"><c>subject</c>, <c>body</c>, <c>url</c>, <c>attachment</c>, <c>from</c>, <c>to</c>, <c>client</c> or <c>header</c>.</param>
/// <param name="Header">The field's name for <c>header</c>.</param>
/// <param name="Value">As written.</param>
/// <param name="Pattern">Of <c>matches</c>.</param>
internal sealed record RuleCondition(string Field, string Header, bool IsNegated, RuleTest Test, string Value, Regex? Pattern)
{
    /// <summary>Whether it holds for one of the values, and of them the first that does.</summary>
    /// <exception cref="RegexMatchTimeoutException">The expression took too long.</exception>
    public bool Holds(IEnumerable<string> values, out string seen)
    {
        seen = values.FirstOrDefault(Fits) ?? "";
        var fits = seen.Length > 0;
        return fits != IsNegated;
    }

    private bool Fits(string value) => value.Length > 0 && Test switch
    {
        RuleTest.Is => value.Equals(Value, StringComparison.OrdinalIgnoreCase),
        RuleTest.Contains => value.Contains(Value, StringComparison.OrdinalIgnoreCase),
        _ => Pattern?.IsMatch(value) ?? false,
    };
}

internal enum RuleTest { Is, Contains, Matches }

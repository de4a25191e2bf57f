using System.Text;
using Weir.Kql.Emit.DuckDb;

namespace Weir.Kql.Functions.Scalar;

/// <summary>RE2's \s, \d and \w know ASCII only; in KQL they know all of Unicode, for example the no-break space.</summary>
internal static class RegexClasses
{
    private const string Blank = @"\s\pZ\x{85}";
    private const string Digit = @"\p{Nd}";
    private const string Word = @"\pL\pM\p{Nd}\p{Pc}";

    /// <summary>The argument as a pattern; only constants are rewritten.</summary>
    public static string Argument(EmittedCall a, int i) => a.Constant(i) is string pattern ? EmittedCall.Text(Unicode(pattern)) : a.Once(i);

    public static string Unicode(string pattern)
    {
        if (!pattern.Contains('\\', StringComparison.Ordinal))
        {
            return pattern;
        }

        var result = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                i++;
                if (pattern[i] == 'Q')
                {
                    // Everything up to \E is literal.
                    var end = pattern.IndexOf(@"\E", i, StringComparison.Ordinal);
                    end = end < 0 ? pattern.Length : end + 2;
                    result.Append(pattern, i - 1, end - i + 1);
                    i = end - 1;
                    continue;
                }

                result.Append((pattern[i], inClass) switch
                {
                    ('s', false) => $"[{Blank}]",
                    ('S', false) => $"[^{Blank}]",
                    ('w', false) => $"[{Word}]",
                    ('W', false) => $"[^{Word}]",
                    ('s', true) => Blank,
                    ('w', true) => Word,
                    ('d', _) => Digit,
                    ('D', _) => @"\P{Nd}",
                    var (other, _) => $"\\{other}",
                });
                continue;
            }

            inClass = c == '[' || (inClass && c != ']');
            result.Append(c);
        }

        return result.ToString();
    }
}

namespace Weir.Mail.Text;

/// <summary>
/// Rules of style elements that can hide text: simple selectors (<c>p</c>, <c>.x</c>, <c>#y</c>, <c>td.x</c>) outside of at-rules.
/// Conditional rules (media queries) show different things to different readers and are left out.
/// </summary>
internal sealed class StyleSheet
{
    private const int MostRules = 2_000;
    private static readonly System.Buffers.SearchValues<char> Combined = System.Buffers.SearchValues.Create(" >+~:[*\n\t");
    private static readonly string[] Telling = ["display", "visibility", "opacity", "font-size", "color", "background", "height", "width", "indent", "position"];
    private readonly Dictionary<string, string> _rules = new(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => _rules.Count == 0;

    public void Add(string css)
    {
        var at = 0;
        while (at < css.Length && _rules.Count < MostRules)
        {
            if (css.AsSpan(at).StartsWith("/*"))
            {
                var end = css.IndexOf("*/", at + 2, StringComparison.Ordinal);
                at = end < 0 ? css.Length : end + 2;
                continue;
            }

            var open = css.IndexOf('{', at);
            if (open < 0)
            {
                return;
            }

            var selector = css[at..open].Replace("<!--", "", StringComparison.Ordinal).Trim();
            var semicolon = selector.LastIndexOf(';');
            selector = semicolon < 0 ? selector : selector[(semicolon + 1)..].Trim();
            if (selector.StartsWith('@'))
            {
                at = SkipBlock(css, open);
                continue;
            }

            var close = css.IndexOf('}', open);
            close = close < 0 ? css.Length : close;
            AddRule(selector, css[(open + 1)..close]);
            at = Math.Min(css.Length, close + 1);
        }
    }

    /// <summary>The declarations for an element, the more specific ones last; empty when there are none.</summary>
    public string For(string tag, string? classes, string? id)
    {
        var found = _rules.GetValueOrDefault(tag, "");
        if (classes is not null)
        {
            foreach (var name in classes.Split((char[]?)null, 20, StringSplitOptions.RemoveEmptyEntries))
            {
                found = Join(found, _rules.GetValueOrDefault("." + name, ""));
                found = Join(found, _rules.GetValueOrDefault($"{tag}.{name}", ""));
            }
        }

        return id is null ? found : Join(found, Join(_rules.GetValueOrDefault("#" + id, ""), _rules.GetValueOrDefault($"{tag}#{id}", "")));
    }

    private void AddRule(string selectors, string declarations)
    {
        if (declarations.Length > 4_000 || !Array.Exists(Telling, word => declarations.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        foreach (var selector in selectors.Split(',', 50))
        {
            var text = selector.Trim();
            if (text.Length is > 0 and < 100 && text.AsSpan().IndexOfAny(Combined) < 0 && _rules.Count < MostRules)
            {
                var joined = Join(_rules.GetValueOrDefault(text, ""), declarations);
                _rules[text] = joined.Length > 8_000 ? declarations : joined;
            }
        }
    }

    private static int SkipBlock(string css, int open)
    {
        var depth = 0;
        for (var at = open; at < css.Length; at++)
        {
            depth += css[at] == '{' ? 1 : css[at] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return at + 1;
            }
        }

        return css.Length;
    }

    private static string Join(string first, string second) => first.Length == 0 ? second : second.Length == 0 ? first : first + ";" + second;
}

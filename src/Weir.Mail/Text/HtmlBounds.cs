namespace Weir.Mail.Text;

/// <summary>
/// How much HTML is built into a tree. Building is quadratic in open elements and in the attributes of one tag, so a hostile page
/// could take minutes; real mail stays far below all bounds.
/// </summary>
internal static class HtmlBounds
{
    public const int Characters = 4_000_000;
    public const int Tags = 100_000;
    public const int Open = 1_000;
    public const int AttributesOfTag = 1_000;

    /// <summary>Elements without end, or whose end is often left out and understood.</summary>
    private static readonly HashSet<string> Unclosed = new(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "td", "tr", "th", "dd", "dt", "option", "html", "body", "head", "tbody", "o", "v", "w"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The source up to the first bound.</summary>
    public static string Cut(string html, out bool isCut)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var names = open.GetAlternateLookup<ReadOnlySpan<char>>();
        var (tags, depth) = (0, 0);
        var end = Math.Min(html.Length, Characters);
        var at = html.IndexOf('<', StringComparison.Ordinal);
        while (at >= 0 && at + 1 < end)
        {
            var closing = html[at + 1] == '/';
            var name = Name(html.AsSpan(at + (closing ? 2 : 1)));
            if (name.IsEmpty)
            {
                at = html.IndexOf('<', at + 1);
                continue;
            }

            if (!Unclosed.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            {
                names.TryGetValue(name, out var count);
                var change = closing ? count > 0 ? -1 : 0 : 1;
                names[name] = count + change;
                depth += change;
            }

            var next = EndOfTag(html, at + 1 + name.Length, end, out var attributes);
            if (++tags > Tags || depth > Open || attributes > AttributesOfTag)
            {
                isCut = true;
                return html[..at];
            }

            at = next < end ? html.IndexOf('<', next) : -1;
        }

        isCut = end < html.Length;
        return isCut ? html[..end] : html;
    }

    /// <summary>Position after the tag; counts what may separate attributes.</summary>
    private static int EndOfTag(string html, int at, int end, out int attributes)
    {
        attributes = 0;
        while (at < end && html[at] != '>')
        {
            var c = html[at++];
            if (c is ' ' or '\t' or '\n' or '\r' or '\f' or '/' or '"' or '\'')
            {
                attributes++;
            }
            else if (c == '=')
            {
                while (at < end && html[at] is ' ' or '\t' or '\n' or '\r' or '\f')
                {
                    at++;
                }

                if (at < end && html[at] is '"' or '\'')
                {
                    var close = html.IndexOf(html[at], at + 1);
                    at = close < 0 ? end : close + 1;
                }
                else
                {
                    while (at < end && html[at] is not (' ' or '\t' or '\n' or '\r' or '\f' or '>'))
                    {
                        at++;
                    }
                }
            }
        }

        return at;
    }

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length < 20 && char.IsAsciiLetterOrDigit(text[length]))
        {
            length++;
        }

        return length > 0 && char.IsAsciiLetter(text[0]) ? text[..length] : [];
    }
}

namespace Weir.Detection.Facts.Html;

/// <summary>A start or end tag of HTML source.</summary>
/// <param name="Name">Lower case; end tags begin with a slash.</param>
/// <param name="Start">Where its &lt; stands.</param>
/// <param name="End">After its &gt;.</param>
internal readonly record struct Tag(string Name, string Source, int Start, int End)
{
    /// <summary>The value of an attribute, entities undecoded; nothing when absent.</summary>
    public string? Attribute(string name)
    {
        var rest = Source.AsSpan();
        while (rest.IndexOf(name, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            var before = at == 0 ? ' ' : rest[at - 1];
            var after = rest[(at + name.Length)..].TrimStart();
            if ((char.IsWhiteSpace(before) || before is '"' or '\'' or '/') && after.Length > 0 && after[0] == '=')
            {
                return Value(after[1..].TrimStart());
            }

            rest = rest[(at + name.Length)..];
        }

        return null;
    }

    private static string Value(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] is '"' or '\'')
        {
            var end = text[1..].IndexOf(text[0]);
            return text.Slice(1, end < 0 ? text.Length - 1 : end).ToString();
        }

        var stop = text.IndexOfAny(" \t\r\n>");
        return (stop < 0 ? text : text[..stop]).ToString();
    }
}

/// <summary>Finds the tags of HTML source in one pass, without building a tree. Bounded by the number of tags.</summary>
internal static class TagScanner
{
    private const int MostTags = 20_000;
    private const int LongestTag = 8_192;

    public static IEnumerable<Tag> Scan(string html)
    {
        var at = 0;
        for (var count = 0; count < MostTags; count++)
        {
            var start = html.IndexOf('<', at);
            if (start < 0 || start + 1 >= html.Length)
            {
                yield break;
            }

            if (html.AsSpan(start).StartsWith("<!--"))
            {
                var comment = html.IndexOf("-->", start, StringComparison.Ordinal);
                at = comment < 0 ? html.Length : comment + 3;
                continue;
            }

            var nameEnd = start + 1;
            if (html[nameEnd] == '/')
            {
                nameEnd++;
            }

            while (nameEnd < html.Length && (char.IsAsciiLetterOrDigit(html[nameEnd]) || (html[nameEnd] is ':' or '-' && nameEnd > start + 1)))
            {
                nameEnd++;
            }

            var end = TagEnd(html, nameEnd);
            if (nameEnd == start + 1 || end < 0)
            {
                at = start + 1;
                continue;
            }

            yield return new Tag(html[(start + 1)..nameEnd].ToLowerInvariant(), html[nameEnd..(end - 1)], start, end);
            at = end;
        }
    }

    /// <summary>After the &gt; that ends the tag, quotes respected; -1 when it does not end.</summary>
    private static int TagEnd(string html, int from)
    {
        var limit = Math.Min(html.Length, from + LongestTag);
        var quote = '\0';
        for (var i = from; i < limit; i++)
        {
            var c = html[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c == '>')
            {
                return i + 1;
            }
            else if (c is '"' or '\'' && i > from && html[i - 1] is '=' or ' ')
            {
                quote = c;
            }
        }

        // An unbalanced quote: what a browser does differs; take the first > there is.
        var first = html.IndexOf('>', from);
        return first < 0 || first >= limit ? -1 : first + 1;
    }
}

using System.Buffers;

namespace Weir.Mail.Urls;

/// <summary>
/// Finds URLs in plain text as mail clients make them clickable: <c>scheme://</c>, <c>www.</c>, domains with a known ending.
/// Punctuation at the end and unmatched brackets do not belong to the URL. Linear in the text.
/// </summary>
internal static class Linkifier
{
    private const int Longest = 8_192;
    private const int LongestHost = 255;
    private static readonly string[] Schemes = ["https", "http", "ftps", "ftp", "file"];
    private static readonly SearchValues<char> Anchors = SearchValues.Create(".:");
    private static readonly SearchValues<char> Trailing = SearchValues.Create(".,;:!?'\"*_~|…“”’‘»«–—");

    /// <summary>Ranges of URLs in the text, in order, not overlapping.</summary>
    /// <param name="needsScheme">Only <c>scheme://</c>: for source code, where every dot would look like a domain.</param>
    public static List<Range> Find(string text, int most, bool needsScheme = false)
    {
        var found = new List<Range>();
        var done = 0;
        for (var at = NextAnchor(text, 0); at >= 0 && found.Count < most; at = NextAnchor(text, Math.Max(at + 1, done)))
        {
            var (start, end) = text[at] == ':' ? WithScheme(text, at, done) : needsScheme ? (-1, -1) : Bare(text, at, done);
            if (start >= 0)
            {
                found.Add(start..end);
                done = end;
            }
            else
            {
                done = Math.Max(done, end);
            }
        }

        return found;
    }

    private static int NextAnchor(string text, int from) =>
        from >= text.Length ? -1 : text.AsSpan(from).IndexOfAny(Anchors) is >= 0 and var found ? from + found : -1;

    private static (int Start, int End) WithScheme(string text, int colon, int done)
    {
        if (colon + 3 >= text.Length || text[colon + 1] is not ('/' or '\\') || text[colon + 2] is not ('/' or '\\'))
        {
            return (-1, -1);
        }

        foreach (var scheme in Schemes)
        {
            var start = colon - scheme.Length;
            if (start < done || string.Compare(text, start, scheme, 0, scheme.Length, StringComparison.OrdinalIgnoreCase) != 0)
            {
                continue;
            }

            var host = colon + 3;
            var hostEnd = scheme == "file" ? host : HostEnd(text, host);
            if (hostEnd == host && scheme != "file" && !(host < text.Length && text[host] == '['))
            {
                return (-1, -1);
            }

            return (start, UrlEnd(text, start, hostEnd));
        }

        return (-1, -1);
    }

    /// <summary>End of host, credentials and port. Letters of all scripts may stand in a domain; text of another script right after its ending does not belong to it.</summary>
    private static int HostEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < Longest && IsHost(text[end]))
        {
            end++;
        }

        if (end < text.Length && text[end] is '@' or ':' or '%' or '[')
        {
            return end;
        }

        return CutForeignTail(text, start, end);
    }

    /// <summary>In <c>example.comです</c> the domain ends with <c>com</c>: the first label that is a known ending right before another script.</summary>
    private static int CutForeignTail(string text, int start, int end)
    {
        for (var dot = text.IndexOf('.', start, end - start); dot >= 0; dot = text.IndexOf('.', dot + 1, end - dot - 1))
        {
            var ascii = dot + 1;
            while (ascii < end && char.IsAsciiLetterOrDigit(text[ascii]))
            {
                ascii++;
            }

            if (ascii < end && ascii > dot + 1 && text[ascii] > 127 && TopLevelDomains.Contains(text.AsSpan(dot + 1, ascii - dot - 1)))
            {
                return ascii;
            }
        }

        return end;
    }

    private static (int Start, int End) Bare(string text, int dot, int done)
    {
        var start = dot;
        while (start > done && dot - start < LongestHost && IsHost(text[start - 1]) && text[start - 1] is not ('.' or '\u3002') && !(IsIdeograph(text[start - 1]) && char.IsAsciiLetterOrDigit(text[start])))
        {
            start--;
        }

        var end = dot;
        while (end < text.Length && end - dot < LongestHost && IsHost(text[end]) && text[end] != '\u3002' && !(IsIdeograph(text[end]) && char.IsAsciiLetterOrDigit(text[end - 1])))
        {
            end++;
        }

        // Whatever comes of it, the dots in this run have been looked at.
        var run = end;
        while (end > dot && text[end - 1] is '.' or '-' or '_')
        {
            end--;
        }

        end = CutForeignTail(text, start, end);
        if (start == dot || end <= dot + 1 || IsJoined(text, start, end))
        {
            return (-1, run);
        }

        var host = text.AsSpan(start, end - start);
        var last = host[(host.LastIndexOf('.') + 1)..];
        var isWww = host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) && host.Length > 6 && host[4..].Contains('.');
        if (!TopLevelDomains.Contains(last) || host.Contains('_') || host.Contains("..", StringComparison.Ordinal) || host[0] == '-')
        {
            return (-1, run);
        }

        var hasPath = end < text.Length && (text[end] == '/' || (text[end] is '?' or '#' or ':' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]) && PortOrQuery(text, end)));
        var isSite = isWww || hasPath || TopLevelDomains.StandsAlone(last) || host.Count('.') >= 2;
        return isSite && !IsAbbreviation(host, hasPath) ? (start, UrlEnd(text, start, end)) : (-1, run);
    }

    private static bool PortOrQuery(string text, int at) =>
        text[at] != ':' || (char.IsAsciiDigit(text[at + 1]) && at + 2 < text.Length && char.IsAsciiDigit(text[at + 2]));

    /// <summary>Part of an address or of something longer.</summary>
    private static bool IsJoined(string text, int start, int end) =>
        (start > 0 && text[start - 1] is '@' or '/' or '\\' or '.' or '$' or '#' or '_' or '=' or '&') || (end < text.Length && text[end] == '@');

    /// <summary>A sentence without a space after its full stop ("end.It is"), initials, version numbers.</summary>
    private static bool IsAbbreviation(ReadOnlySpan<char> host, bool hasPath)
    {
        var dot = host.LastIndexOf('.');
        var last = host[(dot + 1)..];
        var mixed = char.IsAsciiLetterUpper(last[0]) && last.Length > 1 && char.IsAsciiLetterLower(last[1]) && host[..dot].IndexOfAnyInRange('A', 'Z') < 0;
        return mixed && !hasPath;
    }

    private static int UrlEnd(string text, int start, int hostEnd)
    {
        var end = hostEnd;
        while (end < text.Length && end - start < Longest && IsUrl(text[end]))
        {
            end++;
        }

        while (end > hostEnd)
        {
            var last = text[end - 1];
            if (Trailing.Contains(last) || (Opening(last) is { } open && text.AsSpan(start, end - start).Count(last) > text.AsSpan(start, end - start).Count(open)))
            {
                end--;
            }
            else
            {
                break;
            }
        }

        while (end == hostEnd && end > start && text[end - 1] is '.' or '-')
        {
            end--;
            hostEnd--;
        }

        return end;
    }

    private static char? Opening(char close) => close switch { ')' => '(', ']' => '[', '}' => '{', _ => null };

    /// <summary>Scripts without spaces run into a domain beside them; a label of both is rarer than that.</summary>
    private static bool IsIdeograph(char c) => c >= '\u2E80' && !char.IsSurrogate(c);

    private static bool IsHost(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '\u3002' || (c > 127 && (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark));

    /// <summary>What may follow the host: ASCII but white space, angle brackets, quotes, back-tick; letters beyond it, but of scripts that are written with spaces.</summary>
    private static bool IsUrl(char c) =>
        c <= 127 ? c > ' ' && c is not ('<' or '>' or '"' or '`' or '\u007F') : c < '\u2E80' && c is not ('\u00A0' or '\u00AB' or '\u00BB') && (char.IsLetterOrDigit(c) || c is '\u2013' or '\u2014' or '’');
}

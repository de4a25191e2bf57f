using System.Buffers;
using System.Net;
using System.Text;
using Weir.Mail.Text;

namespace Weir.Mail.Places;

/// <summary>Text without white space and what has no width, so that what was read from it is found again however it was broken into lines.</summary>
internal sealed class Haystack
{
    private const int LongestEntity = 32;
    private const int LongestTag = 8_192;

    /// <summary>After one of these an address goes on.</summary>
    private static readonly SearchValues<char> GoesOn = SearchValues.Create("/?&=#-_%");

    private readonly StringBuilder _squeezed;
    private readonly List<(int Start, int End, bool IsAfterGap)> _places;
    private readonly string _hay;
    private bool _gap;

    /// <param name="isSource">Everything; else only what stands outside of tags.</param>
    public Haystack(string text, bool isSource, bool hasEntities)
    {
        _squeezed = new StringBuilder(text.Length);
        _places = new List<(int, int, bool)>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            at = !isSource && text[at] == '<' && AfterTag(text, at) is > 0 and var after ? Gap(after)
                : hasEntities && text[at] == '&' ? Entity(text, at)
                : Add(text[at], at, at + 1);
        }

        _hay = _squeezed.ToString();
    }

    /// <summary>Places of <paramref name="needle"/> as characters of the text.</summary>
    /// <param name="isStrict">No letter and nothing of an address goes on before or after it.</param>
    public List<(int Start, int End)> Find(string needle, int most, bool isStrict)
    {
        var found = new List<(int, int)>();
        var wanted = Squeezed(needle);
        for (var at = 0; wanted.Length > 0 && found.Count < most && at < _hay.Length;)
        {
            at = _hay.IndexOf(wanted, at, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            var last = at + wanted.Length - 1;
            if (!isStrict || (IsEdge(at, wanted[0]) && IsEnd(last, wanted)))
            {
                found.Add((_places[at].Start, _places[last].End));
                at = last;
            }

            at++;
        }

        return found;
    }

    private bool IsEdge(int at, char first) => at == 0 || _places[at].IsAfterGap || !char.IsLetterOrDigit(first) || !char.IsLetterOrDigit(_hay[at - 1]);

    private bool IsEnd(int last, string wanted)
    {
        if (last + 1 >= _hay.Length || _places[last + 1].IsAfterGap)
        {
            return true;
        }

        var next = _hay[last + 1];
        return !char.IsLetterOrDigit(wanted[^1]) || (!char.IsLetterOrDigit(next) && !(wanted.Contains("://", StringComparison.Ordinal) && GoesOn.Contains(next)));
    }

    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && !VisibleWriter.IsZeroWidth(c)));

    private int Gap(int after)
    {
        _gap = true;
        return after;
    }

    private int Add(char c, int start, int end)
    {
        if (char.IsWhiteSpace(c))
        {
            _gap = true;
        }
        else if (!VisibleWriter.IsZeroWidth(c))
        {
            _squeezed.Append(c);
            _places.Add((start, end, _gap));
            _gap = false;
        }

        return end;
    }

    private int Entity(string text, int at)
    {
        var length = text.AsSpan(at, Math.Min(LongestEntity, text.Length - at)).IndexOf(';') + 1;
        var written = length > 2 ? text.Substring(at, length) : "";
        var meant = WebUtility.HtmlDecode(written);
        if (written.Length == 0 || meant == written)
        {
            return Add('&', at, at + 1);
        }

        foreach (var c in meant)
        {
            Add(c, at, at + length);
        }

        return at + length;
    }

    /// <summary>After a tag or comment, and after the end of an element whose text nobody sees; 0 when it is a mere less-than sign.</summary>
    private static int AfterTag(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("<!--"))
        {
            return rest.IndexOf("-->") is >= 0 and var comment ? at + comment + 3 : text.Length;
        }

        if (rest.Length < 2 || !(char.IsAsciiLetter(rest[1]) || rest[1] is '/' or '!' or '?'))
        {
            return 0;
        }

        var close = rest[..Math.Min(rest.Length, LongestTag)].IndexOf('>');
        if (close < 0)
        {
            return 0;
        }

        foreach (var name in (ReadOnlySpan<string>)["style", "script", "title"])
        {
            if (rest[1..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return rest.IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase) is >= 0 and var end ? at + end : text.Length;
            }
        }

        return at + close + 1;
    }
}

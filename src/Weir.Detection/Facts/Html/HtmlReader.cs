using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Weir.Detection.Facts.Html;

/// <summary>One pass over the tags of an HTML body.</summary>
internal sealed class HtmlReader(string html)
{
    private const int MostItems = 500;
    private const int MostSpots = 20;

    private static readonly FrozenSet<string> Void = FrozenSet.ToFrozenSet(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        [
            "a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "base", "basefont", "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "caption", "center", "cite", "code", "col", "colgroup",
            "dd", "del", "dfn", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html",
            "i", "iframe", "img", "input", "ins", "kbd", "label", "layer", "legend", "li", "link", "main", "map", "mark", "marquee", "menu", "meta", "nav", "nobr", "noframes", "noscript", "o", "object", "ol", "optgroup", "option", "p", "param", "picture", "plaintext", "pre",
            "q", "s", "samp", "script", "section", "select", "small", "source", "span", "st1", "strike", "strong", "style", "sub", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "tt", "u", "ul", "v", "var", "video", "w", "wbr", "x", "xml", "x2", "path", "area", "multicol", "spacer", "ilayer", "nolayer", "comment", "image", "details", "summary", "m", "bdi", "data", "g", "rect", "circle", "defs", "use", "dialog", "mj", "amp", "custom",
        ],
        StringComparer.Ordinal);

    private readonly StringBuilder _linkText = new();
    private string? _linkTarget;
    private bool _linkHasPicture;
    private string? _hiddenBy;
    private int _hiddenDepth;
    private bool _letterBeforeHidden;
    private int _hiddenFrom;

    public Dictionary<HtmlSpot, List<(int Start, int End)>> Spots { get; } = [];

    public List<Picture> Pictures { get; } = [];
    public List<Link> Links { get; } = [];
    public List<string> Forms { get; } = [];
    public bool HasPasswordField { get; private set; }
    public bool HasScript { get; private set; }
    public bool HasFrame { get; private set; }
    public string RefreshTo { get; private set; } = "";
    public int HiddenLetters { get; private set; }
    public StringBuilder HiddenText { get; } = new();
    public int UnknownTags { get; private set; }
    public int HiddenInsideWords { get; private set; }

    public void Read()
    {
        var textFrom = 0;
        var skip = "";
        foreach (var tag in TagScanner.Scan(html))
        {
            if (skip.Length == 0)
            {
                Text(html.AsSpan(textFrom, Math.Max(0, tag.Start - textFrom)));
            }

            textFrom = tag.End;
            if (skip.Length > 0)
            {
                skip = tag.Name == skip ? "" : skip;
                continue;
            }

            if (tag.Name is "style" or "script" or "title")
            {
                skip = "/" + tag.Name;
            }

            Hidden(tag);
            Element(tag);
        }

        Close();
        if (_hiddenBy is not null)
        {
            Note(HtmlSpot.Hidden, _hiddenFrom, html.Length);
        }
    }

    private void Text(ReadOnlySpan<char> text)
    {
        if (_linkTarget is not null && _linkText.Length < 2_000)
        {
            _linkText.Append(text).Append(' ');
        }

        if (_hiddenBy is not null)
        {
            foreach (var c in text)
            {
                HiddenLetters += char.IsLetterOrDigit(c) ? 1 : 0;
            }

            if (HiddenText.Length < 300)
            {
                HiddenText.Append(text[..Math.Min(text.Length, 300)]).Append(' ');
            }
        }
    }

    private void Hidden(Tag tag)
    {
        // HTML: the next block ends a paragraph that nobody closed.
        if (_hiddenBy == "p" && tag.Name is "p" or "div" or "table" or "ul" or "ol" or "blockquote" or "hr" or "/div" or "/td" or "/blockquote" or "/body")
        {
            _hiddenBy = null;
            Note(HtmlSpot.Hidden, _hiddenFrom, tag.Start);
        }

        if (_hiddenBy is not null)
        {
            _hiddenDepth += tag.Name == _hiddenBy ? 1 : tag.Name.Length == _hiddenBy.Length + 1 && tag.Name.EndsWith(_hiddenBy, StringComparison.Ordinal) ? -1 : 0;
            if (_hiddenDepth == 0)
            {
                _hiddenBy = null;
                Note(HtmlSpot.Hidden, _hiddenFrom, tag.End);
                if (_letterBeforeHidden && tag.End < html.Length && char.IsLetter(html[tag.End]))
                {
                    HiddenInsideWords++;
                    Note(HtmlSpot.HiddenInsideWord, _hiddenFrom, tag.End);
                }
            }
        }
        else if (!Void.Contains(tag.Name) && tag.Name[0] != '/' && tag.Name is not ("style" or "script" or "title") && tag.Attribute("style") is { } style && HidesText(style))
        {
            _hiddenBy = tag.Name;
            _hiddenDepth = 1;
            _hiddenFrom = tag.Start;
            _letterBeforeHidden = tag.Start > 0 && char.IsLetter(html[tag.Start - 1]);
        }
    }

    private void Note(HtmlSpot spot, int start, int end)
    {
        if (!Spots.TryGetValue(spot, out var places))
        {
            Spots[spot] = places = [];
        }

        if (places.Count < MostSpots)
        {
            places.Add((start, end));
        }
    }

    private void Note(HtmlSpot spot, Tag tag) => Note(spot, tag.Start, tag.End);

    /// <summary>Styles under which nobody reads the text. Preheaders of newsletters use them too; see the detector.</summary>
    private static bool HidesText(string style)
    {
        var squeezed = style.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return squeezed.Contains("display:none", StringComparison.Ordinal)
            || squeezed.Contains("visibility:hidden", StringComparison.Ordinal)
            || HasZero(squeezed, "font-size:")
            || HasZero(squeezed, "max-height:")
            || HasZero(squeezed, "opacity:");
    }

    /// <summary>The property is 0 in any unit, or a font of one pixel.</summary>
    private static bool HasZero(string style, string property)
    {
        var at = style.IndexOf(property, StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        var value = style.AsSpan(at + property.Length);
        var end = value.IndexOf(';');
        value = (end < 0 ? value : value[..end]).TrimEnd("!important").TrimEnd("abcdefghijklmnopqrstuvwxyz%");
        return value.Length > 0 && value.IndexOfAnyExcept("0.") < 0;
    }

    private void Element(Tag tag)
    {
        switch (tag.Name)
        {
            case "a":
                Close();
                _linkTarget = WebUtility.HtmlDecode(tag.Attribute("href") ?? "").Trim();
                break;
            case "/a":
                Close();
                break;
            case "img" when Pictures.Count < MostItems:
                _linkHasPicture = true;
                var source = WebUtility.HtmlDecode(tag.Attribute("src") ?? "").Trim();
                var host = Uri.TryCreate(source, UriKind.Absolute, out var uri) ? uri.Host.ToLowerInvariant() : "";
                Pictures.Add(new Picture(source, host, !string.IsNullOrEmpty(_linkTarget), IsTiny(tag)));
                break;
            case "form":
                Note(HtmlSpot.Form, tag);
                Forms.Add(WebUtility.HtmlDecode(tag.Attribute("action") ?? "").Trim());
                break;
            case "input":
                if (tag.Attribute("type") is { } type && type.Equals("password", StringComparison.OrdinalIgnoreCase))
                {
                    HasPasswordField = true;
                    Note(HtmlSpot.PasswordField, tag);
                }

                break;
            case "script":
                HasScript = true;
                Note(HtmlSpot.Script, tag);
                break;
            case "iframe" or "frame" or "object" or "embed":
                HasFrame = true;
                break;
            case "meta" when tag.Attribute("http-equiv") is { } kind && kind.Equals("refresh", StringComparison.OrdinalIgnoreCase):
                Note(HtmlSpot.Refresh, tag);
                RefreshTo = tag.Attribute("content") is { } content && content.IndexOf("url=", StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? content[(at + 4)..].Trim() : "";
                break;
            default:
                if (!tag.Name.AsSpan().ContainsAny(':', '-') && !Known.Contains(tag.Name.TrimStart('/')))
                {
                    UnknownTags++;
                    Note(HtmlSpot.UnknownTag, tag);
                }

                break;
        }
    }

    private void Close()
    {
        if (!string.IsNullOrEmpty(_linkTarget) && Links.Count < MostItems)
        {
            var shown = string.Join(' ', WebUtility.HtmlDecode(_linkText.ToString()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Links.Add(new Link(_linkTarget, shown, _linkHasPicture));
        }

        _linkTarget = null;
        _linkHasPicture = false;
        _linkText.Clear();
    }

    private static bool IsTiny(Tag tag) => tag.Attribute("width") is "0" or "1" or "1px" or "0px" || tag.Attribute("height") is "0" or "1" or "1px" or "0px";
}

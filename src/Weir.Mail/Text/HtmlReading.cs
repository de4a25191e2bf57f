using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Weir.Mail.Text;

/// <summary>Reads HTML as a mail client without scripts shows it. Source beyond <see cref="HtmlBounds"/> is left out and said so.</summary>
internal sealed class HtmlReading
{
    private static readonly HashSet<string> Blocks = new(
        ["address", "article", "aside", "blockquote", "body", "center", "dd", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "option", "legend", "caption"],
        StringComparer.Ordinal);

    private static readonly HashSet<string> Unshown = new(["head", "script", "style", "template", "title", "meta", "link", "base", "object", "noframes", "iframe", "datalist"], StringComparer.Ordinal);

    private readonly VisibleWriter _text = new();
    private readonly List<HtmlReference> _references = [];
    private readonly List<(int, int)> _linked = [];
    private readonly StyleSheet _styles = new();
    private readonly int _mostReferences;
    private string _base = "";

    private HtmlReading(int mostReferences) => _mostReferences = mostReferences;

    public static HtmlPage Read(string html, int mostReferences)
    {
        var source = HtmlBounds.Cut(html, out var isCut);
        var reading = new HtmlReading(mostReferences);
        using var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(source);
        foreach (var style in document.GetElementsByTagName("style"))
        {
            reading._styles.Add(style.TextContent);
            reading.AddCssUrls(style.TextContent);
        }

        reading.Walk(document);
        return new HtmlPage(reading._text.ToString(), reading._references, reading._linked, reading._base, isCut);
    }

    private void Walk(IDocument document)
    {
        var stack = new Stack<Frame>();
        stack.Push(new Frame(document, new HtmlLook(), 0));
        while (stack.Count > 0)
        {
            var frame = stack.Pop();
            var children = frame.Node.ChildNodes;
            if (frame.Next >= children.Length)
            {
                if (frame.Node is IElement closed)
                {
                    Leave(closed, frame);
                }

                continue;
            }

            stack.Push(frame with { Next = frame.Next + 1 });
            switch (children[frame.Next])
            {
                case IText text when !frame.Look.HidesText:
                    _text.Write(text.Data, frame.Look.IsPreformatted);
                    break;
                case IComment comment when comment.Data.StartsWith("[if", StringComparison.OrdinalIgnoreCase):
                    AddConditional(comment.Data);
                    break;
                case IElement element:
                    stack.Push(Enter(element, frame.Look));
                    break;
                default:
                    break;
            }
        }
    }

    private Frame Enter(IElement element, HtmlLook parent)
    {
        var tag = element.LocalName;
        var look = LookOf(element, tag, parent);
        if (tag == "br")
        {
            _text.Break();
        }
        else if (Blocks.Contains(tag))
        {
            _text.Block();
        }
        else if (tag is "td" or "th")
        {
            _text.Space();
        }
        else if (tag == "input" && element.GetAttribute("type") is "submit" or "button" && !look.HidesText)
        {
            _text.Write(element.GetAttribute("value") ?? "", isPreformatted: false);
        }

        AddReferences(element, tag);
        return new Frame(element, look, 0) { TextStart = _text.Length };
    }

    private void Leave(IElement element, Frame frame)
    {
        var tag = element.LocalName;
        if (tag is "a" or "area" && (element.GetAttribute("href") ?? element.GetAttribute("xlink:href")) is { } href)
        {
            var shown = _text.Since(frame.TextStart);
            _linked.Add((frame.TextStart, _text.Length));
            Add(href, shown.Length > 0 ? shown : Alternative(element), isClicked: true);
        }

        if (Blocks.Contains(tag))
        {
            _text.Block();
        }
    }

    private HtmlLook LookOf(IElement element, string tag, HtmlLook parent)
    {
        var look = Unshown.Contains(tag) || element.HasAttribute("hidden") ? parent.Gone() : tag is "pre" or "textarea" ? parent.Preformatted() : parent;
        if (element.Attributes.Length == 0 && _styles.IsEmpty)
        {
            return look;
        }

        look = tag == "a" && element.HasAttribute("href") ? look.WithColor("#0000EE") : look;
        look = element.GetAttribute("bgcolor") is { } background ? look.WithBackground(background) : look;
        look = element.HasAttribute("background") ? look.WithPicture() : look;
        look = element.GetAttribute("color") is { } color ? look.WithColor(color) : look;
        look = tag == "body" && element.GetAttribute("text") is { } text ? look.WithColor(text) : look;
        look = tag == "font" && element.GetAttribute("size") is "0" ? look.With("font-size:1px") : look;
        var sheet = _styles.IsEmpty ? "" : _styles.For(tag, element.GetAttribute("class"), element.GetAttribute("id"));
        look = sheet.Length > 0 ? look.With(sheet) : look;
        if (element.GetAttribute("style") is { } style)
        {
            look = look.With(style.Length > 8_000 ? style[..8_000] : style);
            AddCssUrls(style);
        }

        return look;
    }

    private void AddReferences(IElement element, string tag)
    {
        foreach (var attribute in element.Attributes)
        {
            switch (attribute.LocalName)
            {
                case "href" when tag == "base":
                    _base = _base.Length == 0 ? attribute.Value : _base;
                    break;
                case "href" when tag is not ("a" or "area"):
                    Add(attribute.Value, "", isClicked: tag is not ("link" or "image" or "use"));
                    break;
                case "src" or "background" or "data" or "poster" or "lowsrc" or "dynsrc" or "longdesc" or "cite" or "manifest" or "codebase":
                    Add(attribute.Value, "", isClicked: false);
                    break;
                case "action" or "formaction":
                    Add(attribute.Value, "", isClicked: true);
                    break;
                case "srcset":
                    AddSet(attribute.Value);
                    break;
                case "content" when tag == "meta" && (element.GetAttribute("http-equiv") ?? "").Trim().Equals("refresh", StringComparison.OrdinalIgnoreCase):
                    AddRefresh(attribute.Value);
                    break;
                default:
                    break;
            }
        }
    }

    private void Add(string written, string shown, bool isClicked)
    {
        if (_references.Count < _mostReferences && written.Length > 0)
        {
            _references.Add(new HtmlReference(written.Trim(), shown, isClicked));
        }
    }

    private void AddSet(string value)
    {
        foreach (var candidate in value.Split(", ", 20))
        {
            Add(candidate.Trim().Split(' ')[0].TrimEnd(','), "", isClicked: false);
        }
    }

    /// <summary>HTML Standard §4.2.5.3: a number, then <c>url=</c>, quoted or not.</summary>
    private void AddRefresh(string value)
    {
        var at = value.IndexOf("url", StringComparison.OrdinalIgnoreCase);
        var rest = at < 0 ? "" : value[(at + 3)..].TrimStart();
        if (rest.StartsWith('='))
        {
            Add(rest[1..].Trim().Trim('\'', '"'), "", isClicked: true);
        }
    }

    private void AddCssUrls(string css)
    {
        for (var at = css.IndexOf("url(", StringComparison.OrdinalIgnoreCase); at >= 0; at = css.IndexOf("url(", at + 4, StringComparison.OrdinalIgnoreCase))
        {
            var close = css.IndexOf(')', at);
            if (close < 0 || _references.Count >= _mostReferences)
            {
                return;
            }

            Add(css[(at + 4)..close].Trim().Trim('\'', '"'), "", isClicked: false);
        }

        for (var at = css.IndexOf("@import", StringComparison.OrdinalIgnoreCase); at >= 0; at = css.IndexOf("@import", at + 7, StringComparison.OrdinalIgnoreCase))
        {
            var open = css.IndexOfAny(['"', '\''], at);
            var close = open < 0 || open - at > 12 ? -1 : css.IndexOf(css[open], open + 1);
            if (close > open)
            {
                Add(css[(open + 1)..close], "", isClicked: false);
            }
        }
    }

    /// <summary>Outlook shows what conditional comments hold: its links count.</summary>
    private void AddConditional(string comment)
    {
        foreach (var name in (ReadOnlySpan<string>)["href=", "src="])
        {
            for (var at = comment.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = comment.IndexOf(name, at + 4, StringComparison.OrdinalIgnoreCase))
            {
                var start = at + name.Length;
                if (start >= comment.Length || _references.Count >= _mostReferences)
                {
                    break;
                }

                var quote = comment[start] is '"' or '\'' ? comment[start++] : ' ';
                var end = comment.IndexOf(quote, start);
                if (end > start)
                {
                    Add(System.Net.WebUtility.HtmlDecode(comment[start..end]), "", isClicked: name == "href=");
                }
            }
        }
    }

    private static string Alternative(IElement link)
    {
        if (link.LocalName == "area")
        {
            return link.GetAttribute("alt") ?? "";
        }

        var shown = new StringBuilder();
        foreach (var child in link.Children)
        {
            if (child.LocalName == "img" && shown.Length < 500)
            {
                shown.Append(child.GetAttribute("alt") ?? "");
            }
        }

        return shown.ToString().Trim();
    }

    private readonly record struct Frame(INode Node, HtmlLook Look, int Next)
    {
        public int TextStart { get; init; }
    }
}

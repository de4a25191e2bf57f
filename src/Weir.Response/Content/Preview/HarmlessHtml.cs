using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;
using Weir.Mail.Contracts;

namespace Weir.Response.Content.Preview;

/// <summary>
/// HTML of a stranger made harmless: first what is active is taken out and what a person should see of it is written down as text, then
/// an allow-list decides about everything that is left, then pictures of the message itself are put in.
/// </summary>
internal static class HarmlessHtml
{
    /// <summary>Elements of one document at most: the tree builder repeats formatting elements, so that a small source can make a huge tree.</summary>
    private const int MaxElements = 60_000;

    /// <summary>Depth at most: writing a tree down is recursive.</summary>
    private const int MaxDepth = 400;

    private static readonly string[] Tags =
    [
        "abbr", "address", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em",
        "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "strike",
        "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
    ];

    private static readonly string[] Attributes =
    [
        "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "class", "color", "colspan", "dir", "face", "height", "lang", "nowrap",
        "rowspan", "size", "src", "style", "valign", "width",
    ];

    // Nothing that loads, nothing that covers, nothing that hides: a preview shows what the sender would rather not.
    private static readonly string[] Styles =
    [
        "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-radius", "border-right", "border-spacing",
        "border-style", "border-top", "border-width", "color", "direction", "font", "font-family", "font-size", "font-style", "font-weight", "height",
        "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "padding",
        "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align", "text-decoration", "text-indent", "text-transform",
        "vertical-align", "white-space", "width",
    ];

    /// <summary>The body's inner HTML, or nothing when the source is too complex to build in bounded time.</summary>
    public static string? Of(string source, IReadOnlyList<MailPart> parts, RemovedParts removed)
    {
        var bounded = HtmlSource.Bounded(source, out var isCut);
        if (isCut)
        {
            removed.Add("the end of an oversized body");
        }

        using var context = BrowsingContext.New(Configuration.Default.WithCss());
        var elements = 0;
        var parser = new HtmlParser(new HtmlParserOptions { OnCreated = (_, _) => elements = elements < MaxElements ? elements + 1 : throw new TooComplexException() }, context);
        try
        {
            using var document = parser.ParseDocument(bounded);
            if (document.Body is not { } body || IsTooDeep(body))
            {
                return document.Body is null ? "" : null;
            }

            ActiveContent.WriteDown(document, removed);
            var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
            {
                AllowedTags = new HashSet<string>(Tags, StringComparer.OrdinalIgnoreCase),
                AllowedAttributes = new HashSet<string>(Attributes, StringComparer.OrdinalIgnoreCase),
                AllowedCssProperties = new HashSet<string>(Styles, StringComparer.OrdinalIgnoreCase),
                AllowedClasses = new HashSet<string>(["weir-link", "weir-note"], StringComparer.Ordinal),
                AllowedSchemes = new HashSet<string>(["cid"], StringComparer.OrdinalIgnoreCase),
                UriAttributes = new HashSet<string>(["src"], StringComparer.OrdinalIgnoreCase),
            })
            {
                KeepChildNodes = true,
            };
            sanitizer.RemovingTag += (_, left) => removed.Add(left.Tag.LocalName);
            sanitizer.RemovingAttribute += (_, left) => removed.Add(NameOf(left.Attribute.Name));
            sanitizer.RemovingStyle += (_, left) => removed.Add($"style {left.Style.Name}");
            sanitizer.SanitizeDom(document, body);
            OwnPictures.PutIn(document, parts, removed);
            return body.InnerHtml;
        }
        catch (TooComplexException)
        {
            return null;
        }
    }

    private static string NameOf(string attribute) =>
        attribute.StartsWith("on", StringComparison.OrdinalIgnoreCase) ? "script attribute" : $"attribute {(attribute.Length > 30 ? attribute[..30] : attribute)}";

    private static bool IsTooDeep(INode root)
    {
        var depth = 0;
        INode? node = root;
        while (node is not null)
        {
            if (node.FirstChild is { } child)
            {
                node = child;
                if (++depth > MaxDepth)
                {
                    return true;
                }

                continue;
            }

            while (node is not null && node != root && node.NextSibling is null)
            {
                node = node.Parent;
                depth--;
            }

            node = node == root ? null : node?.NextSibling;
        }

        return false;
    }

    private sealed class TooComplexException : Exception;
}

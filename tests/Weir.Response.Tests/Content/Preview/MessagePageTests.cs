using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Weir.Response.Content.Preview;

namespace Weir.Response.Tests.Content.Preview;

public sealed partial class MessagePageTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<scr<script>ipt>alert(1)</script>")]
    [InlineData("<svg onload=alert(1)><circle/></svg>")]
    [InlineData("<svg><style><img src=x onerror=alert(1)></style></svg>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")]
    [InlineData("<p style=\"background:url(http://evil.example/t.gif)\">x</p>")]
    [InlineData("<p style=\"background-color:expression(alert(1));width:calc(1px + url('//evil.example'))\">x</p>")]
    [InlineData("<p style='color:red;background-image:u\\72l(//evil.example/a)'>x</p>")]
    [InlineData("<p style='font-family:url(//evil.example/f)'>x</p>")]
    [InlineData("<meta http-equiv=refresh content='0;url=http://evil.example/'>")]
    [InlineData("<form action=http://evil.example/><input name=password><button>Go</button></form>")]
    [InlineData("<iframe src=http://evil.example/></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>")]
    [InlineData("<base href=http://evil.example/><img src=a.png><a href=b>c</a>")]
    [InlineData("<a href=javascript:alert(1)>click</a><a href=' java\tscript:alert(1)'>click</a>")]
    [InlineData("<style>@import url(http://evil.example/a.css);p{background:url(http://evil.example/b)}</style><p>x</p>")]
    [InlineData("<link rel=stylesheet href=http://evil.example/a.css>")]
    [InlineData("<img src='data:text/html,<script>alert(1)</script>'><a href='data:text/html,<script>alert(1)</script>'>x</a>")]
    [InlineData("<object data='data:text/html;base64,PHNjcmlwdD4='></object><embed src=http://evil.example/x>")]
    [InlineData("<img src=x onerror=alert(1)><body onload=alert(1)><div onmouseover='alert(1)'>x</div>")]
    [InlineData("<table background=http://evil.example/t.gif><tr><td background='//evil.example/u.gif'>x</table>")]
    [InlineData("<img srcset='http://evil.example/a 1x' src=cid:none><picture><source srcset=//evil.example/b></picture>")]
    [InlineData("<video poster=//evil.example/p src=//evil.example/v><audio src=//evil.example/a></audio>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">")]
    [InlineData("<textarea><script>alert(1)</script></textarea><xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>")]
    [InlineData("<template><script>alert(1)</script></template><!--><script>alert(1)</script>-->")]
    [InlineData("<p style='position:fixed;top:0;left:0;width:9999px;height:9999px;z-index:9'>cover</p>")]
    [InlineData("<input type=image src=http://evil.example/a.png><isindex action=javascript:alert(1)>")]
    [InlineData("<a href='https://evil.example/?a=\"><script>alert(1)</script>'>x</a>")]
    [InlineData("<div class='weir-files' id=x name=y>x</div><a name=z>w</a>")]
    public void Nothing_acts_and_nothing_is_loaded(string html)
    {
        var page = MessagePage.Of(Html(html)).Html;

        Assert.Empty(Dangers(page));
    }

    [Fact]
    public void Any_bytes_make_a_harmless_page() =>
        Gen.Select(Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]).Array[0, 40], Gen.String[Gen.Char["<>\"'=/ &;a!-"], 0, 20])
            .Sample(
                (parts, tail) =>
                {
                    var page = MessagePage.Of(Html(string.Concat(parts) + tail)).Html;
                    var dangers = Dangers(page);
                    Assert.True(dangers.Length == 0, string.Join('\n', dangers) + "\n" + string.Concat(parts) + tail);
                },
                iter: 300);

    [Fact]
    public void A_link_is_text_with_its_real_target()
    {
        var page = MessagePage.Of(Html("<p>Go to <a href='http://evil.example/login'>https://bank.example</a> now</p>")).Html;

        Assert.Contains("<span class=\"weir-link\">https://bank.example</span> <span class=\"weir-note\">http://evil.example/login</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_taken_out_is_said()
    {
        var removed = MessagePage.Of(Html("<script>1</script><script>2</script><form><input></form><img src=http://x.example/a><b onclick=x()>y</b><meta http-equiv=refresh content='0;url=//x'>")).Removed;

        Assert.Equal(["form", "input", "meta", "remote picture", "script (2)", "script attribute"], removed);
    }

    [Fact]
    public void A_picture_of_the_message_is_shown_and_other_content_under_its_name_is_not()
    {
        var raw = Encoding.Latin1.GetBytes(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src=\"cid:logo@x\" alt=logo><img src=cid:page@x>\r\n"
            + "--b\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\r\n"
            + "--b\r\nContent-Type: image/png\r\nContent-ID: <page@x>\r\n\r\n<html><script>alert(1)</script></html>\r\n--b--\r\n");

        var preview = MessagePage.Of(raw);

        Assert.Contains("<img src=\"data:image/png;base64,iVBOR", preview.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("cid:", preview.Html, StringComparison.Ordinal);
        Assert.Single(preview.Removed);
        Assert.Empty(Dangers(preview.Html));
    }

    [Fact]
    public void Plain_text_is_wrapped_and_escaped_in_its_own_charset()
    {
        var raw = Encoding.Latin1.GetBytes("Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGrüße <script>alert(1)</script>\r\n");

        var page = MessagePage.Of(raw).Html;

        Assert.Contains("<pre>Gr&#252;&#223;e &lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("white-space:pre-wrap", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_in_another_charset_is_read_right()
    {
        var raw = Encoding.Latin1.GetBytes("Content-Type: text/html; charset=windows-1251\r\n\r\n<p>\xcf\xf0\xe8\xe2\xe5\xf2</p>\r\n");

        Assert.Contains("<p>Привет</p>", MessagePage.Of(raw).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_to_whom_when_and_what_about_stand_above_the_text()
    {
        var raw = Encoding.UTF8.GetBytes("From: \"<b>Ada</b>\" <ada@elsewhere.example>\r\nReply-To: m@other.example\r\nTo: " + string.Join(", ", Enumerable.Range(1, 12).Select(number => $"p{number}@weir.example")) + "\r\nDate: Tue, 24 Nov 2026 10:00:00 +0100\r\nSubject: <script>x</script>\r\n\r\nHello.\r\n");

        var page = MessagePage.Of(raw).Html;

        Assert.Contains("<b>From:</b> <bdi>&lt;b&gt;Ada&lt;/b&gt; &lt;ada@elsewhere.example&gt;</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("<b>Reply-To:</b> <bdi>m@other.example</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("p10@weir.example and 2 more</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>2026-11-24 09:00:00 UTC</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("<b>Subject:</b> <bdi>&lt;script&gt;x&lt;/script&gt;</bdi>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Attachments_are_named_and_not_embedded()
    {
        var raw = Encoding.ASCII.GetBytes(
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n"
            + "--b\r\nContent-Type: application/pdf; name=\"<b>bill.pdf\"\r\nContent-Disposition: attachment; filename=\"<b>bill.pdf\"\r\n\r\n%PDF-1.4 secret\r\n--b--\r\n");

        var page = MessagePage.Of(raw).Html;

        Assert.Contains("&lt;b&gt;bill.pdf (", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<b>", 100_000)]
    [InlineData("<div>", 50_000)]
    [InlineData("<a href=x><table>", 20_000)]
    [InlineData("<b id=1><i><u></div><div>x", 20_000)]
    [InlineData("<font color=red><p>", 20_000)]
    [InlineData("<p style='color:red;'", 20_000)]
    public void Hostile_nesting_ends_soon(string piece, int times)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var page = MessagePage.Of(Html(string.Concat(Enumerable.Repeat(piece, times)))).Html;

        Assert.Empty(Dangers(page));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void An_empty_message_says_so() =>
        Assert.Contains("This message has no text.", MessagePage.Of(ReadOnlyMemory<byte>.Empty).Html, StringComparison.Ordinal);

    private static readonly string[] Fragments =
    [
        "<script>", "</script>", "<svg>", "</svg>", "<math>", "<mtext>", "<style>", "</style>", "<img src=x onerror=alert(1)>", "<a href=javascript:alert(1)>", "</a>",
        "<table>", "<td>", "<form action=//e>", "</form>", "<noscript>", "</noscript>", "<!--", "-->", "<title>", "</title>", "<textarea>", "</textarea>", "<p style='background:url(//e)'>",
        "<iframe srcdoc='<script>'>", "<xmp>", "</xmp>", "<template>", "<select><option>", "<frameset>", "<foreignObject>", "<desc>", "<mglyph>", "<malignmark>", "text", "&lt;script&gt;", "<![CDATA[", "]]>", "<base href=//e>", "<isindex>",
    ];

    private static byte[] Html(string html) => Encoding.UTF8.GetBytes($"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n");

    /// <summary>Reads the page as a browser does, and lists what would act or load.</summary>
    private static string[] Dangers(string page)
    {
        var head = page.IndexOf("<body>", StringComparison.Ordinal);
        var document = new AngleSharp.Html.Parser.HtmlParser(new AngleSharp.Html.Parser.HtmlParserOptions { IsScripting = false }).ParseDocument(page);
        var scripted = new AngleSharp.Html.Parser.HtmlParser(new AngleSharp.Html.Parser.HtmlParserOptions { IsScripting = true }).ParseDocument(page);
        Assert.True(head > 0);
        return [.. document.All.Concat(scripted.All).SelectMany(DangersOf)];
    }

    private static IEnumerable<string> DangersOf(AngleSharp.Dom.IElement element)
    {
        var isOwn = element.LocalName is "html" or "head" or "body" or "title" || (element.ParentElement?.LocalName == "head" && element.LocalName is "meta" or "style");
        if (!isOwn && !Harmless.Contains(element.LocalName))
        {
            yield return $"element {element.LocalName}";
        }

        foreach (var attribute in element.Attributes)
        {
            var value = attribute.Value;
            var isAllowed = attribute.Name switch
            {
                "src" => DataPicture().IsMatch(value),
                "style" => !Loads().IsMatch(value),
                "content" or "charset" or "http-equiv" or "name" => isOwn,
                _ => HarmlessAttributes.Contains(attribute.Name),
            };
            if (!isAllowed)
            {
                yield return $"{element.LocalName} {attribute.Name}={value}";
            }
        }
    }

    private static readonly HashSet<string> Harmless = new(
        "abbr address b big blockquote br caption center cite code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins li mark ol p pre q s small span strike strong sub sup table tbody td tfoot th thead tr tt u ul".Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string> HarmlessAttributes = new(
        "align alt bgcolor border cellpadding cellspacing class color colspan dir face height lang nowrap rowspan size valign width".Split(' '), StringComparer.Ordinal);

    [GeneratedRegex("^data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$", RegexOptions.NonBacktracking)]
    private static partial Regex DataPicture();

    [GeneratedRegex(@"url|expression|import|position|behavior|binding|image|\\|javascript|z-index", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Loads();
}

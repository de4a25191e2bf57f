using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;
using Weir.Mail.Urls;

namespace Weir.Mail.Tests.Urls;

public sealed class MessageUrlsTests
{
    [Theory]
    [InlineData("go to http://example.com/a?b=c#d now", "http://example.com/a?b=c#d")]
    [InlineData("(see https://example.com/a_(b).)", "https://example.com/a_(b)")]
    [InlineData("<https://example.com/x>", "https://example.com/x")]
    [InlineData("\"https://example.com/x\"", "https://example.com/x")]
    [InlineData("www.example.com, and", "www.example.com")]
    [InlineData("pay at example.com/pay.", "example.com/pay")]
    [InlineData("bit.ly/abc", "bit.ly/abc")]
    [InlineData("example.co.uk is ours", "example.co.uk")]
    [InlineData("http://192.0.2.1:8080/x", "http://192.0.2.1:8080/x")]
    [InlineData("http://user:pass@example.com/", "http://user:pass@example.com/")]
    [InlineData("http://bücher.example/ä", "http://bücher.example/ä")]
    [InlineData("http://[2001:db8::1]/x", "http://[2001:db8::1]/x")]
    [InlineData("HTTPS://EXAMPLE.COM", "HTTPS://EXAMPLE.COM")]
    [InlineData("http://localhost/x", "http://localhost/x")]
    public void A_url_in_text_is_found(string text, string expected) => Assert.Equal([expected], Linkifier.Find(text, 10).Select(range => text[range]));

    [Theory]
    [InlineData("hxxp://example[.]com/x")]
    [InlineData("write to ann@example.com today")]
    [InlineData("open report.zip or readme.md")]
    [InlineData("the end.It is over. e.g. this")]
    [InlineData("version 1.2.3 of a.b.c")]
    [InlineData("http:// nothing")]
    [InlineData("foo.bar()")]
    public void What_is_no_url_is_not_found(string text) => Assert.Empty(Linkifier.Find(text, 10));

    [Fact]
    public void Html_links_have_their_shown_text()
    {
        var urls = Eml.Html("<a href='https://evil.example/login?x=1&amp;y=2'>https://<b>bank</b>.example</a>").Urls;

        Assert.Equal([new MailUrl { Url = "https://evil.example/login?x=1&y=2", Written = "https://evil.example/login?x=1&y=2", Domain = "evil.example", Source = UrlSource.EmailBody, ShownText = "https://bank.example", PartPath = "1" }], urls);
    }

    [Theory]
    [InlineData("<img src=https://x.example/a>")]
    [InlineData("<form action=https://x.example/a></form>")]
    [InlineData("<map><area href=https://x.example/a></map>")]
    [InlineData("<meta http-equiv=refresh content='0; URL=https://x.example/a'>")]
    [InlineData("<div style='background:url(https://x.example/a)'></div>")]
    [InlineData("<style>p{background:url(\"https://x.example/a\")}</style>")]
    [InlineData("<table background=https://x.example/a></table>")]
    [InlineData("<iframe src=https://x.example/a></iframe>")]
    [InlineData("<base href=https://x.example/b/><a href=../a>go</a>")]
    [InlineData("<a href='&#104;ttps://x.example/&#97;'>go</a>")]
    [InlineData("<a href=' ht\ntps:\\\\x.example\\a '>go</a>")]
    [InlineData("<a href=//x.example/a>go</a>")]
    [InlineData("<!--[if mso]><v:roundrect href=\"https://x.example/a\"></v:roundrect><![endif]-->")]
    [InlineData("text https://x.example/a text")]
    [InlineData("<svg><a xlink:href=https://x.example/a><text>go</text></a></svg>")]
    public void A_reference_in_html_is_found(string html) => Assert.Contains("https://x.example/a", Eml.Html(html).Urls.Select(url => url.Url));

    [Theory]
    [InlineData("<a href='cid:x'>a</a><a href='mailto:a@b.c'>b</a><a href='#top'>c</a><a href=''>d</a><a href='page.html'>e</a><img src='data:image/png;base64,AA=='>")]
    [InlineData("<p style='display:none'>http://hidden.example/</p>")]
    public void What_leads_nowhere_is_left_out(string html) => Assert.Empty(Eml.Html(html).Urls);

    [Fact]
    public void Sources_are_told_apart()
    {
        var message = Eml.Parse(
            """
            From: a@example.org
            Subject: see http://subject.example/
            List-Unsubscribe: <mailto:x@y.z>, <https://list.example/u>
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            http://body.example/
            --b
            Content-Type: text/html; name=page.html
            Content-Disposition: attachment; filename=page.html

            <script>location='https://file.example/x'</script><a href="http://link.example/">x</a>
            --b--
            """);

        Assert.Equal(
            ["http://body.example/ EmailBody 1", "http://link.example/ Attachments 2", "http://subject.example/ Subject ", "https://file.example/x Attachments 2", "https://list.example/u EmailHeader "],
            message.Urls.Select(url => $"{url.Url} {url.Source} {url.PartPath}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_url_in_the_same_place_is_listed_once() => Assert.Single(Eml.Plain("http://x.example/ http://x.example/").Urls);

    [Fact]
    public void A_flood_of_links_is_cut()
    {
        var message = Eml.Plain(string.Concat(Enumerable.Range(0, 3_000).Select(i => $"http://x{i}.example/ ")));

        Assert.Equal(2_000, message.Urls.Count);
    }

    [Fact]
    public void A_script_link_is_listed_with_its_scheme() => Assert.Equal("javascript:alert(1)", Eml.Html("<a href='javascript:alert(1)'>x</a>").Urls.Single().Url);
}

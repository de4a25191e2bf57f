using CsCheck;
using Weir.Detection.Facts.Html;

namespace Weir.Detection.Tests.Facts;

public sealed class HtmlFactsTests
{
    [Fact]
    public void Links_pictures_and_forms_are_read_from_the_source()
    {
        var html = HtmlFacts.Of("<A HREF='https://a.example/?x=1&amp;y=2'>Go <b>there</b><img src=\"https://p.example/1.png\" width=600></A><form action=/post><input type=password></form><script>var a = '<a href=x>';</script>");

        var link = Assert.Single(html.Links);
        Assert.Equal(("https://a.example/?x=1&y=2", "Go there", true), (link.Target, link.ShownText, link.HasPicture));
        Assert.Equal("p.example", Assert.Single(html.Pictures).Host);
        Assert.Equal(["/post"], html.Forms);
        Assert.True(html is { HasPasswordField: true, HasScript: true });
    }

    [Fact]
    public void Text_that_a_style_hides_is_counted_until_its_element_ends()
    {
        Assert.Equal(3, HtmlFacts.Of("<div style='display:none'>abc<div></div></div>defg").HiddenLetters);
        Assert.Equal(3, HtmlFacts.Of("<p style='display: none'>abc<p>defg</p>").HiddenLetters);
        Assert.Equal(0, HtmlFacts.Of("<p style='font-size:10px'>abc</p>").HiddenLetters);
        Assert.Equal(1, HtmlFacts.Of("pay<span style='font-size:0'>x</span>pal").HiddenInsideWords);
    }

    [Fact]
    public void Any_text_is_read_without_an_exception() => Gen.Char["<>/\"'=! aoimgstyle-:&;\0"].Array[0, 200].Sample(text => HtmlFacts.Of(new string(text)));
}

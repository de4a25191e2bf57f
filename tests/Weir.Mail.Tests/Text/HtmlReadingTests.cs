using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Text;

public sealed class HtmlReadingTests
{
    [Theory]
    [InlineData("<div style='display:none'>no</div>")]
    [InlineData("<div style='DISPLAY : none !important'>no</div>")]
    [InlineData("<div style='visibility:hidden'>no</div>")]
    [InlineData("<span style='font-size:0'>no</span>")]
    [InlineData("<span style='font-size:1px'>no</span>")]
    [InlineData("<span style='opacity:0'>no</span>")]
    [InlineData("<span style='color:#fff'>no</span>")]
    [InlineData("<span style='color:#fefefe'>no</span>")]
    [InlineData("<font color=white>no</font>")]
    [InlineData("<table bgcolor='#123456'><tr><td style='color:#123456'>no</table>")]
    [InlineData("<div style='background:#222'><p style='color:rgb(34, 34, 34)'>no</p></div>")]
    [InlineData("<span style='color:transparent'>no</span>")]
    [InlineData("<div style='max-height:0;overflow:hidden'>no</div>")]
    [InlineData("<div style='position:absolute;left:-9999px'>no</div>")]
    [InlineData("<div style='text-indent:-9999px'>no</div>")]
    [InlineData("<div hidden>no</div>")]
    [InlineData("<style>.x{display:none}</style><p class='a x'>no</p>")]
    [InlineData("<style>#y, td.z {font-size:0px}</style><p id=y>no</p>")]
    [InlineData("<style>no</style><script>no</script><title>no</title><template>no</template>")]
    [InlineData("<!-- no -->")]
    [InlineData("<input type=hidden value=no>")]
    public void Hidden_text_is_left_out(string hidden) => Assert.Equal("seen again", Eml.Html($"<p>seen {hidden} again</p>").VisibleText.Replace('\n', ' '));

    [Theory]
    [InlineData("<span style='color:#000'>yes</span>")]
    [InlineData("<table bgcolor=black><tr><td style='color:white'>yes</table>")]
    [InlineData("<div style='background:url(x.png)'><p style='color:#fff'>yes</p></div>")]
    [InlineData("<div style='font-size:0'><span style='font-size:14px'>yes</span></div>")]
    [InlineData("<style>@media (max-width:600px){.x{display:none}}</style><p class=x>yes</p>")]
    [InlineData("<div style='overflow:hidden'>yes</div>")]
    [InlineData("<noscript>yes</noscript>")]
    [InlineData("<a href='http://x.org' style='color:#fff;background:#06c'>yes</a>")]
    public void Text_that_can_be_seen_is_kept(string html) => Assert.Equal("yes", Eml.Html(html).VisibleText);

    [Fact]
    public void Characters_without_width_are_left_out() => Assert.Equal("Paypal login", Eml.Html("Pay\u200Bp&zwnj;al\u00AD \u202Elog&#8203;in").VisibleText);

    [Fact]
    public void Blocks_and_breaks_are_lines_and_white_space_is_one() =>
        Assert.Equal("one two\nthree\nfour\nfive six", Eml.Html("<p>one \n two</p><div>three<br>four</div><table><tr><td>five</td><td>six</td></tr></table>").VisibleText);

    [Fact]
    public void Entities_are_decoded() => Assert.Equal("a & b < c é €", Eml.Html("a &amp; b &lt; c &eacute; &#8364;").VisibleText);

    [Fact]
    public void Plain_text_is_shown_where_there_is_no_html() => Assert.Equal("a\nb c", Eml.Plain("a\r\nb   c\u200B").VisibleText);
}

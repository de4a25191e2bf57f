using System.Text;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Urls.Rewriting;

public sealed class UnwrappingTests
{
    [Theory]
    [InlineData("https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%2Fa%3Fb%3D1&data=05%7C02&sdata=q%3D&reserved=0", "https://x.example/a?b=1", "Microsoft Safe Links")]
    [InlineData("https://urldefense.proofpoint.com/v1/url?k=q&u=https%3A%2F%2Fx.example%2Fa", "https://x.example/a", "Proofpoint")]
    [InlineData("https://urldefense.proofpoint.com/v2/url?d=q&u=https-3A__x.example_a-2Db-3Fc-3D1", "https://x.example/a-b?c=1", "Proofpoint")]
    [InlineData("https://urldefense.com/v3/__https:/x.example/a*b__;Iw!!q!r$", "https:/x.example/a#b", "Proofpoint")]
    [InlineData("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fx.example%2fa&c=E,1,q", "https://x.example/a", "Barracuda")]
    [InlineData("https://imsva9-ctp.trendmicro.com:443/wis/clicktime/v1/query?url=https%3a%2f%2fx.example&umid=q", "https://x.example", "Trend Micro")]
    [InlineData("https://protect-us.fireeye.com/v1/url?k=q&q=1&e=r&u=https%3A%2F%2Fx.example%2F", "https://x.example/", "FireEye")]
    [InlineData("https://us-west-2.protection.sophos.com/?d=x.example&u=aHR0cHM6Ly94LmV4YW1wbGUvYT8-&i=q", "https://x.example/a?>", "Sophos")]
    [InlineData("https://urlsand.esvalabs.com/?u=https%3A%2F%2Fx.example&e=q", "https://x.example", "Libraesva")]
    [InlineData("http://scanmail.trustwave.com/?c=8510&d=q&u=https%3a%2f%2fx%2eexample%2fa", "https://x.example/a", "Trustwave")]
    [InlineData("https://clicktime.symantec.com/3q?u=https%3A%2F%2Fx.example", "https://x.example", "Symantec")]
    [InlineData("https://linkscan.io/scan/ux/aHR0cHM6Ly94LmV4YW1wbGUv/QQ?c=1", "https://x.example/", "Bitdefender")]
    [InlineData("https://url.us.m.avanan.click/v2/___https://x.example/a___.YXAz", "https://x.example/a", "Check Point")]
    [InlineData("https://protect.checkpoint.com/v2/___https://x.example/a___.YXAz", "https://x.example/a", "Check Point")]
    [InlineData("https://secure-web.cisco.com/1q-q/https%3A%2F%2Fx.example%2Fa", "https://x.example/a", "Cisco")]
    [InlineData("https://q.r.eu-west-1.awstrack.me/CL0/https:%2F%2Fx.example%2Fa/1/0102/q=1", "https://x.example/a", "Amazon SES")]
    public void A_link_that_a_product_rewrote_is_led_back(string link, string target, string product) =>
        Assert.Equal(new UnwrappedUrl { Url = target, WrappedBy = product }, MailUrls.Unwrap(link));

    [Theory]
    [InlineData("https://www.google.co.uk/url?sa=t&q=https%3A%2F%2Fx.example%2Fa", "https://x.example/a", "Google")]
    [InlineData("https://l.facebook.com/l.php?u=https%3A%2F%2Fx.example&h=q", "https://x.example", "Facebook")]
    [InlineData("https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fx.example&urlhash=q", "https://x.example", "LinkedIn")]
    [InlineData("https://www.bing.com/ck/a?!&&p=q&u=a1aHR0cHM6Ly94LmV4YW1wbGUv&ntb=1", "https://x.example/", "Bing")]
    [InlineData("https://deref-gmx.net/mail/client/q/dereferrer/?redirectUrl=https%3A%2F%2Fx.example", "https://x.example", "GMX and WEB.DE")]
    public void A_site_that_forwards_is_told_apart_from_a_product(string link, string target, string site) =>
        Assert.Equal(new UnwrappedUrl { Url = target, ForwardedBy = site }, MailUrls.Unwrap(link));

    [Theory]
    [InlineData("https://protect-de.mimecast.com/s/qQ1?domain=x.example", "Mimecast")]
    [InlineData("https://url.uk.m.mimecastprotect.com/s/qQ1", "Mimecast")]
    [InlineData("https://secure-web.cisco.com/1q-q", "Cisco")]
    [InlineData("https://protect.checkpoint.com/v2/r02/___mYYux:44c.jcfruqj___.YXAz", "Check Point")]
    [InlineData("https://eur03.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)", "Microsoft Safe Links")]
    public void What_only_the_product_can_resolve_stays_as_it_is_and_says_so(string link, string product) =>
        Assert.Equal(new UnwrappedUrl { Url = link, WrappedBy = product, IsUnresolved = true }, MailUrls.Unwrap(link));

    [Theory]
    [InlineData("https://www.mimecast.com/products/")]
    [InlineData("https://www.trendmicro.com/en/?url=https://x.example")]
    [InlineData("https://www.google.com/search?q=https://x.example")]
    [InlineData("https://www.google.com/url?q=cats")]
    [InlineData("https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fx.example")]
    [InlineData("https://evil.example/urldefense.com/v3/__https://x.example__;!!q$")]
    [InlineData("https://urldefense.com/v3/__https://x.example")]
    [InlineData("https://linkedin.com/in/ann?url=https://x.example")]
    [InlineData("mailto:ann@urldefense.com")]
    [InlineData("")]
    public void An_ordinary_link_is_no_rewritten_one(string link) => Assert.Null(MailUrls.Unwrap(link));

    [Fact]
    public void Links_rewritten_by_several_products_name_them_all()
    {
        var inner = "https://protect-de.mimecast.com/s/q";
        var outer = "https://ctp.trendmicro.com/wis/clicktime/v2/clickthrough?url=" + Uri.EscapeDataString("https://eur03.safelinks.protection.outlook.com/?url=" + Uri.EscapeDataString(inner));

        Assert.Equal(new UnwrappedUrl { Url = inner, WrappedBy = "Trend Micro, Microsoft Safe Links, Mimecast", IsUnresolved = true }, MailUrls.Unwrap(outer));
    }

    [Fact]
    public void Endless_nesting_ends()
    {
        var link = new StringBuilder("https://x.example/").Insert(0, "https://linkprotect.cudasvc.com/url?a=", 800).ToString();

        var unwrapped = MailUrls.Unwrap(link);

        Assert.Equal(("Barracuda", true), (unwrapped?.WrappedBy, unwrapped?.IsUnresolved));
    }

    [Fact]
    public void The_record_keeps_what_was_written_and_shows_the_target()
    {
        const string Link = "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2FX.example%2Fa&data=q";
        var url = Eml.Html($"<a href='{Link}'>go</a>").Urls.Single();

        Assert.Equal(new MailUrl { Url = "https://x.example/a", Written = Link, Domain = "x.example", Source = UrlSource.EmailBody, ShownText = "go", PartPath = "1", WrappedBy = "Microsoft Safe Links" }, url);
    }

    [Fact]
    public void An_unresolved_link_is_recorded_as_it_stands()
    {
        var url = Eml.Plain("see https://protect-de.mimecast.com/s/q there").Urls.Single();

        Assert.Equal(("https://protect-de.mimecast.com/s/q", "Mimecast", true), (url.Url, url.WrappedBy, url.IsUnresolved));
    }
}

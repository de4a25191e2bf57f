using System.Net;
using CsCheck;
using Weir.Mail.Authentication.Spf;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Authentication;

public sealed class SpfCheckTests
{
    [Theory]
    [InlineData("v=spf1 ip4:192.0.2.0/24 -all", SpfResult.Pass)]
    [InlineData("v=spf1 ~all", SpfResult.SoftFail)]
    [InlineData("v=spf1 ?all", SpfResult.Neutral)]
    [InlineData("v=spf1", SpfResult.Neutral)]
    [InlineData("v=spf1 ip4:192.0.2.0/33 -all", SpfResult.PermError)]
    [InlineData("v=spf1 ip4:192.0.2.0/024 -all", SpfResult.PermError)]
    [InlineData("v=spf1 a:nothing1.x.example a:nothing2.x.example a:nothing3.x.example -all", SpfResult.PermError)]
    [InlineData("v=spf1 include:x.example -all", SpfResult.PermError)]
    [InlineData("v=spf1 exists:%{ir}.%{l}.x.example -all", SpfResult.Pass)]
    [InlineData("v=spf1 redirect=nothing.x.example", SpfResult.PermError)]
    public async Task A_record_decides(string record, SpfResult expected)
    {
        var dns = new Zone().Txt("x.example", record).A("10.2.0.192.anna.x.example", "127.0.0.2").Build();

        var (outcome, _) = await SpfCheck.RunAsync(dns, IPAddress.Parse("192.0.2.10"), "anna@x.example", "helo.example", TestContext.Current.CancellationToken);

        Assert.Equal(expected, outcome.Result);
    }

    [Fact]
    public void No_text_makes_the_parser_throw() =>
        Gen.String[Gen.Char[' ', '~'], 0, 80].Sample(text =>
        {
            SpfRecord.Parse("v=spf1 " + text);
            SpfMacro.Expand(text, new("a@b.example", "b.example", "h", IPAddress.Loopback), "unknown");
        }, iter: 20_000);
}

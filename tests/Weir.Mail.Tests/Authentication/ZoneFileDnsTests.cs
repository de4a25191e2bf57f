using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Authentication;

public sealed class ZoneFileDnsTests
{
    private static readonly IDns Zone = Dns.FromZone("""
        {
          "X.Example.": { "TXT": ["one", ["two ", "three"]], "MX": ["20 b.x.example.", "10 a.x.example", [5, "c.x.example"]], "A": "192.0.2.1" },
          "www.x.example": { "CNAME": "x.example" },
          "slow.example": { "TXT": "TIMEOUT", "A": ["192.0.2.2"] }
        }
        """u8.ToArray());

    [Fact]
    public async Task Names_compare_without_case_and_final_dot()
    {
        Assert.Equal(["one", "two three"], (await Ask("x.EXAMPLE.", DnsType.Txt)).Records);
        Assert.Equal(["192.0.2.1"], (await Ask("x.example", DnsType.A)).Records);
    }

    [Fact]
    public async Task Exchangers_come_by_preference() =>
        Assert.Equal(["c.x.example", "a.x.example", "b.x.example"], (await Ask("x.example", DnsType.Mx)).Records);

    [Fact]
    public async Task An_alias_is_followed() => Assert.Equal(["192.0.2.1"], (await Ask("www.x.example", DnsType.A)).Records);

    [Fact]
    public async Task Missing_names_empty_types_and_failures_differ()
    {
        Assert.Equal(DnsStatus.NxDomain, (await Ask("nothing.example", DnsType.A)).Status);
        Assert.Equal(DnsStatus.NoData, (await Ask("x.example", DnsType.Aaaa)).Status);
        Assert.Equal(DnsStatus.Timeout, (await Ask("slow.example", DnsType.Txt)).Status);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"x\": 3}")]
    [InlineData("{\"x\": {\"TXT\": [{}]}}")]
    [InlineData("not json")]
    public void What_is_no_zone_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => Dns.FromZone(System.Text.Encoding.UTF8.GetBytes(text)));

    private static ValueTask<DnsAnswer> Ask(string name, DnsType type) => Zone.QueryAsync(name, type, TestContext.Current.CancellationToken);
}

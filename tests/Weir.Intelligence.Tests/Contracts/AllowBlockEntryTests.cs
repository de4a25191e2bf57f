using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Tests.Contracts;

public sealed class AllowBlockEntryTests
{
    [Theory]
    [InlineData("evil.example/login", "https://evil.example/login", true)]
    [InlineData("evil.example/login", "http://EVIL.example:8080/Login/step2", true)]
    [InlineData("evil.example/login", "https://user@evil.example/login?next=1", true)]
    [InlineData("evil.example/login", "https://evil.example/login#top", true)]
    [InlineData("evil.example/login", "https://evil.example/loginpage", false)]
    [InlineData("evil.example/login", "https://www.evil.example/login", false)]
    [InlineData("evil.example/login", "https://good.example/?u=evil.example/login", false)]
    [InlineData("evil.example/login", "https://good.example\\evil.example/login", false)]
    [InlineData("*.evil.example", "https://www.evil.example/x", true)]
    [InlineData("*.evil.example", "https://evil.example/x", false)]
    [InlineData("*.evil.example/a/*/pay", "https://x.evil.example/a/b/c/pay?z", true)]
    [InlineData("*.evil.example/a/*/pay", "https://x.evil.example/a/b/c/payment", false)]
    [InlineData("evil.example/a*b*c", "https://evil.example/axxbyybzzc/d", true)]
    [InlineData("[2001:db8::1]/x", "http://[2001:db8::1]/x/y", true)]
    public void A_url_covers_what_lies_below_it(string value, string url, bool isCovered) =>
        Assert.Equal(isCovered, new AllowBlockEntry(EntryKind.Url, value, false, null, "").CoversUrl(url));

    [Theory]
    [InlineData("evil.example", "evil.example", true)]
    [InlineData("evil.example", "mail.Evil.example", true)]
    [InlineData("evil.example", "notevil.example", false)]
    [InlineData("*.evil.example", "evil.example", false)]
    [InlineData("*.evil.example", "a.b.evil.example", true)]
    [InlineData("*.zip", "invoice.zip", true)]
    public void A_domain_covers_what_lies_below_it(string value, string domain, bool isCovered) =>
        Assert.Equal(isCovered, new AllowBlockEntry(EntryKind.SenderDomain, value, false, null, "").CoversDomain(domain));

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.200", true)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.200", true)]
    [InlineData("192.0.2.0/24", "192.0.3.1", false)]
    [InlineData("2001:db8:1::/48", "2001:db8:1:2::3", true)]
    [InlineData("2001:db8:1::/48", "2001:db8:2::3", false)]
    [InlineData("192.0.2.1", "not an address", false)]
    public void A_range_covers_its_addresses(string value, string ip, bool isCovered) =>
        Assert.Equal(isCovered, new AllowBlockEntry(EntryKind.IpAddress, value, false, null, "").CoversIp(ip));

    [Theory]
    [InlineData("weir.example, mailer.example", "news@weir.example", "192.0.2.1", "out7.mailer.example.", true)]
    [InlineData("weir.example, mailer.example", "news@weir.example", "192.0.2.1", "", false)]
    [InlineData("weir.example, mailer.example", "news@weir.example", "192.0.2.1", null, true)]
    [InlineData("news@weir.example, 192.0.2.0/24", "News@weir.example", "192.0.2.1", "", true)]
    [InlineData("news@weir.example, 192.0.2.0/24", "chief@weir.example", "192.0.2.1", "", false)]
    [InlineData("*, mailer.example", "anybody@anywhere.example", "192.0.2.1", "mailer.example", true)]
    public void A_pair_covers_an_author_sent_by_a_machine(string value, string author, string ip, string? name, bool isCovered) =>
        Assert.Equal(isCovered, new AllowBlockEntry(EntryKind.Spoof, value, true, null, "").CoversSpoof(author, ip, name));
}

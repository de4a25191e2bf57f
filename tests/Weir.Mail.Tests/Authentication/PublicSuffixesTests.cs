using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Authentication;

public sealed class PublicSuffixesTests
{
    [Theory]
    [InlineData("mail.news.nordhaven.example", "nordhaven.example")]
    [InlineData("www.shop.co.uk", "shop.co.uk")]
    [InlineData("Someone.GitHub.io", "someone.github.io")]
    [InlineData("a.b.blogspot.com", "b.blogspot.com")]
    [InlineData("tenant.azurewebsites.net", "tenant.azurewebsites.net")]
    [InlineData("co.uk", "co.uk")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("a.city.kobe.jp", "city.kobe.jp")]
    [InlineData("", "")]
    public void The_organisation_is_what_one_owner_registered(string domain, string organisation) =>
        Assert.Equal(organisation, PublicSuffixes.OrganizationalDomain(domain));

    [Fact]
    public void The_built_in_list_has_well_over_a_thousand_rules() => Assert.InRange(PublicSuffixes.BuiltIn.Count, 1_200, 5_000);
}

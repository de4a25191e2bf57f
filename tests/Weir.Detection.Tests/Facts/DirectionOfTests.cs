using System.Net;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Tests.Support;
using Weir.Mail.Contracts;

namespace Weir.Detection.Tests.Facts;

public sealed class DirectionOfTests
{
    private static Direction Of(string from, string to, AuthenticationResults? results = null, string user = "", string client = "203.0.113.7") => DirectionOf.Message(
        new ParsedMessage { Size = 1, Sha256 = "", From = [new MailAddress("", from)] },
        new Envelope { MailFrom = from, Recipients = [to], AuthenticatedUser = user, ClientIp = client },
        results ?? new AuthenticationResults(),
        new FixedDirectory(),
        [IPNetwork.Parse("192.0.2.0/24")]);

    [Fact]
    public void A_claimed_own_domain_proves_nothing() => Assert.Equal(Direction.Inbound, Of("maria.keller@harbour.example", "tom.weber@harbour.example"));

    [Fact]
    public void A_submitting_user_is_ours() => Assert.Equal(Direction.IntraOrg, Of("maria.keller@harbour.example", "tom.weber@harbour.example", user: "maria.keller"));

    [Fact]
    public void A_trusted_client_with_our_domain_is_ours() => Assert.Equal(Direction.IntraOrg, Of("scanner@harbour.example", "tom.weber@harbour.example", client: "192.0.2.9"));

    [Fact]
    public void A_trusted_client_with_a_foreign_domain_is_not_ours() => Assert.Equal(Direction.Inbound, Of("x@elsewhere.example", "tom.weber@harbour.example", client: "192.0.2.9"));

    [Fact]
    public void A_proven_own_domain_is_ours() =>
        Assert.Equal(Direction.Outbound, Of("maria.keller@harbour.example", "ada@elsewhere.example", new AuthenticationResults { Dmarc = DmarcResult.Pass }));
}

using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Authentication;

public sealed class TrustedRelaysTests
{
    private static readonly ReceivedHop[] Hops =
    [
        new() { FromIp = "192.0.2.7", FromName = "filter.nordhaven.example", By = "mx" },
        new() { FromIp = "203.0.113.9", FromName = "out.sender.example", Helo = "out.sender.example" },
        new() { FromIp = "198.51.100.1", FromName = "laptop" },
    ];

    [Fact]
    public void Without_trusted_hops_the_connecting_client_counts() =>
        Assert.Equal("192.0.2.5", TrustedRelays.None.ClientOf(Hops, new Envelope { ClientIp = "192.0.2.5" }).Ip);

    [Theory]
    [InlineData("192.0.2.0/24")]
    [InlineData("192.0.2.5|192.0.2.7")]
    [InlineData("gate.nordhaven.example|192.0.2.7")]
    [InlineData(".nordhaven.example")]
    public void The_machine_before_all_trusted_hops_is_the_client(string relays) =>
        Assert.Equal(
            new MailClient("203.0.113.9", "out.sender.example", "out.sender.example"),
            new TrustedRelays(relays.Split('|')).ClientOf(Hops, new Envelope { ClientIp = "192.0.2.5", ClientName = "gate.nordhaven.example" }));

    [Fact]
    public void An_untrusted_hop_is_not_looked_behind() =>
        Assert.Equal("192.0.2.7", new TrustedRelays(["192.0.2.5"]).ClientOf(Hops, new Envelope { ClientIp = "192.0.2.5" }).Ip);

    [Fact]
    public void Of_an_imported_message_the_topmost_hop_counts() =>
        Assert.Equal("203.0.113.9", TrustedRelays.None.ClientOf([new ReceivedHop { FromIp = "127.0.0.1" }, new ReceivedHop(), Hops[1], Hops[2]], new Envelope()).Ip);

    [Fact]
    public void A_client_that_is_not_known_stays_unknown() =>
        Assert.Equal("", TrustedRelays.None.ClientOf([], new Envelope()).Ip);
}

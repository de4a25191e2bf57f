using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Authentication.Arc;

/// <summary>The author's domain publishes p=reject, and the message comes from a forwarder that SPF does not know.</summary>
public sealed class TrustedSealersTests : IDisposable
{
    private const string Pass = "mx.list.example; spf=pass smtp.mailfrom=author.example; dmarc=pass (p=REJECT) header.from=author.example";
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly RSA _key = RSA.Create(2048);

    public void Dispose() => _key.Dispose();

    private ArcSealer Sealer => new(_key);

    [Fact]
    public async Task The_word_of_a_trusted_list_carries_a_message_that_fails_DMARC()
    {
        var results = await Authenticate(Sealer.Seal(Mail(), 1, "list.example", Pass), "list.example");

        Assert.Equal((DmarcResult.Fail, CompositeResult.Pass, "list.example"), (results.Dmarc, results.Composite, results.TrustedSealer));
        Assert.StartsWith("130 ", results.CompositeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chain_of_a_stranger_is_shown_and_changes_nothing()
    {
        var results = await Authenticate(Sealer.Seal(Mail(), 1, "list.example", Pass), "other.example");

        Assert.Equal((ArcResult.Pass, CompositeResult.Fail, ""), (results.Arc.Result, results.Composite, results.TrustedSealer));
        Assert.StartsWith("000 ", results.CompositeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_below_a_trusted_one_is_trusted_when_it_was_named_with_a_dot()
    {
        var raw = Sealer.Seal(Mail(), 1, "eu.list.example", Pass);

        Assert.Equal("eu.list.example", (await Authenticate(raw, ".list.example")).TrustedSealer);
        Assert.Equal("", (await Authenticate(raw, "list.example")).TrustedSealer);
    }

    [Theory]
    [InlineData("mx.list.example; dmarc=fail header.from=author.example")]
    [InlineData("mx.list.example; dmarc=pass header.from=evil.example")]
    [InlineData("mx.list.example; dmarc=pass header.from=author.example; dmarc=fail header.from=author.example")]
    [InlineData("mx.list.example; spf=pass")]
    public async Task A_trusted_list_that_did_not_see_the_author_pass_changes_nothing(string reported) =>
        Assert.Equal(CompositeResult.Fail, (await Authenticate(Sealer.Seal(Mail(), 1, "list.example", reported), "list.example")).Composite);

    [Fact]
    public async Task What_a_stranger_seals_above_a_trusted_list_is_not_believed()
    {
        var sealed1 = Encoding.Latin1.GetString(Sealer.Seal(Mail(), 1, "list.example", Pass)).Replace("See you", "Pay now", StringComparison.Ordinal);
        var raw = Sealer.Seal(Encoding.Latin1.GetBytes(sealed1), 2, "forward.example", "mx.forward.example; arc=pass");

        var results = await Authenticate(raw, "list.example");

        Assert.Equal((ArcResult.Pass, CompositeResult.Fail), (results.Arc.Result, results.Composite));
        Assert.Equal("list.example", (await Authenticate(raw, "list.example", "forward.example")).TrustedSealer);
    }

    [Fact]
    public async Task A_stranger_below_a_trusted_list_does_not_speak_for_it()
    {
        var raw = Sealer.Seal(Sealer.Seal(Mail(), 1, "forward.example", Pass), 2, "list.example", "mx.list.example; arc=pass; dmarc=fail header.from=author.example");

        Assert.Equal(CompositeResult.Fail, (await Authenticate(raw, "list.example")).Composite);
    }

    [Fact]
    public async Task A_second_author_above_the_sealed_one_is_not_carried()
    {
        byte[] raw = [.. "From: chief@author.example\r\n"u8, .. Sealer.Seal(Mail(), 1, "list.example", Pass)];

        Assert.Equal("", (await Authenticate(raw, "list.example")).TrustedSealer);
    }

    [Fact]
    public async Task A_chain_that_leaves_the_author_unsigned_is_not_believed() =>
        Assert.Equal("", (await Authenticate(Sealer.Seal(Mail(), 1, "list.example", Pass, fields: "to:subject"), "list.example")).TrustedSealer);

    private static byte[] Mail() =>
        "From: Anna <anna@author.example>\r\nTo: ben@other.example\r\nSubject: [list] Plan\r\nDate: Mon, 02 Nov 2026 08:00:00 +0000\r\n\r\nSee you at nine.\r\n"u8.ToArray();

    private ValueTask<AuthenticationResults> Authenticate(byte[] raw, params string[] trusted)
    {
        var zone = new Zone().Txt("author.example", "v=spf1 ip4:192.0.2.10 -all").Txt("_dmarc.author.example", "v=DMARC1; p=reject");
        foreach (var domain in (string[])["list.example", "eu.list.example", "forward.example"])
        {
            zone.Txt($"arc._domainkey.{domain}", Sealer.Record);
        }

        var authenticator = MailModule.CreateAuthenticator(zone.Build(), new FakeTimeProvider(Now), trusted);
        return authenticator.AuthenticateAsync(raw, Some.Parsed(raw), new Envelope { MailFrom = "bounce@list.example", ClientIp = "203.0.113.5" }, TestContext.Current.CancellationToken);
    }
}

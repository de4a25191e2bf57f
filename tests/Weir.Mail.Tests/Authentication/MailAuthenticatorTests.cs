using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Authentication;

public sealed class MailAuthenticatorTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly RSA _key = RSA.Create(2048);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_signed_mail_from_an_allowed_address_passes_everything()
    {
        var signer = new DkimSigner("nordhaven.example", "s1", _key);
        var zone = Published("v=DMARC1; p=reject").Txt(signer.RecordName, signer.Record);

        var results = await Authenticate(zone, signer.Sign(Mail(), Now), new Envelope { MailFrom = "anna@nordhaven.example", ClientIp = "192.0.2.10", Helo = "mx.nordhaven.example" });

        Assert.Equal((SpfResult.Pass, DkimResult.Pass, DmarcResult.Pass, CompositeResult.Pass), (results.Spf, results.Dkim, results.Dmarc, results.Composite));
        Assert.Equal(DmarcPolicy.Reject, results.Policy);
        Assert.Equal("nordhaven.example", results.OrganizationalDomain);
        Assert.StartsWith("100 ", results.CompositeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_changed_on_the_way_breaks_the_signature_and_SPF_alone_carries_DMARC()
    {
        var signer = new DkimSigner("nordhaven.example", "s1", _key);
        var zone = Published("v=DMARC1; p=reject").Txt(signer.RecordName, signer.Record);
        var raw = signer.Sign(Mail(), Now);
        raw[^3] = (byte)'X';

        var results = await Authenticate(zone, raw, new Envelope { MailFrom = "anna@nordhaven.example", ClientIp = "192.0.2.10" });

        Assert.Equal(DkimResult.Fail, results.Dkim);
        Assert.Equal("the body was changed", Assert.Single(results.Signatures).Reason);
        Assert.StartsWith("102 ", results.CompositeReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject", "000 ")]
    [InlineData("v=DMARC1; p=quarantine", "000 ")]
    [InlineData("v=DMARC1; p=none", "001 ")]
    public async Task A_forged_author_fails_by_the_policy_of_the_owner(string policy, string code)
    {
        var zone = Published(policy).Txt("attacker.example", "v=spf1 ip4:198.51.100.9 -all");

        var results = await Authenticate(zone, Mail(), new Envelope { MailFrom = "x@attacker.example", ClientIp = "198.51.100.9" });

        Assert.Equal((SpfResult.Pass, DmarcResult.Fail, CompositeResult.Fail), (results.Spf, results.Dmarc, results.Composite));
        Assert.StartsWith(code, results.CompositeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_policy_an_agreeing_pass_is_the_best_guess()
    {
        var zone = new Zone().Txt("nordhaven.example", "v=spf1 ip4:192.0.2.10 -all");

        var results = await Authenticate(zone, Mail(), new Envelope { MailFrom = "anna@nordhaven.example", ClientIp = "192.0.2.10" });

        Assert.Equal((DmarcResult.BestGuessPass, CompositeResult.Pass), (results.Dmarc, results.Composite));
        Assert.StartsWith("109 ", results.CompositeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_policy_a_forbidding_SPF_record_of_the_author_fails()
    {
        var zone = new Zone().Txt("nordhaven.example", "v=spf1 ip4:192.0.2.10 -all");

        var results = await Authenticate(zone, Mail(), new Envelope { MailFrom = "anna@nordhaven.example", ClientIp = "203.0.113.66" });

        Assert.Equal((SpfResult.Fail, CompositeResult.Fail), (results.Spf, results.Composite));
        Assert.StartsWith("002 ", results.CompositeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailing_service_that_vouches_is_a_soft_pass()
    {
        var zone = new Zone().Txt("letters.example", "v=spf1 ip4:203.0.113.5 -all");

        var results = await Authenticate(zone, Mail(), new Envelope { MailFrom = "bounce@letters.example", ClientIp = "203.0.113.5" });

        Assert.Equal(CompositeResult.SoftPass, results.Composite);
        Assert.StartsWith("202 ", results.CompositeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_authors_of_different_domains_are_an_error_when_one_publishes_a_policy()
    {
        var results = await Authenticate(Published("v=DMARC1; p=reject"), Mail("Anna <anna@nordhaven.example>, b@other.example"), new Envelope { MailFrom = "b@other.example", ClientIp = "203.0.113.5" });

        Assert.Equal((DmarcResult.PermError, CompositeResult.Fail), (results.Dmarc, results.Composite));
        Assert.StartsWith("003 ", results.CompositeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_of_DNS_is_no_judgement()
    {
        var zone = new Zone().Broken("nordhaven.example").Broken("_dmarc.nordhaven.example");

        var results = await Authenticate(zone, Mail(), new Envelope { MailFrom = "anna@nordhaven.example", ClientIp = "192.0.2.10" });

        Assert.Equal((SpfResult.TempError, DmarcResult.TempError, CompositeResult.None), (results.Spf, results.Dmarc, results.Composite));
        Assert.StartsWith("301 ", results.CompositeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_signed_in_user_hands_in_is_his_own()
    {
        var results = await Authenticate(Published("v=DMARC1; p=reject"), Mail(), new Envelope { MailFrom = "anna@nordhaven.example", ClientIp = "203.0.113.200", AuthenticatedUser = "anna@nordhaven.example" });

        Assert.Equal(CompositeResult.Pass, results.Composite);
        Assert.StartsWith("400 ", results.CompositeReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_null_sender_is_checked_by_HELO()
    {
        var zone = new Zone().Txt("mx.other.example", "v=spf1 ip4:203.0.113.5 -all");

        var results = await Authenticate(zone, Mail(), new Envelope { ClientIp = "203.0.113.5", Helo = "mx.other.example" });

        Assert.Equal((SpfResult.Pass, "mx.other.example"), (results.Spf, results.SpfDomain));
    }

    [Fact]
    public async Task Name_servers_that_never_answer_cost_a_bounded_time()
    {
        var clock = new FakeTimeProvider(Now);
        var authenticator = MailModule.CreateAuthenticator(new Silence(), clock);
        var running = authenticator.AuthenticateAsync(Mail(), Some.Parsed(Mail()), new Envelope { MailFrom = "anna@nordhaven.example", ClientIp = "192.0.2.10" }, TestContext.Current.CancellationToken).AsTask();

        clock.Advance(TimeSpan.FromSeconds(9));
        var results = await running;

        Assert.Equal(SpfResult.TempError, results.Spf);
    }

    private static Zone Published(string policy) => new Zone()
        .Txt("nordhaven.example", "v=spf1 ip4:192.0.2.10 -all")
        .Txt("_dmarc.nordhaven.example", policy);

    private static byte[] Mail(string from = "Anna <anna@nordhaven.example>") =>
        Encoding.UTF8.GetBytes($"From: {from}\r\nTo: ben@other.example\r\nSubject: Plan\r\nDate: Mon, 02 Nov 2026 08:00:00 +0000\r\nMessage-ID: <1@nordhaven.example>\r\n\r\nSee you  at nine.\r\n\r\n");

    private static ValueTask<AuthenticationResults> Authenticate(Zone zone, byte[] raw, Envelope envelope) =>
        MailModule.CreateAuthenticator(zone.Build(), new FakeTimeProvider(Now)).AuthenticateAsync(raw, Some.Parsed(raw), envelope, TestContext.Current.CancellationToken);

    private sealed class Silence : IDns
    {
        public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return DnsAnswer.Of(DnsStatus.Timeout);
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Weir.Mail.Authentication.Arc;
using Weir.Mail.Authentication.Dkim;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Authentication.Arc;

public sealed class ArcVerifierTests : IDisposable
{
    private const string Pass = "mx.example; dmarc=pass header.from=author.example";
    private static readonly byte[] Mail = "From: a@author.example\r\nTo: b@other.example\r\nSubject: Plan\r\nDate: Mon, 02 Nov 2026 08:00:00 +0000\r\n\r\nSee you at nine.\r\n"u8.ToArray();
    private readonly RSA _key = RSA.Create(2048);

    public void Dispose() => _key.Dispose();

    private ArcSealer Sealer => new(_key);

    [Fact]
    public async Task A_message_without_sets_has_no_chain() => Assert.Equal(ArcResult.None, (await Verify(Mail)).Result);

    [Fact]
    public async Task Two_forwarders_make_a_chain_that_holds()
    {
        var chain = await Verify(Sealer.Seal(Sealer.Seal(Mail, 1, "list.example", Pass), 2, "forward.example", "mx.forward.example; arc=pass"));

        Assert.Equal((ArcResult.Pass, "", 0), (chain.Result, chain.Reason, chain.OldestPass));
        Assert.Equal([(1, "list.example", "arc"), (2, "forward.example", "arc")], chain.Sets.Select(set => (set.Instance, set.Domain, set.Selector)));
        Assert.All(chain.Sets, set => Assert.Equal((DkimResult.Pass, DkimResult.Pass, true), (set.MessageSignature, set.Seal, set.IsAuthorSigned)));
        Assert.Equal(Pass, chain.Sets[0].ReportedResults);
    }

    [Fact]
    public async Task A_list_that_changes_the_subject_breaks_only_the_signature_before_it()
    {
        var first = Encoding.Latin1.GetString(Sealer.Seal(Mail, 1, "mx.example", Pass)).Replace("Subject: Plan", "Subject: [list] Plan", StringComparison.Ordinal);

        var chain = await Verify(Sealer.Seal(Encoding.Latin1.GetBytes(first), 2, "list.example", "list.example; arc=pass"));

        Assert.Equal((ArcResult.Pass, 2), (chain.Result, chain.OldestPass));
        Assert.Equal([DkimResult.Fail, DkimResult.Pass], chain.Sets.Select(set => set.MessageSignature));
    }

    [Fact]
    public async Task A_body_changed_after_the_last_seal_fails()
    {
        var raw = Sealer.Seal(Mail, 1, "list.example", Pass);
        raw[^4] = (byte)'X';

        var chain = await Verify(raw);

        Assert.Equal((ArcResult.Fail, "ARC-Message-Signature i=1: the body was changed"), (chain.Result, chain.Reason));
    }

    [Fact]
    public async Task Results_changed_after_the_seal_fail()
    {
        var raw = Encoding.Latin1.GetString(Sealer.Seal(Mail, 1, "list.example", "mx.example; dmarc=fail")).Replace("dmarc=fail", "dmarc=pass", StringComparison.Ordinal);

        var chain = await Verify(Encoding.Latin1.GetBytes(raw));

        Assert.Equal((ArcResult.Fail, "ARC-Seal i=1: the signature does not match"), (chain.Result, chain.Reason));
    }

    [Theory]
    [InlineData(1, "fail", "list.example (i=1) found the chain broken")]
    [InlineData(1, "pass", "ARC-Seal i=1 says cv=pass")]
    [InlineData(1, "perhaps", "ARC-Seal i=1: cv= is neither none, pass nor fail")]
    [InlineData(2, null, "ARC-Authentication-Results i=1 is missing")]
    public async Task A_chain_that_does_not_begin_right_fails(int instance, string? state, string reason)
    {
        var sealer = Sealer;
        var raw = instance == 1 ? sealer.Seal(Mail, 1, "list.example", Pass, state) : Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(sealer.Seal(Mail, 1, "list.example", Pass)).Replace(" i=1;", " i=2;", StringComparison.Ordinal));

        var chain = await Verify(raw);

        Assert.Equal((ArcResult.Fail, reason), (chain.Result, chain.Reason));
    }

    [Theory]
    [InlineData(" h=from;", "ARC-Seal i=1: a seal has no h= and no bh=")]
    [InlineData(" t=soon;", "ARC-Seal i=1: t= is not a number")]
    public async Task A_seal_of_another_form_fails(string more, string reason) =>
        Assert.Equal(reason, (await Verify(Sealer.Seal(Mail, 1, "list.example", Pass, more: more))).Reason);

    [Fact]
    public async Task A_message_signature_over_seals_fails() =>
        Assert.Equal("ARC-Message-Signature i=1: h= names ARC-Seal", (await Verify(Sealer.Seal(Mail, 1, "list.example", Pass, fields: "from:ARC-Seal"))).Reason);

    [Theory]
    [InlineData("ARC-Seal: i=1; a=rsa-sha256\r\n", "ARC-Authentication-Results i=1 is missing")]
    [InlineData("ARC-Seal: i=0\r\n", "ARC-Seal has no instance from 1 to 50")]
    [InlineData("ARC-Seal: i=51\r\n", "ARC-Seal has no instance from 1 to 50")]
    [InlineData("ARC-Seal: i=1\r\nARC-Seal: i=1\r\n", "ARC-Seal i=1 is there twice")]
    [InlineData("ARC-Authentication-Results: mx.example; i=1\r\n", "ARC-Authentication-Results has no instance from 1 to 50")]
    [InlineData("ARC-Message-Signature: ;;;\0\r\n", "ARC-Message-Signature has no instance from 1 to 50")]
    public async Task Fields_that_make_no_chain_fail_with_a_reason(string fields, string reason)
    {
        var chain = await Verify([.. Encoding.Latin1.GetBytes(fields), .. Mail]);

        Assert.Equal((ArcResult.Fail, reason), (chain.Result, chain.Reason));
    }

    [Fact]
    public async Task A_chain_of_fifty_is_the_longest()
    {
        var raw = Mail;
        for (var instance = 1; instance <= 50; instance++)
        {
            raw = Sealer.Seal(raw, instance, "list.example", Pass);
        }

        var chain = await Verify(raw);

        Assert.Equal((ArcResult.Pass, 50, 41), (chain.Result, chain.Sets.Count, chain.OldestPass));
        Assert.Equal("ARC-Authentication-Results has no instance from 1 to 50", (await Verify([.. "ARC-Authentication-Results: i=51; x\r\n"u8, .. raw])).Reason.Split("; ")[0]);
    }

    [Fact]
    public async Task A_flood_of_results_is_not_hashed_again_and_again()
    {
        var chain = await Verify(Sealer.Seal(Mail, 1, "list.example", $"mx.example; x={new string('a', 300_000)}"));

        Assert.Equal((ArcResult.Fail, "the ARC fields have more than 262144 characters"), (chain.Result, chain.Reason));
    }

    [Fact]
    public async Task Silence_of_DNS_leaves_the_chain_unproven()
    {
        var zone = new Zone().Broken("arc._domainkey.list.example");

        var chain = await new ArcVerifier(zone.Build(), new FakeTimeProvider()).VerifyAsync(RawMail.Read(Sealer.Seal(Mail, 1, "list.example", Pass)), TestContext.Current.CancellationToken);

        Assert.Equal((ArcResult.Fail, "ARC-Message-Signature i=1: DNS failed for the key"), (chain.Result, chain.Reason));
        Assert.Equal(DkimResult.Timeout, chain.Sets[0].Seal);
    }

    private ValueTask<ArcChain> Verify(byte[] raw)
    {
        var zone = new Zone();
        foreach (var domain in (string[])["list.example", "forward.example", "mx.example"])
        {
            zone.Txt($"arc._domainkey.{domain}", Sealer.Record);
        }

        return new ArcVerifier(zone.Build(), new FakeTimeProvider()).VerifyAsync(RawMail.Read(raw), TestContext.Current.CancellationToken);
    }
}

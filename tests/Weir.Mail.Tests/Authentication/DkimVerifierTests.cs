using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Org.BouncyCastle.Crypto.Parameters;
using Weir.Mail.Authentication.Dkim;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Authentication;

public sealed class DkimVerifierTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Mail = Some.Bytes("From: a@x.example\nSubject: Hi\n\nBody\n");
    private readonly RSA _key = RSA.Create(2048);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_second_From_breaks_the_signature()
    {
        var signer = Signer();
        byte[] raw = [.. "From: boss@x.example\r\n"u8, .. signer.Sign(Mail, Now)];

        Assert.Equal(DkimResult.Fail, (await Verify(raw, signer.Record))[0].Result);
    }

    [Fact]
    public async Task A_short_key_is_refused()
    {
        using var small = RSA.Create(768);
        var signer = new DkimSigner("x.example", "s", small);

        var result = (await Verify(signer.Sign(Mail, Now), signer.Record))[0];

        Assert.Equal((DkimResult.Error, "a key of 768 bits is not accepted"), (result.Result, result.Reason));
    }

    [Fact]
    public async Task Sha1_never_passes()
    {
        var signer = Signer();
        var raw = Replace(signer.Sign(Mail, Now), "a=rsa-sha256", "a=rsa-sha1");

        Assert.Equal(DkimResult.Fail, (await Verify(raw, signer.Record))[0].Result);
    }

    [Fact]
    public async Task A_domain_in_test_mode_gives_Test()
    {
        var signer = Signer();

        Assert.Equal(DkimResult.Test, (await Verify(signer.Sign(Mail, Now), signer.Record + "; t=y"))[0].Result);
    }

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p=", "the key is revoked")]
    [InlineData("v=DKIM1; k=ed25519; p=AAAA", "key of type ed25519 for rsa-sha256")]
    [InlineData("v=DKIM1; k=rsa; h=sha1; p=AAAA", "the key does not allow sha256")]
    [InlineData("v=DKIM1; k=rsa; s=tlsrpt; p=AAAA", "the key is not for e-mail")]
    [InlineData("v=DKIM2; k=rsa; p=AAAA", "unknown version of the key record")]
    [InlineData("nonsense", "malformed key record")]
    public async Task An_unusable_key_is_an_error(string record, string reason)
    {
        var result = (await Verify(Signer().Sign(Mail, Now), record))[0];

        Assert.Equal((DkimResult.Error, reason), (result.Result, result.Reason));
    }

    [Theory]
    [InlineData("v=1; a=rsa-sha256; d=x.example; s=s; h=subject; bh=AAAA; b=AAAA", "From is not signed")]
    [InlineData("v=1; a=rsa-sha256; d=x.example; s=s; h=from; bh=AAAA; b=AAAA; i=@evil.example", "i= is outside d=")]
    [InlineData("v=1; a=rsa-sha256; d=x.example; d=y.example; s=s; h=from; bh=AAAA; b=AAAA", "malformed tag list")]
    [InlineData("a=rsa-sha256; d=x.example; s=s; h=from; bh=AAAA; b=AAAA", "no version (v=)")]
    [InlineData("v=1; a=rsa-sha256; d=x.example; s=s; h=from; bh=AAAA; b=AAAA; t=20; x=10", "x= is not after t=")]
    public void A_field_that_breaks_a_rule_is_no_signature(string value, string reason) =>
        Assert.Equal(reason, DkimSignature.Parse(value).Error);

    [Fact]
    public async Task An_expired_signature_fails()
    {
        var signer = Signer();
        var raw = Replace(signer.Sign(Mail, Now.AddDays(-9)), "; h=", $"; x={Now.AddDays(-1).ToUnixTimeSeconds()}; h=");

        Assert.Equal("the signature has expired", (await Verify(raw, signer.Record))[0].Reason);
    }

    [Fact]
    public async Task Each_of_several_signatures_has_its_own_result()
    {
        var signer = Signer();
        byte[] raw = [.. "DKIM-Signature: v=1; a=rsa-sha256; d=gone.example; s=s; h=from; bh=AAAA; b=AAAA\r\n"u8, .. signer.Sign(Mail, Now)];

        var results = await Verify(raw, signer.Record);

        Assert.Equal([DkimResult.Error, DkimResult.Pass], results.Select(result => result.Result));
        Assert.Equal(DkimResult.Pass, DkimVerifier.Best(results));
    }

    [Fact]
    public async Task Hundreds_of_signatures_are_not_all_verified()
    {
        var flood = string.Concat(Enumerable.Repeat("DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=s; h=from; bh=AAAA; b=AAAA\r\n", 500));

        var results = await Verify([.. Encoding.ASCII.GetBytes(flood), .. Mail], Signer().Record);

        Assert.Equal(11, results.Count);
        Assert.Equal(DkimResult.Ignore, results[^1].Result);
    }

    [Fact]
    public async Task An_Ed25519_signature_passes()
    {
        var key = new Ed25519PrivateKeyParameters(SHA256.HashData("seed"u8));
        var signer = DkimSigner.Ed25519("x.example", "s", key.GetEncoded());

        var result = (await Verify(signer.Sign(Mail, Now), signer.Record))[0];

        Assert.Equal((DkimResult.Pass, ""), (result.Result, result.Reason));
    }

    [Fact]
    public async Task A_file_with_bare_line_feeds_is_verified_as_sent()
    {
        var signer = Signer();
        var raw = Replace(signer.Sign(Mail, Now), "\r\n", "\n");

        Assert.Equal(DkimResult.Pass, (await Verify(raw, signer.Record))[0].Result);
    }

    private DkimSigner Signer() => new("x.example", "s", _key);

    private static byte[] Replace(byte[] raw, string old, string with) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(raw).Replace(old, with, StringComparison.Ordinal));

    private static ValueTask<IReadOnlyList<DkimSignatureResult>> Verify(byte[] raw, string record) =>
        new DkimVerifier(new Zone().Txt("s._domainkey.x.example", record).Build(), new FakeTimeProvider(Now)).VerifyAsync(RawMail.Read(raw), TestContext.Current.CancellationToken);
}

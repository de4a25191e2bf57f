using Weir.Detection.Facts.Names;
using Weir.Detection.Facts.Text;

namespace Weir.Detection.Tests.Facts;

public sealed class LookalikeTests
{
    [Theory]
    [InlineData("harb0ur.example", "harbour.example", Likeness.Confusable)]
    [InlineData("hаrbour.example", "harbour.example", Likeness.Confusable)]
    [InlineData("xn--hrbour-3nf.example", "harbour.example", Likeness.Confusable)]
    [InlineData("harbuor.example", "harbour.example", Likeness.OneLetter)]
    [InlineData("harbourr.example", "harbour.example", Likeness.OneLetter)]
    [InlineData("harbour-secure.example", "harbour.example", Likeness.AddedWords)]
    [InlineData("loginharbour.example", "harbour.example", Likeness.AddedWords)]
    [InlineData("paypa1-secure.example", "paypal.com", Likeness.ConfusableAndWords)]
    [InlineData("login-harb0ur.example", "harbour.example", Likeness.ConfusableAndWords)]
    [InlineData("rnicrosoftsupport.example", "microsoft.com", Likeness.ConfusableAndWords)]
    [InlineData("secure-northquey-login.example", "northquay.example", Likeness.ConfusableAndWords)]
    [InlineData("harbour-view.example", "harbour.example", Likeness.None)]
    [InlineData("secure-portal.example", "harbour.example", Likeness.None)]
    [InlineData("arbor-group.example", "harbour.example", Likeness.None)]
    [InlineData("harbour.test", "harbour.example", Likeness.OtherTopLevel)]
    [InlineData("mail.harbour.example", "harbour.example", Likeness.None)]
    [InlineData("harbourview.example", "harbour.example", Likeness.None)]
    [InlineData("ups-store.example", "dhl.example", Likeness.None)]
    [InlineData("dhi.example", "dhl.example", Likeness.None)]
    [InlineData("rnicrosoft.example", "microsoft.com", Likeness.Confusable)]
    [InlineData("c1oudhost.example", "cloudhost.example", Likeness.Confusable)]
    [InlineData("doudhost.example", "c1oudhost.example", Likeness.Confusable)]
    [InlineData("ᴄɪsᴄᴏ-ʙɪᴢ.example", "cisco-biz.example", Likeness.Confusable)]
    [InlineData("dscovery.example", "ciscovery.example", Likeness.None)]
    public void A_domain_that_reads_like_another_is_told(string candidate, string original, object likeness) => Assert.Equal(likeness, Lookalike.Compare(KnownDomain.Of(candidate), KnownDomain.Of(original)));

    [Fact]
    public void Letters_of_other_alphabets_look_Latin()
    {
        Assert.Equal("paypal", Confusables.Latin("раураl"));
        Assert.True(Confusables.IsMixed("pаypal"));
        Assert.False(Confusables.IsMixed("привет"));
        Assert.False(Confusables.IsMixed("größe"));
    }
}

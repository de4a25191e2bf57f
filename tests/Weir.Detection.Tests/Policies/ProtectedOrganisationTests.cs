using Weir.Detection.Contracts;
using Weir.Detection.Policies;
using Weir.Detection.Tests.Support;
using Weir.Mail.Contracts;

namespace Weir.Detection.Tests.Policies;

/// <summary>Whom anti-phishing policies protect is protected by the detectors of impersonation.</summary>
public sealed class ProtectedOrganisationTests
{
    private const string Raw = "From: Hanna Brook <hanna.brook@elsewhere.example>\nTo: tom.weber@harbour.example\nSubject: Quick question\nDate: Mon, 02 Nov 2026 09:00:00 +0000\nMessage-ID: <1@elsewhere.example>\n\nAre you at your desk?\n";

    private static readonly PolicySet On = BuiltInPolicies.Of(PolicyMode.On);

    private static readonly AuthenticationResults Proven = new() { Spf = SpfResult.Pass, Dmarc = DmarcResult.Pass };

    private static readonly Policy Protects = Some.Custom(PolicyType.AntiPhishing, "Chair of a partner", PolicyScope.Nobody) with { ProtectedUsers = [new ProtectedUser("Hanna Brook", "h.brook@partner.example")] };

    [Fact]
    public async Task The_name_of_somebody_outside_is_known_when_a_policy_in_use_protects_it()
    {
        Assert.DoesNotContain("impersonated-protected-user", await SignalsAsync(On));
        Assert.Contains("impersonated-protected-user", await SignalsAsync(On with { Policies = [Protects] }));
        Assert.DoesNotContain("impersonated-protected-user", await SignalsAsync(On with { Policies = [Protects with { IsOn = false }] }));
    }

    [Fact]
    public async Task A_colleague_that_a_policy_names_is_protected()
    {
        var raw = Raw.Replace("Hanna Brook", "Tom Weber", StringComparison.Ordinal);

        Assert.Contains("impersonated-colleague", await SignalsAsync(On, raw));
        Assert.Contains("impersonated-protected-user", await SignalsAsync(On with { Standard = new Preset { IsOn = true, ProtectedUsers = [new ProtectedUser("", "tom.weber@harbour.example")] } }, raw));
    }

    [Fact]
    public async Task A_domain_that_a_policy_names_must_not_be_imitated()
    {
        var raw = Raw.Replace("hanna.brook@elsewhere.example", "hanna.brook@quietcoves.example", StringComparison.Ordinal);

        Assert.DoesNotContain("lookalike-protected-domain", await SignalsAsync(On, raw));
        Assert.Contains("lookalike-protected-domain", await SignalsAsync(On with { Policies = [Protects with { ProtectedDomains = ["quietcove.example"] }] }, raw));
    }

    [Theory]
    [InlineData("elsewhere.example", true, false)]
    [InlineData("hanna.brook@elsewhere.example", true, false)]
    [InlineData("elsewhere.example", false, true)] // anybody can write a From field
    [InlineData("other.example", true, true)]
    public async Task A_trusted_sender_that_proves_who_it_is_borrows_no_name(string trusted, bool isProven, bool isSaid)
    {
        var policies = On with { Policies = [Protects with { TrustedSenders = [trusted] }] };

        Assert.Equal(isSaid, (await SignalsAsync(policies, authentication: isProven ? Proven : new AuthenticationResults())).Contains("impersonated-protected-user"));
    }

    private static async Task<IReadOnlyList<string>> SignalsAsync(PolicySet policies, string raw = Raw, AuthenticationResults? authentication = null) =>
        [.. (await Some.Judge(authentication, policies: policies).JudgeAsync(Some.Message(raw), TestContext.Current.CancellationToken)).Judgement.Signals.Select(signal => signal.Name)];
}

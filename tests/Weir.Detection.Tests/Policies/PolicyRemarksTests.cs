using Weir.Detection.Contracts;
using Weir.Detection.Policies;
using Weir.Detection.Tests.Support;

namespace Weir.Detection.Tests.Policies;

public sealed class PolicyRemarksTests
{
    private const string Maria = "maria.keller@harbour.example";
    private const string Tom = "tom.weber@harbour.example";

    private static readonly PolicySet On = BuiltInPolicies.Of(PolicyMode.On);

    [Fact]
    public void What_every_installation_has_gives_no_remarks()
    {
        Assert.Empty(Of(On));
        Assert.Empty(Of(On with { Standard = new Preset { IsOn = true } }));
    }

    [Fact]
    public void A_policy_behind_one_for_everybody_never_applies()
    {
        var remarks = Of(On with { Standard = new Preset { IsOn = true }, Policies = [Some.Custom(PolicyType.AntiSpam, "Mine", new PolicyScope { Users = [Tom] })] });

        Assert.Equal(["“Mine” (Hosted content filter) never applies: “Standard Preset Security Policy” comes before it and is for everybody."], remarks.Select(remark => remark.Text));
    }

    [Fact]
    public void Two_policies_for_the_same_person_are_told_with_the_one_that_wins()
    {
        var remarks = Of(On with
        {
            Policies =
            [
                Some.Custom(PolicyType.AntiSpam, "First", new PolicyScope { Users = [Tom] }, 0),
                Some.Custom(PolicyType.AntiSpam, "Second", new PolicyScope { Groups = ["all@harbour.example"] }, 1),
                Some.Custom(PolicyType.AntiSpam, "Third", new PolicyScope { Users = [Tom] }, 2),
            ],
        });

        Assert.Contains("1 recipient (tom.weber@harbour.example) is in “First” and in “Second” (Hosted content filter); “First” comes first and applies.", remarks.Select(remark => remark.Text));
        Assert.Contains("“Third” (Hosted content filter) never applies: all 1 recipient that it is for (tom.weber@harbour.example) get “First”, which comes before.", remarks.Select(remark => remark.Text));
    }

    [Fact]
    public void Somebody_named_and_excepted_and_an_exception_for_somebody_protected_are_told()
    {
        var remarks = Of(On with { Policies = [Some.Custom(PolicyType.AntiPhishing, "Odd", new PolicyScope { Users = [Maria, Tom], ExceptGroups = ["board@harbour.example"] })] });

        Assert.Contains(remarks, remark => remark is { IsSerious: false } && remark.Text.EndsWith("maria.keller@harbour.example is named and excepted; the exception counts.", StringComparison.Ordinal));
        Assert.Contains(remarks, remark => remark is { IsSerious: true } && remark.Text.Contains("exception for maria.keller@harbour.example, who is protected", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_that_nobody_has_are_told()
    {
        var texts = Of(On with
        {
            Strict = new Preset { IsOn = true, Scope = PolicyScope.Nobody },
            Policies =
            [
                Some.Custom(PolicyType.AntiPhishing, "Typing errors", new PolicyScope { Users = ["tom.webber@harbour.example"], Groups = ["bord@harbour.example"], Domains = ["harbor.example"] }) with
                {
                    ProtectedUsers = [new ProtectedUser("", "chair@partner.example")], ProtectedDomains = ["harbour.example"],
                },
            ],
        }).Select(remark => remark.Text).ToList();

        Assert.Contains(texts, text => text.Contains("“Strict Preset Security Policy” (Anti-malware) is on but names no recipient", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.EndsWith("nobody in the directory has the address tom.webber@harbour.example.", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.EndsWith("there is no list bord@harbour.example in the directory, so nobody is in it.", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("harbor.example is not ours", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("no first and last name is known of the protected user chair@partner.example", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("harbour.example is ours and protected anyway", StringComparison.Ordinal));
    }

    [Fact]
    public void Deliveries_that_go_too_far_are_told()
    {
        var remarks = Of(On with
        {
            AdvancedDelivery = new AdvancedDelivery { SecOpsMailboxes = ["all@harbour.example"], Simulations = [new PhishingSimulation { Name = "Autumn", Domains = ["harbour.example"], Addresses = ["192.0.2.1"] }] },
        });

        Assert.Equal([true, true, false], remarks.Select(remark => remark.IsSerious));
    }

    [Fact]
    public void Who_gets_what_says_why_and_what_was_passed_over()
    {
        var policies = On with
        {
            Policies =
            [
                Some.Custom(PolicyType.AntiSpam, "Not him", new PolicyScope { Domains = ["harbour.example"], ExceptUsers = [Tom] }, 0),
                Some.Custom(PolicyType.AntiSpam, "Him", new PolicyScope { Users = [Tom] }, 1),
                Some.Custom(PolicyType.AntiSpam, "Him too", PolicyScope.Everybody, 2),
            ],
        };

        var spam = WhoGets.What(new PolicyTable(policies, new FixedDirectory()), "t.weber@harbour.example")[2];

        Assert.Equal(("Him", "It is the first that applies: the address is named."), (spam.Policy.Name, spam.Why));
        Assert.Equal(
            ["“Not him” comes before (its domain is named), but makes an exception: the address is named.", "“Him too” would apply too (it is for everybody), but comes later."],
            spam.PassedOver);
    }

    private static IReadOnlyList<PolicyRemark> Of(PolicySet policies) => PolicyRemarks.Of(new PolicyTable(policies, new FixedDirectory()));
}

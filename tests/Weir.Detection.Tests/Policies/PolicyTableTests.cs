using Weir.Detection.Contracts;
using Weir.Detection.Policies;
using Weir.Detection.Tests.Support;

namespace Weir.Detection.Tests.Policies;

public sealed class PolicyTableTests
{
    private const string Maria = "maria.keller@harbour.example";
    private const string Tom = "tom.weber@harbour.example";

    private static readonly PolicySet On = BuiltInPolicies.Of(PolicyMode.On);

    public static TheoryData<string, string> Defaults => new()
    {
        { nameof(Verdict.Malware), "Send to quarantine by Default anti-malware policy" },
        { nameof(Verdict.HighConfidencePhish), "Send to quarantine by Default anti-spam policy" },
        { nameof(Verdict.Phish), "Move to Junk Email folder by Default anti-spam policy" },
        { nameof(Verdict.Spam), "Move to Junk Email folder by Default anti-spam policy" },
        { nameof(Verdict.Clean), "No action taken by nobody" },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Without_policies_of_their_own_the_defaults_decide(string verdict, string expected) =>
        Assert.Equal(expected, Said(Decide(On, Tom, Of(Enum.Parse<Verdict>(verdict)))));

    [Fact]
    public void One_message_to_five_people_may_have_five_outcomes()
    {
        var policies = On with
        {
            Strict = new Preset { IsOn = true, Scope = new PolicyScope { Users = [Maria] } },
            Standard = new Preset { IsOn = true, Scope = new PolicyScope { Users = ["a@harbour.example"] } },
            Policies =
            [
                Some.Custom(PolicyType.AntiSpam, "Deletes", new PolicyScope { Users = ["b@harbour.example"] }, 0, (PolicyCause.Spam, PolicyAction.Delete)),
                Some.Custom(PolicyType.AntiSpam, "Marks", new PolicyScope { Users = ["c@harbour.example"] }, 1, (PolicyCause.Spam, PolicyAction.AddXHeader)),
                Some.Custom(PolicyType.AntiSpam, "Leaves", new PolicyScope { Users = ["d@harbour.example"] }, 2, (PolicyCause.Spam, PolicyAction.NoAction)),
            ],
        };
        var table = Table(policies);

        Assert.Equal(
            ["Quarantine Strict Preset Security Policy", "Junk Standard Preset Security Policy", "Reject Deletes", "Deliver Marks", "Deliver Leaves"],
            new[] { Maria, "a@harbour.example", "b@harbour.example", "c@harbour.example", "d@harbour.example" }.Select(who => table.Decide(who, Of(Verdict.Spam))).Select(outcome => $"{outcome.Decision} {outcome.Policy?.Name}"));
        Assert.Equal("X-Weir-Unwanted", table.Decide("c@harbour.example", Of(Verdict.Spam)).Header);
    }

    [Fact]
    public void Presets_come_first_then_custom_policies_by_priority_then_the_default()
    {
        var policies = On with
        {
            Policies = [Some.Custom(PolicyType.AntiSpam, "Second", PolicyScope.Everybody, 1), Some.Custom(PolicyType.AntiSpam, "First", PolicyScope.Everybody, 0), Some.Custom(PolicyType.AntiSpam, "Off", PolicyScope.Everybody, -1) with { IsOn = false }],
        };

        Assert.Equal("First", Decide(policies, Tom, Of(Verdict.Spam)).Policy?.Name);
        Assert.Equal("Standard Preset Security Policy", Decide(policies with { Standard = new Preset { IsOn = true } }, Tom, Of(Verdict.Spam)).Policy?.Name);
        Assert.Equal("Strict Preset Security Policy", Decide(policies with { Standard = new Preset { IsOn = true }, Strict = new Preset { IsOn = true } }, Tom, Of(Verdict.Spam)).Policy?.Name);
    }

    [Theory]
    [InlineData("t.weber@harbour.example", true)] // an alias is the person
    [InlineData("TOM.WEBER@HARBOUR.EXAMPLE", true)]
    [InlineData("maria.keller@harbour.example", true)] // through a list in a list
    [InlineData("someone@harbour.example", false)]
    public void A_group_is_everybody_in_it_through_lists_in_lists(string recipient, bool isIn)
    {
        var policies = On with { Policies = [Some.Custom(PolicyType.AntiSpam, "Group", new PolicyScope { Groups = ["all@harbour.example"] })] };

        Assert.Equal(isIn ? "Group" : "Default anti-spam policy", Decide(policies, recipient, Of(Verdict.Spam)).Policy?.Name);
    }

    [Fact]
    public void An_exception_counts_more_than_a_name()
    {
        var policies = On with { Policies = [Some.Custom(PolicyType.AntiSpam, "Ours", new PolicyScope { Domains = ["harbour.example"], ExceptGroups = ["board@harbour.example"] })] };

        Assert.Equal("Ours", Decide(policies, Tom, Of(Verdict.Spam)).Policy?.Name);
        Assert.Equal("Default anti-spam policy", Decide(policies, Maria, Of(Verdict.Spam)).Policy?.Name);
        Assert.Equal("Default anti-spam policy", Decide(policies, "x@sub.harbour.example", Of(Verdict.Spam)).Policy?.Name);
    }

    [Theory]
    [InlineData(nameof(DetectionTechnology.SpoofDmarc), nameof(PolicyCause.Spoof))]
    [InlineData(nameof(DetectionTechnology.ImpersonationUser), nameof(PolicyCause.UserImpersonation))]
    [InlineData(nameof(DetectionTechnology.ImpersonationBrand), nameof(PolicyCause.DomainImpersonation))]
    [InlineData(nameof(DetectionTechnology.MailboxIntelligenceImpersonation), nameof(PolicyCause.MailboxIntelligence))]
    [InlineData(nameof(DetectionTechnology.AdvancedFilter), nameof(PolicyCause.Phish))]
    public void What_spoke_strongest_says_which_policy_is_asked_about_phish(string technology, string cause)
    {
        var outcome = Decide(On, Tom, Of(Verdict.Phish) with { Technology = Enum.Parse<DetectionTechnology>(technology) });

        Assert.Equal(cause, outcome.Cause.ToString());
        Assert.Equal(PolicyNames.TypeOf(Enum.Parse<PolicyCause>(cause)), outcome.Policy?.Type);
    }

    [Fact]
    public void Bulk_is_what_the_recipient_s_policy_calls_bulk_unless_the_sender_is_let_through()
    {
        var policies = On with { Policies = [Some.Custom(PolicyType.AntiSpam, "Less bulk", new PolicyScope { Users = [Tom] }, 0, (PolicyCause.Bulk, PolicyAction.MoveToJunk)) with { BulkLevel = 4 }] };
        var newsletter = Of(Verdict.Clean) with { BulkComplaintLevel = 5 };

        Assert.Equal(DeliveryDecision.Junk, Decide(policies, Tom, newsletter).Decision);
        Assert.Equal(DeliveryDecision.Deliver, Decide(policies, Maria, newsletter).Decision);
        Assert.Equal(DeliveryDecision.Deliver, Decide(policies, Tom, newsletter with { BulkComplaintLevel = 3 }).Decision);
        Assert.Equal(DeliveryDecision.Deliver, Decide(policies, Tom, newsletter with { IsAllowed = true }).Decision);
    }

    [Fact]
    public void A_blocked_file_type_is_an_override_and_the_severest_action_decides()
    {
        var policies = On with { Policies = [Some.Custom(PolicyType.AntiMalware, "No programs", PolicyScope.Everybody) with { FileTypes = ["exe"] }] };

        var spam = Decide(policies, Tom, Of(Verdict.Spam) with { FileExtensions = ["pdf", "exe"] });
        Assert.Equal((DeliveryDecision.Quarantine, "No programs"), (spam.Decision, spam.Policy?.Name));
        Assert.Equal([new PolicyOverride(false, "Antimalware policy block by file type", true)], spam.Overrides);
        Assert.Empty(Decide(policies, Tom, Of(Verdict.Spam) with { FileExtensions = ["pdf"] }).Overrides);
    }

    [Fact]
    public void Safe_Attachments_speaks_of_files_that_could_not_be_read()
    {
        var policies = On with { Policies = [Some.Custom(PolicyType.SafeAttachments, "Careful", PolicyScope.Everybody, 0, (PolicyCause.Encrypted, PolicyAction.Quarantine), (PolicyCause.NotInspected, PolicyAction.AddXHeader))] };

        Assert.Equal("Send to quarantine by Careful", Said(Decide(policies, Tom, Of(Verdict.Clean) with { HasEncryptedFile = true, HasUnreadFile = true })));
        Assert.Equal("Add x-header by Careful", Said(Decide(policies, Tom, Of(Verdict.Clean) with { HasUnreadFile = true })));
        Assert.Equal("Move to Junk Email folder by Default anti-spam policy", Said(Decide(policies, Tom, Of(Verdict.Spam) with { HasUnreadFile = true })));
    }

    [Fact]
    public void A_language_that_nobody_reads_is_unwanted_and_said_to_be_an_override()
    {
        var policies = On with { Policies = [Some.Custom(PolicyType.AntiSpam, "Languages", PolicyScope.Everybody, 0, (PolicyCause.Language, PolicyAction.MoveToJunk)) with { Languages = ["xx"] }] };

        var outcome = Decide(policies, Tom, Of(Verdict.Clean) with { Language = "xx" });
        Assert.Equal((DeliveryDecision.Junk, PolicyCause.Language), (outcome.Decision, outcome.Cause));
        Assert.Equal(new PolicyOverride(false, "Language filter", true), Assert.Single(outcome.Overrides));
        Assert.Equal(DeliveryDecision.Deliver, Decide(policies, Tom, Of(Verdict.Clean) with { Language = "en" }).Decision);
    }

    [Fact]
    public void A_SecOps_mailbox_gets_everything_malware_too()
    {
        var policies = On with { AdvancedDelivery = new AdvancedDelivery { SecOpsMailboxes = [Tom] } };

        var outcome = Decide(policies, "t.weber@harbour.example", Of(Verdict.Malware));
        Assert.Equal(DeliveryDecision.Deliver, outcome.Decision);
        Assert.Equal([new PolicyOverride(true, "SecOps Mailbox", true)], outcome.Overrides);
        Assert.Equal(DeliveryDecision.Quarantine, Decide(policies, Maria, Of(Verdict.Malware)).Decision);
    }

    [Theory]
    [InlineData(nameof(Verdict.HighConfidencePhish), "train.example", "198.51.100.7", "https://go.train.example/login/1", nameof(DeliveryDecision.Deliver))]
    [InlineData(nameof(Verdict.Malware), "train.example", "198.51.100.7", "https://go.train.example/login/1", nameof(DeliveryDecision.Quarantine))] // malware stops a simulation
    [InlineData(nameof(Verdict.HighConfidencePhish), "other.example", "198.51.100.7", "https://go.train.example/login/1", nameof(DeliveryDecision.Quarantine))]
    [InlineData(nameof(Verdict.HighConfidencePhish), "train.example", "203.0.113.7", "https://go.train.example/login/1", nameof(DeliveryDecision.Quarantine))]
    [InlineData(nameof(Verdict.HighConfidencePhish), "train.example", "198.51.100.7", "https://go.train.example/loginx", nameof(DeliveryDecision.Quarantine))]
    [InlineData(nameof(Verdict.HighConfidencePhish), "train.example", "198.51.100.7", "https://train.example.evil.example/login", nameof(DeliveryDecision.Quarantine))]
    public void A_simulation_needs_its_domain_its_address_and_its_link(string verdict, string domain, string ip, string url, string decision)
    {
        var simulation = new PhishingSimulation { Name = "Autumn", Domains = ["train.example"], Addresses = ["198.51.100.0/24"], Urls = ["*.train.example/login"] };
        var policies = On with { AdvancedDelivery = new AdvancedDelivery { Simulations = [simulation] } };

        var outcome = Decide(policies, Tom, Of(Enum.Parse<Verdict>(verdict)) with { SendingDomains = [domain], ClientIp = ip, Urls = [url] });

        Assert.Equal(decision, outcome.Decision.ToString());
        Assert.Equal(decision == nameof(DeliveryDecision.Deliver), outcome.Overrides.Any(over => over is { Source: "Phishing Simulation", IsDeciding: true }));
    }

    [Fact]
    public void Watching_says_what_it_would_have_done_and_does_nothing()
    {
        var outcome = Decide(BuiltInPolicies.Of(PolicyMode.Watch), Tom, Of(Verdict.Malware));

        Assert.Equal((DeliveryDecision.Deliver, DeliveryDecision.Quarantine, "Watch only"), (outcome.Decision, outcome.WouldDecide, outcome.Held));
    }

    [Fact]
    public void Whether_mail_is_taken_back_later_is_said_by_the_recipient_s_policy()
    {
        var policies = On with
        {
            Policies =
            [
                Some.Custom(PolicyType.AntiSpam, "No ZAP of spam", new PolicyScope { Users = [Tom] }) with { IsSpamZapOn = false },
                Some.Custom(PolicyType.AntiMalware, "No ZAP of malware", new PolicyScope { Users = [Maria] }) with { IsZapOn = false },
            ],
        };

        Assert.Equal(
            [false, true, true, true, true, false],
            new[] { (Tom, Verdict.Spam), (Tom, Verdict.Phish), (Tom, Verdict.Malware), (Maria, Verdict.Spam), (Maria, Verdict.Phish), (Maria, Verdict.Malware) }.Select(pair => Decide(policies, pair.Item1, Of(pair.Item2)).IsZapOn));
    }

    [Fact]
    public void The_record_says_the_same_as_the_judgement_that_it_was_made_of()
    {
        var judged = new Weir.Events.Contracts.MessageJudged
        {
            At = Some.Time,
            Id = Weir.Kernel.NetworkMessageId.New(Some.Time),
            ReceivedAt = Some.Time,
            Verdict = "Phish",
            ThreatTypes = "Phish, Spam",
            Confidence = "Low",
            Signals =
            [
                new() { Name = "words", Technology = "Advanced filter", Threat = "Phish", Weight = 1, Evidence = "" },
                new() { Name = "spoof", Technology = "Spoof DMARC", Threat = "Phish", Weight = 3, Evidence = "" },
                new() { Name = "attachment-encrypted-with-password", Technology = "Advanced filter", Threat = "Phish", Weight = 0.5, Evidence = "" },
            ],
            Attachments = [new() { Extension = "zip", Members = ["folder/run.EXE"] }],
        };

        var subject = PolicySubject.Of(judged);

        Assert.Equal((Verdict.Phish, DetectionTechnology.SpoofDmarc, true), (subject.Verdict, subject.Technology, subject.HasEncryptedFile));
        Assert.Equal(["zip", "exe"], subject.FileExtensions);
    }

    private static PolicyTable Table(PolicySet policies) => new(policies, new FixedDirectory());

    private static PolicyOutcome Decide(PolicySet policies, string recipient, PolicySubject subject) => Table(policies).Decide(recipient, subject);

    private static PolicySubject Of(Verdict verdict) => new() { Verdict = verdict };

    private static string Said(PolicyOutcome outcome) => $"{PolicyNames.Of(outcome.Action)} by {outcome.Policy?.Name ?? "nobody"}";
}

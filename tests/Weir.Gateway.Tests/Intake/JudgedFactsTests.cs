using System.Text;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Intake;
using Weir.Gateway.Tests.Support;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Tests.Intake;

public sealed class JudgedFactsTests
{
    [Fact]
    public void A_phish_is_spelled_as_in_the_hunting_schema()
    {
        var fact = Of(new Judgement
        {
            Verdict = Verdict.HighConfidencePhish,
            Threats = [ThreatType.Phish, ThreatType.Spam],
            Confidence = "High",
            Score = 7.5,
            Signals =
            [
                Signal("spoof", DetectionTechnology.SpoofDmarc, ThreatType.Phish, 4),
                Signal("lookalike", DetectionTechnology.ImpersonationDomain, ThreatType.Phish, 5),
                Signal("known-partner", DetectionTechnology.GeneralFilter, ThreatType.Phish, -2),
                Signal("words", DetectionTechnology.AdvancedFilter, ThreatType.Spam, 2),
            ],
        }, decisions: [DeliveryDecision.Quarantine, DeliveryDecision.Junk]);

        Assert.Equal("High confidence phish", fact.Verdict);
        Assert.Equal("Phish, Spam", fact.ThreatTypes);
        Assert.Equal("""{"Phish":["Impersonation domain","Spoof DMARC"],"Spam":["Advanced filter"]}""", fact.DetectionMethods);
        Assert.Equal("""{"Phish":"High","Spam":"9"}""", fact.ConfidenceLevel);
        Assert.Equal(("Send to quarantine", "Anti-phishing domain impersonation"), (fact.EmailAction, fact.EmailActionPolicy));
        Assert.Equal(["Quarantine", "Junk"], fact.Recipients.Select(recipient => recipient.Decision));
    }

    [Fact]
    public void A_clean_message_has_no_threats_no_methods_and_no_policy()
    {
        var fact = Of(new Judgement { Verdict = Verdict.Clean, Confidence = "Low", Score = -1 });

        Assert.Equal(("", "", "", ""), (fact.ThreatTypes, fact.DetectionMethods, fact.ConfidenceLevel, fact.EmailActionPolicy));
        Assert.Equal("No action taken", fact.EmailAction);
        Assert.Equal(("Inbound", "bounce@good.example", "stranger@good.example", "192.0.2.9"), (fact.EmailDirection, fact.SenderMailFromAddress, fact.SenderFromAddress, fact.SenderIp));
        var recipient = Assert.Single(fact.Recipients);
        Assert.Equal(("anna-1", "Priority account"), (recipient.ObjectId, Assert.Single(recipient.Tags)));
    }

    [Fact]
    public void Authentication_is_json_with_lower_case_results()
    {
        var results = new AuthenticationResults { Spf = SpfResult.SoftFail, Dkim = DkimResult.None, Dmarc = DmarcResult.BestGuessPass, Composite = CompositeResult.SoftPass };

        var fact = Of(new Judgement { Verdict = Verdict.Clean, Confidence = "Low", Score = 0 }, authentication: results);

        Assert.Equal("""{"SPF":"softfail","DKIM":"none","DMARC":"bestguesspass","CompAuth":"softpass"}""", fact.AuthenticationDetails);
    }

    [Fact]
    public void A_signal_about_a_file_or_a_link_marks_its_row()
    {
        var raw = Encoding.UTF8.GetBytes("""
            From: a@good.example
            To: anna@corp.example
            Subject: see http://subject.example/
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            http://body.example/login
            --b
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename=run.exe

            MZ not really
            --b--

            """.ReplaceLineEndings("\r\n"));
        var file = Assert.Single(MailParser.Parse(raw).Attachments);

        var fact = Of(new Judgement
        {
            Verdict = Verdict.Malware,
            Threats = [ThreatType.Malware, ThreatType.Phish],
            Confidence = "High",
            Score = 99,
            Signals =
            [
                Signal("antimalware", DetectionTechnology.AntimalwareProtection, ThreatType.Malware, 0, entity: file.Sha256, threatName: "Eicar", conclusive: true),
                Signal("bad-link", DetectionTechnology.UrlMaliciousReputation, ThreatType.Phish, 3, entity: "http://body.example/login"),
            ],
        }, raw, decisions: DeliveryDecision.Quarantine);

        var attachment = Assert.Single(fact.Attachments);
        Assert.Equal(("Malware", "Eicar", """{"Malware":["Antimalware protection"]}"""), (attachment.ThreatTypes, attachment.ThreatNames, attachment.DetectionMethods));
        Assert.Equal("Phish", Assert.Single(fact.Urls, url => url.Url == "http://body.example/login" && url.Location == "Body").ThreatTypes);
        Assert.Equal("", Assert.Single(fact.Urls, url => url.Location == "Subject").ThreatTypes);
        Assert.Equal("Antimalware", fact.EmailActionPolicy);
    }

    [Theory]
    [InlineData("blocked-sender", OverrideKind.OrganizationBlock, "Block", "Sender address list (admin)")]
    [InlineData("allowed-domain", OverrideKind.OrganizationAllow, "Allow", "Sender domain list (admin)")]
    [InlineData("blocked-url", OverrideKind.OrganizationBlock, "Block", "TABL URL block")]
    public void An_override_names_its_list(string signal, OverrideKind kind, string action, string policy)
    {
        var fact = Of(new Judgement { Verdict = Verdict.Clean, Confidence = "Low", Score = 0, Signals = [Signal(signal, DetectionTechnology.GeneralFilter, null, 0) with { Override = kind }] });

        Assert.Equal((action, policy), (fact.OrgLevelAction, fact.OrgLevelPolicy));
    }

    [Fact]
    public void Whose_name_is_borrowed_stays_with_its_signal()
    {
        var fact = Of(new Judgement
        {
            Verdict = Verdict.Phish, Threats = [ThreatType.Phish], Confidence = "High", Score = 5,
            Signals = [Signal("impersonated-colleague", DetectionTechnology.ImpersonationUser, ThreatType.Phish, 2) with { Impersonates = "Anna Schmidt <anna@corp.example>" }],
        });

        Assert.Equal("Anna Schmidt <anna@corp.example>", Assert.Single(fact.Signals).Impersonates);
    }

    [Fact]
    public void Where_the_evidence_stands_and_what_judged_is_recorded()
    {
        var fact = Of(new Judgement
        {
            Verdict = Verdict.Phish, Threats = [ThreatType.Phish], Confidence = "High", Score = 5,
            Thresholds = new Dictionary<string, double>(StringComparer.Ordinal) { ["Phish"] = 3 },
            Versions = new Dictionary<string, string>(StringComparer.Ordinal) { ["rules"] = "0123456789ab" },
            Signals =
            [
                Signal("spoof", DetectionTechnology.SpoofDmarc, ThreatType.Phish, 5) with
                {
                    Places = [new Place { Kind = PlaceKind.Part, Part = "2", Name = "a.zip", Member = "a.exe", Start = 10, End = 20 }, new Place { Kind = PlaceKind.Knowledge, Name = "DNS" }],
                },
            ],
        });

        Assert.Equal(
            [new RecordedPlace { Kind = "Part", Part = "2", Name = "a.zip", Member = "a.exe", Start = 10, End = 20 }, new RecordedPlace { Kind = "Knowledge", Name = "DNS" }],
            Assert.Single(fact.Signals).Places);
        Assert.Equal(3, fact.Thresholds["Phish"]);
        Assert.Equal("0123456789ab", fact.Versions["rules"]);
    }

    [Fact]
    public void What_each_recipient_s_policy_decided_is_recorded_and_what_it_would_have_done()
    {
        var policy = new Policy { Id = Guid.Parse("3e1f0000-0000-4000-8000-000000000012"), Type = PolicyType.AntiSpam, Name = "Careful" };
        var done = new PolicyOutcome { Decision = DeliveryDecision.Quarantine, WouldDecide = DeliveryDecision.Quarantine, Action = PolicyAction.Quarantine, Cause = PolicyCause.Spam, Policy = policy };
        var judged = Some.Judged(new Judgement { Verdict = Verdict.Spam, Threats = [ThreatType.Spam], Confidence = "Low", Score = 4, Signals = [Signal("blocked-sender", DetectionTechnology.GeneralFilter, ThreatType.Spam, 0) with { Override = OverrideKind.OrganizationBlock }] },
            decisions: [DeliveryDecision.Quarantine, DeliveryDecision.Deliver, DeliveryDecision.Deliver]) with
        {
            Outcomes = [done, done with { Decision = DeliveryDecision.Deliver, Held = "Watch only" }, new PolicyOutcome { Decision = DeliveryDecision.Deliver, Overrides = [new PolicyOverride(true, "SecOps Mailbox", true)] }],
        };

        var fact = JudgedFacts.Of(judged, Door.Morning, Door.Morning, new SmallOrganisation(), "192.0.2.9");

        Assert.Equal(("Send to quarantine", "Antispam"), (fact.EmailAction, fact.EmailActionPolicy));
        Assert.Equal(
            [
                "Send to quarantine|Antispam|Careful|Hosted content filter|||Block Sender address list (admin)*",
                "No action taken||Careful|Hosted content filter|Watch only|Quarantine Send to quarantine|Block Sender address list (admin)*",
                "No action taken|||||" + "|Allow SecOps Mailbox*, Block Sender address list (admin)",
            ],
            fact.Recipients.Select(each => $"{each.Action}|{each.ActionPolicy}|{each.PolicyName}|{each.PolicyType}|{each.Held}|{string.Join(' ', new[] { each.WouldDecide, each.WouldAction }.OfType<string>())}|{string.Join(", ", each.Overrides!.Select(over => $"{over.Action} {over.Source}{(over.IsPrimary ? "*" : "")}"))}"));
    }

    private static MessageJudged Of(Judgement judgement, byte[]? raw = null, AuthenticationResults? authentication = null, params DeliveryDecision[] decisions) =>
        JudgedFacts.Of(Some.Judged(judgement, raw, authentication, decisions), Door.Morning, Door.Morning, new SmallOrganisation(), "192.0.2.9");

    private static Signal Signal(string name, DetectionTechnology technology, ThreatType? threat, double weight, string? entity = null, string? threatName = null, bool conclusive = false) => new()
    {
        Name = name,
        Technology = technology,
        Threat = threat,
        Weight = weight,
        Evidence = "seen",
        Entity = entity,
        ThreatName = threatName,
        IsConclusive = conclusive,
    };
}

using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Tests.Support;
using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Detection.Tests.Facts.Knowledge;

public sealed class ReputationsTests
{
    private const long Body = 0x0123_4567_89AB_CDEF;
    private const string Page = "https://files.lagoon.example/login";

    [Fact]
    public void Until_the_record_is_read_nothing_is_told()
    {
        var history = new SendingHistory();

        Assert.Same(Standings.Unknown, history.Of(About()));
    }

    [Fact]
    public void Shares_of_bad_mail_are_counted_by_address_domain_link_host_and_file()
    {
        var here = Learned(Judged("Phish"), Judged("Phish"), Judged("Clean", url: "https://files.lagoon.example/help", file: "bb")).Of(About());

        Assert.Equal((3, 2), (here.Client.Times, here.Client.Bad));
        Assert.Equal((3, 2), (here.Domain.Times, here.Domain.Bad));
        Assert.Equal((2, 2), (here.Urls[Page].Times, here.Urls[Page].Bad));
        Assert.Equal((3, 2), (here.Hosts["files.lagoon.example"].Times, here.Hosts["files.lagoon.example"].Bad));
        Assert.Equal((2, 0), (here.Files["aa"].Times, here.Files["aa"].Bad));
    }

    [Fact]
    public void A_file_is_bad_when_it_was_malware_and_not_because_the_message_was_phish() =>
        Assert.Equal((3, 1), Learned(Judged("Phish"), Judged("Malware", isMalwareFile: true), Judged("Clean")).Of(About()).Files["aa"] is var file ? (file.Times, file.Bad) : default);

    [Fact]
    public void A_forger_does_not_ruin_the_name_of_a_domain() =>
        Assert.Equal((2, 0), Learned(Judged("Phish", isProven: false), Judged("Phish", isProven: false)).Of(About()).Domain is var domain ? (domain.Times, domain.Bad) : default);

    [Fact]
    public void Mail_of_our_own_does_not_count() => Assert.Equal(0, Learned(Judged("Phish", direction: "Outbound")).Of(About()).Client.Times);

    [Fact]
    public void An_IPv6_sender_is_its_network() => Assert.Equal(1, Learned(Judged("Phish", client: "2001:db8:1:2::5")).Of(About() with { Client = "2001:db8:1:2:ffff::9" }).Client.Bad);

    [Theory]
    [InlineData(0, true)]
    [InlineData(0b111, true)]
    [InlineData(0b1111, false)]
    public void A_body_that_differs_in_three_bits_is_alike(long flipped, bool isAlike) =>
        Assert.Equal(isAlike, Learned(Judged("Phish")).Of(About() with { ClusterId = Body ^ flipped }).Alike is not null);

    [Fact]
    public void A_text_that_as_many_good_messages_had_is_common()
    {
        Assert.Null(Learned(Judged("Phish"), Judged("Clean")).Of(About()).Alike);
        Assert.Equal(2, Learned(Judged("Phish"), Judged("Phish"), Judged("Clean")).Of(About()).Alike?.Messages);
    }

    [Fact]
    public void A_body_is_remembered_for_two_weeks()
    {
        Assert.NotNull(Learned(Judged("Phish", at: Some.Time.AddDays(-13))).Of(About()).Alike);
        Assert.Null(Learned(Judged("Phish", at: Some.Time.AddDays(-15))).Of(About()).Alike);
    }

    [Fact]
    public void A_body_that_says_too_little_is_compared_with_nothing() => Assert.Null(Learned(Judged("Phish")).Of(About() with { ClusterId = 0 }).Alike);

    [Fact]
    public void A_message_judged_again_is_what_it_was_judged_last_and_is_not_compared_with_itself()
    {
        var first = Judged("Clean");
        var history = Learned(first, first with { Verdict = "Phish" });

        Assert.NotNull(history.Of(About()).Alike);
        Assert.Null(history.Of(About() with { Message = first.Id.Value }).Alike);
        Assert.Equal(1, history.Of(About()).Client.Times);
    }

    [Fact]
    public void A_message_says_nothing_of_itself()
    {
        var bad = Judged("Malware", isMalwareFile: true);
        var here = Learned(bad).Of(About() with { Message = bad.Id.Value, IsAgain = true });

        Assert.Equal((0, 0, 0, 0), (here.Files["aa"].Bad, here.Urls[Page].Times, here.Client.Times, here.Domain.Bad));
        Assert.Equal(1, Learned(bad, Judged("Malware", isMalwareFile: true)).Of(About() with { Message = bad.Id.Value }).Files["aa"].Bad);
        // So long ago that it is not known any more what it was judged: the table has it all the same.
        Assert.Equal(0, Learned(bad).Of(About() with { IsAgain = true }).Files["aa"].Bad);
    }

    [Fact]
    public void What_only_the_organisation_blocked_is_not_bad_mail()
    {
        var blocked = Judged("High confidence phish") with { Signals = [Blocks(), Says("short-link", 1, "Phish")] };
        var file = Judged("Malware", isMalwareFile: true) with { Signals = [Blocks() with { Threat = "Malware", Entity = "aa" }] };
        var here = Learned(blocked, file).Of(About());

        Assert.Null(here.Alike);
        Assert.Equal((2, 0, 0, 0), (here.Client.Times, here.Client.Bad, here.Urls[Page].Bad, here.Files["aa"].Bad));
        Assert.NotNull(Learned(blocked with { Signals = [Blocks(), Says("url-known-bad", 4, "Phish")] }).Of(About()).Alike);
        Assert.Equal(1, Learned(file with { Signals = [.. file.Signals, Says("attachment-program", 6, "Malware") with { Entity = "aa" }] }).Of(About()).Files["aa"].Bad);
    }

    [Fact]
    public void What_is_judged_again_corrects_what_was_counted_and_is_no_new_message()
    {
        var first = Judged("Malware", isMalwareFile: true);
        var again = first with { Verdict = "Clean", RejudgingId = "r", RejudgedFrom = "Malware", Attachments = [first.Attachments[0] with { ThreatTypes = "" }] };

        var corrected = Learned(first, again).Of(About());
        var turned = Learned(first, again, first with { RejudgingId = "s" }).Of(About());

        Assert.Equal((1, 0, 0), (corrected.Client.Times, corrected.Client.Bad, corrected.Urls[Page].Bad));
        Assert.Null(corrected.Alike);
        Assert.Equal((1, 1, 1), (turned.Client.Times, turned.Client.Bad, turned.Files["aa"].Bad));
        Assert.NotNull(turned.Alike);
        Assert.Equal(0, Learned(again).Of(About()).Client.Times);
    }

    [Fact]
    public void A_wave_counts_senders_addresses_and_recipients_of_six_hours()
    {
        var history = Learned([.. Enumerable.Range(1, 5).Select(i => Judged("Clean", from: $"a@d{i}.example", to: $"p{i}@harbour.example", client: $"203.0.113.{i}")), Judged("Clean", from: "z@old.example", at: Some.Time.AddHours(-7))]);

        Assert.Equal(new Wave(5, 5, 5, 5), history.Of(About()).Wave);
    }

    [Fact]
    public void A_flood_counts_strangers_of_half_an_hour_beside_an_average_day()
    {
        var usual = Enumerable.Range(0, 200).Select(i => Judged("Clean", from: $"known{i % 5}@a.example", at: Some.Time.AddHours(-20 - i)));
        var flood = Enumerable.Range(0, 40).Select(i => Judged("Clean", from: $"news{i}@shop{i}.example", at: Some.Time.AddMinutes(-20), isFirst: true));

        var told = Learned([.. usual, .. flood]).Of(About()).Flood;

        Assert.Equal(40, told?.Strangers);
        Assert.InRange(told?.ADay ?? 0, 15, 30);
        Assert.Null(Learned([.. usual]).Of(About()).Flood);
    }

    [Fact]
    public void State_is_bounded()
    {
        var history = new SendingHistory(most: 400);
        for (var i = 0; i < 3_000; i++)
        {
            history.Remember(new LoggedFact(i + 1, Judged("Phish", from: $"a{i}@d{i}.example", url: $"https://h{i}.example/x", at: Some.Time.AddMinutes(i - 3_000))));
        }

        history.Complete();

        var copy = history.Copy();
        Assert.InRange(copy.Standings.Count, 1, 200);
        Assert.InRange(copy.Recent.Count, 1, 30_000);
        Assert.InRange(copy.Bad.Count, 1, 10_000);
        Assert.Equal(1, history.Of(About() with { Urls = [("https://h2999.example/x", "h2999.example")] }).Hosts["h2999.example"].Bad);
    }

    private static ReputationQuestion About() => new(Guid.Empty, "mallory@lagoon.example", "203.0.113.9", [(Page, "files.lagoon.example")], ["aa"], Body, ["tom.weber@harbour.example"], Some.Time);

    private static RecordedSignal Blocks() => Says("blocked-ip", 0, "Phish") with { IsConclusive = true, Override = "OrganizationBlock" };

    private static RecordedSignal Says(string name, double weight, string threat) => new() { Name = name, Technology = "IP reputation", Threat = threat, Weight = weight, Evidence = "" };

    internal static SendingHistory Learned(params MessageJudged[] facts)
    {
        var history = new SendingHistory();
        foreach (var (i, fact) in facts.Index())
        {
            history.Remember(new LoggedFact(i + 1, fact));
        }

        history.Complete();
        return history;
    }

    internal static MessageJudged Judged(
        string verdict,
        string from = "mallory@lagoon.example",
        string to = "tom.weber@harbour.example",
        string client = "203.0.113.9",
        string url = Page,
        string file = "aa",
        bool isMalwareFile = false,
        bool isProven = true,
        bool isFirst = false,
        string direction = "Inbound",
        DateTimeOffset? at = null) => new()
    {
        At = at ?? Some.Time.AddHours(-1),
        ReceivedAt = at ?? Some.Time.AddHours(-1),
        Id = NetworkMessageId.New(Some.Time),
        Verdict = verdict,
        SenderFromAddress = from,
        SenderIp = client,
        EmailClusterId = Body,
        EmailDirection = direction,
        AuthenticationDetails = isProven ? """{"CompAuth":"pass"}""" : """{"CompAuth":"fail"}""",
        Recipients = [new RecordedRecipient { Address = to, Decision = "Deliver", IsFirstContact = isFirst }],
        Urls = [new RecordedUrl { Url = url, Domain = new Uri(url).Host }],
        Attachments = [new RecordedAttachment { Sha256 = file, ThreatTypes = isMalwareFile ? "Malware" : "" }],
    };
}

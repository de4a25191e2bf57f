using CsCheck;
using Weir.Events.Contracts;
using Weir.Portal.Emails;
using Weir.Portal.Explorer;

namespace Weir.Portal.Tests.Emails;

public sealed class EvidenceTextTests
{
    [Fact]
    public void Signals_are_read_whatever_the_case_of_their_names_and_the_strongest_comes_first()
    {
        var evidence = EvidenceText.Read(Row(("Verdict", "Phish"), ("Because", """["b"]"""), ("WouldChange", """{"Remove":["b"],"To":"Clean"}"""),
            ("Signals", """[{"Name":"a","Weight":-3.5},{"name":"b","weight":1.5,"evidence":"seen"},{"name":"c","isConclusive":true}]""")));

        Assert.Equal(["c", "a", "b"], evidence.Signals.Select(signal => signal.Name));
        Assert.Equal("seen", Assert.Single(evidence.Reasons).Evidence);
        Assert.Equal("Clean", evidence.WouldChangeTo);
        Assert.Equal(["b"], evidence.WouldChangeRemove);
    }

    [Fact]
    public void A_reason_without_its_signal_is_still_named() =>
        Assert.Equal("Gone signal", Assert.Single(EvidenceText.Read(Row(("Because", """["gone-signal"]"""))).Reasons).Title);

    [Fact]
    public void Places_are_read_with_their_bytes_and_a_tab_that_shows_them()
    {
        var evidence = EvidenceText.Read(Row(("Signals", """[{"Name":"a","Places":[{"Kind":"Header","Name":"From","Part":"","Member":"","Start":12,"End":40},{"Kind":"Part","Name":"a.zip","Part":"2","Member":"x\u202Egnp.exe","Start":100,"End":200},{"Kind":"Knowledge","Name":"DNS"},{"Kind":"Absence","Name":"Date"}]}]""")));

        Assert.Equal(
            [("From header", "headers", "12-40"), ("Part 2, a.zip › x[U+202E]gnp.exe", "source", "100-200"), ("Outside the message: DNS", null, ""), ("No Date header", null, "")],
            Assert.Single(evidence.Signals).Places.Select(place => (place.Words, place.Tab, place.Bytes?.ToString() ?? "")));
    }

    [Fact]
    public void What_judged_otherwise_since_is_named()
    {
        var evidence = EvidenceText.Read(Row(
            ("Versions", """{"rules":"1","weights":"2","model":"3"}"""),
            ("Earlier", """[{"At":"2026-11-24T10:00:00+00:00","Verdict":"Clean","Versions":{"rules":"1","weights":"9"}},{"At":"2026-11-23T10:00:00+00:00","Verdict":"Spam"}]""")));

        Assert.Equal([("Clean", "weights, model"), ("Spam", "")], evidence.Earlier.Select(earlier => (earlier.Verdict, string.Join(", ", earlier.ChangedTo(evidence.Versions)))));
    }

    [Fact]
    public void No_text_in_the_record_breaks_the_page() => Gen.String.Sample(text =>
    {
        var evidence = EvidenceText.Read(Row(("Signals", text), ("Because", text), ("WouldChange", text), ("Envelope", text), ("Thresholds", text), ("Versions", text), ("Earlier", text), ("AuthenticationEvidence", text), ("Defects", text)));

        Assert.NotNull(evidence.Signals);
    });

    [Fact]
    public void Trees_become_names_and_values() => Assert.Equal(
        [("Spf › Result", "fail"), ("Dkim 1 › Result", "pass"), ("Dkim 2 › Result", "none"), ("Client ip", "203.0.113.9")],
        EvidenceText.Flatten(LooseJson.Read("""{"spf":{"result":"fail"},"dkim":[{"result":"pass"},{"result":"none"}],"client_ip":"203.0.113.9","empty":""}""")));

    [Theory]
    [InlineData("Phish", "High confidence phish", "hcphish|High confidence phish")]
    [InlineData("Phish", "Phish", "phish|Phish")]
    [InlineData("Phish, Spam", "Phish", "phish|Phish + Spam")]
    [InlineData("Malware", "Malware", "malware|Malware")]
    [InlineData("", "Clean", "none|No threat")]
    public void The_highest_threat_makes_the_badge(string threats, string verdict, string pill) => Assert.Equal(pill, Threats.Pill(threats, verdict));

    private static MailRow Row(params (string Name, string Value)[] cells)
    {
        var answer = new Answer([.. cells.Select(cell => new AnswerColumn(cell.Name, "string"))], [[.. cells.Select(cell => (object?)cell.Value)]]) { At = default };
        return new MailRow(answer, answer.Rows[0], TimeZoneInfo.Utc);
    }
}

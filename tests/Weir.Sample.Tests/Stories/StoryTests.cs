using System.Text;
using System.Text.Json;
using Weir.Sample.Contracts;
using Weir.Sample.Files;
using Weir.Sample.Stories;

namespace Weir.Sample.Tests.Stories;

public sealed class StoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly List<SampleEvent> Events = [.. SampleOrganisation.Create(new SampleSettings { Now = Now, Days = 14, Messages = 300 }).History().Where(sample => sample.Story.Length > 0)];

    private static List<SampleMail> Mails(string story) => [.. Events.OfType<SampleMail>().Where(mail => mail.Story == story)];

    private static int Rows(string story) => Mails(story).Sum(mail => mail.Deliveries.Count);

    [Fact]
    public void Parcel_fee_is_as_told()
    {
        var mails = Mails("A");
        var clicks = Events.OfType<SampleClick>().Where(click => click.Story == "A").ToList();
        var visits = clicks.Where(click => click.ActionType != "UrlScanInProgress").ToList();

        Assert.Equal(47, Rows("A"));
        Assert.Equal(3, mails.Select(mail => mail.Envelope.MailFrom.Split('@')[1]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(4, mails.Select(mail => mail.Envelope.ClientIp).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal((9, 7, 2, 1), (visits.Count, visits.Select(click => click.Account).Distinct(StringComparer.Ordinal).Count(), visits.Count(click => click.ActionType == "ClickBlocked"), visits.Count(click => click.IsClickedThrough)));
        Assert.Equal(31, clicks.Count - visits.Count);
        Assert.Single(mails.SelectMany(mail => mail.Deliveries), delivery => delivery.DistributionList.Length > 0);
        Assert.Single(mails.SelectMany(mail => mail.Deliveries), delivery => delivery.ForwardedBy.Length > 0);
        Assert.Single(mails.SelectMany(mail => mail.Deliveries), delivery => delivery.Recipient == "info@nordhaven.example");
        Assert.Equal(["Private", "Trash"], Events.OfType<SampleUserMove>().Where(move => move.Story == "A").Select(move => move.Folder).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Invoice_fraud_is_a_thread_of_five_without_links_or_files()
    {
        var mails = Mails("B");

        Assert.Equal(5, Rows("B"));
        Assert.Equal(2, mails.Count(mail => mail.Envelope.AuthenticatedUser.Length > 0));
        Assert.All(mails, mail => Assert.DoesNotContain("http", Encoding.Latin1.GetString(mail.Raw.Span), StringComparison.Ordinal));
    }

    [Fact]
    public void Malware_holds_its_markers_and_the_signatures_match_them()
    {
        var signatures = DemoMalware.ClamSignatures();

        Assert.Equal(12, Rows("C"));
        Assert.Equal(2, signatures["weir-sample.ndb"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (var line in signatures["weir-sample.ndb"].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var marker = Convert.FromHexString(line.Split(':')[3]);
            Assert.True(DemoMalware.Macro("x").Content.AsSpan().IndexOf(marker) >= 0 || DemoMalware.SmugglingPage("x").Content.AsSpan().IndexOf(marker) >= 0);
            Assert.True(DemoMalware.LaterKnownMacro("x").Content.AsSpan().IndexOf(marker) < 0);
        }

        Assert.Equal(68, DemoMalware.Eicar().Length);
        Assert.True(DemoMalware.LockedArchive("x").Content.AsSpan().IndexOf(DemoMalware.Eicar()) < 0);
    }

    [Fact]
    public void The_compromised_account_sends_158_mails_in_nine_minutes_and_answers_vanish()
    {
        var sent = Mails("E").Where(mail => mail.Envelope.AuthenticatedUser.Length > 0).ToList();
        var answers = Mails("E").Where(mail => mail.Envelope.AuthenticatedUser.Length == 0).ToList();

        Assert.Equal((38, 120), (sent.Count(mail => mail.Deliveries[0].Outcome == SampleOutcome.Mailbox), sent.Count(mail => mail.Deliveries[0].Outcome != SampleOutcome.Mailbox)));
        Assert.InRange((sent[^1].At - sent[0].At).TotalMinutes, 8, 9);
        Assert.Equal(9, sent.Count(mail => mail.Deliveries[0].Outcome == SampleOutcome.Failed));
        Assert.All(answers, mail => Assert.All(mail.Deliveries, delivery => Assert.Equal("RSS Feeds", delivery.Folder)));
        Assert.Equal(6, answers.Count);
    }

    [Fact]
    public void Every_kind_of_odd_mail_is_sent_once()
    {
        Assert.Equal(OddMail.Kinds.Select(kind => $"odd.{kind}").Order(StringComparer.Ordinal), Mails("odd").Select(mail => mail.Key).Order(StringComparer.Ordinal));
        Assert.Equal(60, Assert.Single(Mails("odd"), mail => mail.Key == "odd.sixty-recipients").Envelope.Recipients.Count);
        Assert.InRange(Assert.Single(Mails("odd"), mail => mail.Key == "odd.large-25mb").Raw.Length, 24_000_000, 27_000_000);
    }

    [Fact]
    public void Numbers_in_the_promises_are_the_numbers_in_the_counts()
    {
        using var truth = JsonDocument.Parse(SampleOrganisation.Create(new SampleSettings { Now = Now, Days = 14, Messages = 300 }).Truth());
        foreach (var story in truth.RootElement.GetProperty("stories").EnumerateArray())
        {
            if (story.GetProperty("promises").TryGetProperty("rows", out var rows))
            {
                Assert.Equal(rows.GetInt32(), story.GetProperty("counts").GetProperty("rows").GetInt32());
            }
        }
    }
}

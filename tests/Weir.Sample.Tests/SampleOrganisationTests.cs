using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Mail.Contracts;
using Weir.Sample.Contracts;

namespace Weir.Sample.Tests;

public sealed partial class SampleOrganisationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly SampleSettings Small = new() { Now = Now, Days = 14, Messages = 1_200 };
    private static readonly Lazy<(ISampleOrganisation Organisation, List<SampleEvent> Events)> Made = new(() =>
    {
        var organisation = SampleOrganisation.Create(Small);
        return (organisation, [.. organisation.History()]);
    });

    private static List<SampleEvent> Events => Made.Value.Events;

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_other_people()
    {
        var again = SampleOrganisation.Create(Small);

        Assert.Equal(Fingerprint(Events), Fingerprint(again.History()));
        Assert.Equal(Made.Value.Organisation.DnsZone, again.DnsZone);
        Assert.NotEqual(Fingerprint(Events), Fingerprint(SampleOrganisation.Create(Small with { Seed = 2, Messages = 200, Days = 3 }).History()), StringComparer.Ordinal);
    }

    [Fact]
    public void Events_come_in_order_of_time_and_keys_are_unique()
    {
        var events = Events;
        var keys = events.OfType<SampleMail>().Select(mail => mail.Key).ToList();

        Assert.Equal(events.Select(sample => sample.At).Order(), events.Select(sample => sample.At));
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(events, sample => Assert.InRange(sample.At, Now.AddDays(-14), Now));
    }

    [Fact]
    public void Truth_counts_what_is_generated()
    {
        var events = Events;
        using var truth = JsonDocument.Parse(Made.Value.Organisation.Truth());
        var counts = truth.RootElement.GetProperty("counts");

        Assert.Equal(events.OfType<SampleMail>().Count(), counts.GetProperty("messages").GetInt32());
        Assert.Equal(events.OfType<SampleMail>().Sum(mail => mail.Deliveries.Count), counts.GetProperty("rows").GetInt32());
        Assert.Equal(events.OfType<SampleClick>().Count(), counts.GetProperty("clicks").GetInt32());
        Assert.Equal(events.OfType<SampleUserMove>().Count(), counts.GetProperty("moves").GetInt32());
        Assert.Equal(events.OfType<SampleRefusal>().Count(), counts.GetProperty("refusals").GetInt32());
        foreach (var story in truth.RootElement.GetProperty("stories").EnumerateArray())
        {
            var letter = story.GetProperty("letter").GetString();
            Assert.Equal(
                events.OfType<SampleMail>().Where(mail => mail.Story == letter).Sum(mail => mail.Deliveries.Count),
                story.GetProperty("rows").GetArrayLength());
        }
    }

    [Fact]
    public void The_month_has_about_the_promised_size_and_shares()
    {
        using var truth = JsonDocument.Parse(SampleOrganisation.Create(new SampleSettings { Now = Now }).Truth());
        var counts = truth.RootElement.GetProperty("counts");
        var messages = counts.GetProperty("messages").GetDouble();
        var kinds = counts.GetProperty("messagesByKind");
        double Share(params string[] names) => names.Sum(name => kinds.GetProperty(name).GetDouble()) / messages;

        TestContext.Current.TestOutputHelper?.WriteLine(counts.ToString());
        Assert.InRange(messages, 16_500, 20_500);
        Assert.InRange(counts.GetProperty("rows").GetDouble(), 34_000, 46_000);
        Assert.InRange(Share("inbound", "bulk", "spam", "phish", "malware"), 0.57, 0.67);
        Assert.InRange(Share("internal"), 0.25, 0.35);
        Assert.InRange(Share("outbound"), 0.06, 0.11);
        Assert.InRange(Share("bulk"), 0.11, 0.17);
        Assert.InRange(Share("spam"), 0.07, 0.11);
        Assert.InRange(Share("phish"), 0.015, 0.033);
        Assert.InRange(Share("malware"), 0.002, 0.007);
    }

    [Fact]
    public void No_mail_names_an_address_outside_the_reserved_blocks()
    {
        foreach (var mail in Events.OfType<SampleMail>().Where(mail => mail.Raw.Length < 1_000_000))
        {
            var text = Unfolded(mail);
            foreach (var ip in Ip4().Matches(text).Select(match => match.Value).Append(mail.Envelope.ClientIp).Where(ip => ip.Length > 0))
            {
                Assert.True(IsReserved(IPAddress.Parse(ip)), $"{mail.Key}: {ip}");
            }

            foreach (var address in mail.Deliveries.Select(delivery => delivery.Recipient).Append(mail.Envelope.MailFrom).Where(address => address.Length > 0))
            {
                Assert.EndsWith(".example", address, StringComparison.Ordinal);
            }

            Assert.All(Hosts().Matches(text), match => Assert.EndsWith(".example", match.Groups["host"].Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Clicks_follow_mails_that_hold_their_link_and_moves_follow_arrival()
    {
        var arrived = new Dictionary<string, SampleMail>(StringComparer.Ordinal);
        foreach (var sample in Events)
        {
            switch (sample)
            {
                case SampleMail mail:
                    arrived[mail.Key] = mail;
                    break;
                case SampleClick click when arrived.TryGetValue(click.MailKey, out var clicked):
                    Assert.Contains(click.Url, Unfolded(clicked), StringComparison.Ordinal);
                    Assert.Contains(clicked.Deliveries, delivery => delivery.Recipient == click.Account);
                    break;
                case SampleClick click:
                    Assert.Fail($"click before arrival: {click.MailKey}");
                    break;
                case SampleUserMove move:
                    Assert.Contains(arrived[move.MailKey].Deliveries, delivery => delivery.Recipient == move.Mailbox);
                    break;
            }
        }
    }

    [Fact]
    public void One_copy_reaches_a_mailbox_at_most_once()
    {
        foreach (var mail in Events.OfType<SampleMail>())
        {
            Assert.Equal(mail.Deliveries.Count, mail.Deliveries.Select(delivery => delivery.Recipient).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(mail.Deliveries, delivery => Assert.Contains(delivery.OriginalRecipient, mail.Envelope.Recipients, StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Senders_authenticate_as_their_habits_say()
    {
        var sample = Made.Value.Organisation;
        var authenticator = Weir.Mail.MailModule.CreateAuthenticator(Weir.Mail.Contracts.Dns.FromZone(Encoding.UTF8.GetBytes(sample.DnsZone)), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Now));
        var byStory = new Dictionary<string, List<AuthenticationResults>>(StringComparer.Ordinal);
        var newsletters = new List<AuthenticationResults>();
        var mails = Events.OfType<SampleMail>().ToList();
        foreach (var mail in mails.Where(mail => mail.Story is "A" or "B" || mail.Key is "H.0").Concat(mails.Where(mail => mail.Key[0] == 'n').Take(60)))
        {
            var parsed = Some.Parsed(mail.Raw);
            var results = await authenticator.AuthenticateAsync(mail.Raw, parsed, mail.Envelope, TestContext.Current.CancellationToken);
            if (mail.Story.Length == 0)
            {
                newsletters.Add(results);
            }
            else
            {
                (byStory.TryGetValue(mail.Story, out var list) ? list : byStory[mail.Story] = []).Add(results);
            }
        }

        Assert.NotEmpty(newsletters);
        Assert.All(newsletters, results => Assert.Equal((DkimResult.Pass, DmarcResult.Pass), (results.Dkim, results.Dmarc)));
        Assert.All(byStory["A"], results => Assert.Equal((SpfResult.Pass, DkimResult.Pass, DmarcResult.Pass), (results.Spf, results.Dkim, results.Dmarc)));
        var broken = Assert.Single(byStory["H"]);
        Assert.Equal((SpfResult.Fail, DkimResult.Fail, DmarcResult.Fail, DmarcPolicy.Reject), (broken.Spf, broken.Dkim, broken.Dmarc, broken.Policy));
    }

    [Fact]
    public void A_span_gives_the_same_events_however_it_is_cut()
    {
        var sample = Made.Value.Organisation;
        var whole = Keys(sample.Between(Now, Now.AddHours(2)));
        var cut = Keys(sample.Between(Now, Now.AddMinutes(37))).Concat(Keys(sample.Between(Now.AddMinutes(37), Now.AddHours(2)))).ToList();

        Assert.Equal(whole, cut);
        Assert.InRange(sample.Between(Now, Now.AddHours(1)).OfType<SampleMail>().Count(), 180, 1_000);
        Assert.InRange(sample.Gap(Now, Now.AddDays(1)).OfType<SampleMail>().Count(), 40, 400);
    }

    [Fact]
    public void Load_rows_are_the_same_every_time_and_lie_in_the_days_before_now()
    {
        var rows = SyntheticRows.Generate(1, Now, 30, 5_000).ToList();

        Assert.Equal(rows, SyntheticRows.Generate(1, Now, 30, 5_000));
        Assert.All(rows, row => Assert.InRange(row.At, Now.AddDays(-30), Now));
        Assert.Equal(rows.Count, rows.Select(row => row.NetworkMessageId).Distinct().Count());
    }

    private static List<string> Keys(IEnumerable<SampleEvent> events) => [.. events.Select(sample => sample is SampleMail mail ? mail.Key : $"{sample.At:O} {sample.GetType().Name}")];

    // Soft line breaks of quoted-printable cut links in two.
    private static string Unfolded(SampleMail mail) =>
        Encoding.Latin1.GetString(mail.Raw.Span).Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);

    private static string Fingerprint(IEnumerable<SampleEvent> events)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var sample in events)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{sample.At:O}{sample.Story}"));
            if (sample is SampleMail mail)
            {
                hash.AppendData(mail.Raw.Span);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static bool IsReserved(IPAddress address) =>
        ((string[])["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"]).Any(block => IPNetwork.Parse(block).Contains(address));

    [GeneratedRegex(@"(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ip4();

    [GeneratedRegex(@"https?://(?<host>[A-Za-z0-9.\-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hosts();
}

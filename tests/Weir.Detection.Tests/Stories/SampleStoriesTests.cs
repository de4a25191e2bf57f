using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weir.Access;
using Weir.Access.Contracts;
using Weir.Detection.Facts.History;
using Weir.Directory;
using Weir.Directory.Contracts;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Gateway;
using Weir.Gateway.Contracts;
using Weir.Intelligence;
using Weir.Mail;
using Weir.Sample;
using Weir.Sample.Contracts;

namespace Weir.Detection.Tests.Stories;

/// <summary>The stories of the sample organisation, through the real intake, with its directory, its DNS and its list: what the record says of them.</summary>
public sealed class SampleStoriesTests(SampleStoriesTests.Told told) : IClassFixture<SampleStoriesTests.Told>
{
    [Fact]
    public void A_the_parcel_fee_is_not_known_on_arrival() => Assert.All(told.Rows("A"), row => Assert.Equal("Clean", row.Verdict));

    [Fact]
    public void B_each_mail_of_the_false_director_is_found_and_the_first_is_a_first_contact()
    {
        var fraud = told.Rows("B").Where(row => row.Direction == "Inbound").ToList();

        Assert.Equal(3, fraud.Count);
        Assert.All(fraud, row => Assert.Contains("phish", row.Verdict, StringComparison.OrdinalIgnoreCase));
        Assert.Equal([true, false, false], fraud.Select(row => row.IsFirstContact));
        Assert.Contains("first-contact-domain", fraud[0].Signals);
        Assert.All(fraud, row => Assert.Contains("lookalike-own-domain", row.Signals));
        Assert.All(told.Rows("B").Where(row => row.Direction == "Outbound"), row => Assert.Equal("Clean", row.Verdict));
    }

    [Fact]
    public void C_malware_is_not_clean_even_without_clamd_whose_absence_is_said()
    {
        var rows = told.Rows("C");

        Assert.Equal(12, rows.Count);
        // Seven by what the files are, and copies of these as known files, as soon as the record was read that far.
        Assert.InRange(rows.Count(row => row.Verdict == "Malware"), 7, 12);
        Assert.InRange(rows.Count(row => row.Verdict == "Malware" && !row.Signals.Contains("file-bad-here")), 1, 7);
        Assert.All(rows, row => Assert.NotEqual("Clean", row.Verdict));
        Assert.All(rows, row => Assert.Contains("antimalware-not-available", row.Signals));
    }

    [Fact]
    public void E_the_burst_of_the_taken_account_is_seen_and_the_answers_to_it_are_not_blamed()
    {
        var letters = told.Rows("E").Where(row => row.Direction != "Inbound").ToList();

        Assert.Equal(158, letters.Count);
        Assert.InRange(letters.Count(row => row.Signals.Contains("sends-to-many")), 120, 130);
        Assert.All(letters.Where(row => row.Signals.Contains("sends-to-many")), row => Assert.Contains("hish", row.Verdict, StringComparison.Ordinal));
        Assert.All(told.Rows("E").Where(row => row.Direction == "Inbound"), row => Assert.Equal("Clean", row.Verdict));
    }

    [Fact]
    public void H_the_broken_invoice_is_stopped_and_the_payslip_notice_is_not()
    {
        Assert.Contains("spoof-dmarc-enforced", Assert.Single(told.Rows("H"), row => row.Key == "H.0").Signals);
        Assert.NotEqual("Clean", told.Rows("H").Single(row => row.Key == "H.0").Verdict);
        Assert.All(told.Rows("H").Where(row => row.Key.StartsWith("H.pay", StringComparison.Ordinal)), row => Assert.Contains(row.Verdict, new[] { "Clean", "Bulk" }));
    }

    [Fact]
    public void Everyday_mail_of_our_own_and_newsletters_are_hardly_marked()
    {
        // Keys of newsletters begin with n.
        var honest = told.Rows("").Where(row => row.Direction != "Inbound" || row.Key[0] == 'n').ToList();
        var marked = honest.Where(row => row.Verdict is not ("Clean" or "Bulk")).ToList();

        Assert.True(honest.Count > 200, $"Only {honest.Count} honest messages.");
        Assert.True(marked.Count * 100 <= honest.Count, string.Join('\n', marked.Take(10)));
    }

    internal sealed record ToldRow(string Story, string Key, string Direction, string Verdict, bool IsFirstContact, IReadOnlyList<string> Signals)
    {
        public override string ToString() => $"{Key} {Direction}: {Verdict} ({string.Join(", ", Signals)})";
    }

    /// <summary>The history is told once; each test looks at it.</summary>
    public sealed class Told : IAsyncLifetime
    {
        private readonly Dictionary<Kernel.NetworkMessageId, SampleMail> _mails = [];
        private readonly List<ToldRow> _rows = [];

        internal List<MessageJudged> Judged { get; } = [];

        internal IReadOnlyList<ToldRow> Rows(string story) => [.. _rows.Where(row => row.Story == story)];

        public async ValueTask InitializeAsync()
        {
            var sample = SampleOrganisation.Create(new SampleSettings { Now = Support.Some.Time, Messages = 900 });
            var folder = TestRun.NewFolder("test");
            await File.WriteAllTextAsync(Path.Combine(folder, "zone.json"), sample.DnsZone, TestContext.Current.CancellationToken);
            await File.WriteAllLinesAsync(Path.Combine(folder, "allow-block.txt"), sample.ListEntries, TestContext.Current.CancellationToken);
            await using var host = await TestHost.StartAsync(
                services => services
                    .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["dns:zone-file"] = Path.Combine(folder, "zone.json") }).Build())
                    .AddAccess().AddDirectory().AddMail().AddEvents().AddIntelligence().AddDetection().AddGateway(),
                folder);
            await DirectoryModule.LoadAsync(host.Services, CancellationToken.None);
            await DetectionModule.LoadAsync(host.Services, CancellationToken.None);
            var organisation = System.IO.Directory.CreateDirectory(Path.Combine(folder, "organisation")).FullName;
            sample.WriteDirectory(organisation);
            Assert.Empty(await host.Get<IDirectory>().ImportCsvAsync(Caller.System("test", Permission.SecuritySettingsManage), organisation, CancellationToken.None));
            await FeedAsync(host, sample);
            await host.Get<IEventLog>().ReadAsync(0, CancellationToken.None).ForEachAsync(logged => Tell(logged.Fact));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>In small parts, each of which the history knows before the next.</summary>
        private async Task FeedAsync(TestHost host, ISampleOrganisation sample)
        {
            var history = host.Get<SendingHistory>();
            var log = host.Get<IEventLog>();
            history.Complete();
            foreach (var part in Parts(sample.History().OfType<SampleMail>()))
            {
                var accepted = await host.Get<IIntake>().AcceptAsync(
                    Caller.System("test", Permission.MailImport),
                    [.. part.Select(mail => new IncomingMessage { Raw = mail.Raw, Envelope = mail.Envelope, Door = "sample", ReceivedAt = mail.At })],
                    CancellationToken.None);
                foreach (var (mail, answer) in part.Zip(accepted))
                {
                    _mails[answer.Id] = mail;
                }

                await log.ReadAsync(history.Cursor, CancellationToken.None).ForEachAsync(history.Remember);
            }
        }

        /// <summary>An answer is judged after what it answers.</summary>
        private static IEnumerable<SampleMail[]> Parts(IEnumerable<SampleMail> mails)
        {
            var part = new List<SampleMail>();
            foreach (var mail in mails)
            {
                if (part.Count == 32 || (part.Count > 0 && mail.Story == "B"))
                {
                    yield return [.. part];
                    part.Clear();
                }

                part.Add(mail);
            }

            yield return [.. part];
        }

        private void Tell(Fact fact)
        {
            if (fact is MessageJudged judged && _mails.TryGetValue(judged.Id, out var mail))
            {
                Judged.Add(judged);
                _rows.Add(new ToldRow(mail.Story, mail.Key, judged.EmailDirection, judged.Verdict, judged.Recipients.Any(recipient => recipient.IsFirstContact), [.. judged.Signals.Select(signal => signal.Name)]));
            }
        }
    }
}

/// <summary>Reads a stream to its end.</summary>
file static class Streams
{
    public static async Task ForEachAsync<T>(this IAsyncEnumerable<T> source, Action<T> action)
    {
        await foreach (var item in source.WithCancellation(TestContext.Current.CancellationToken))
        {
            action(item);
        }
    }
}

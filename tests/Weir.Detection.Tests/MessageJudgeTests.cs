using System.IO.Compression;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weir.Detection.Contracts;
using Weir.Detection.Detectors;
using Weir.Detection.Facts;
using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Knowledge;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Facts.Text;
using Weir.Detection.Policies;
using Weir.Detection.Tests.Support;
using Weir.Detection.Verdicts;
using Weir.Intelligence.Contracts;

namespace Weir.Detection.Tests;

public sealed class MessageJudgeTests
{
    private const string Plain = "From: Ada <ada@elsewhere.example>\nTo: tom.weber@harbour.example\nSubject: Lunch\nDate: Mon, 02 Nov 2026 09:00:00 +0000\nMessage-ID: <1@elsewhere.example>\n\nShall we meet at noon?\n";

    private static readonly string[] TestText = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"];

    [Fact]
    public async Task Of_many_files_that_were_not_read_the_first_are_named_and_the_rest_is_counted()
    {
        var files = string.Concat(Enumerable.Range(1, 30).Select(i => $"--b\r\nContent-Type: image/gif; name=f{i}.gif\r\nContent-Disposition: attachment; filename=f{i}.gif\r\n\r\nGIF89a{i}\r\n"));

        var judged = await Some.Judge().JudgeAsync(Some.Message($"From: a@elsewhere.example\r\nTo: tom.weber@harbour.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{files}--b--\r\n"), TestContext.Current.CancellationToken);

        var told = judged.Judgement.Signals.Where(signal => signal.Name.StartsWith("attachment-not-inspected", StringComparison.Ordinal)).ToList();
        Assert.Equal(21, told.Count);
        Assert.Contains(told, signal => signal.Evidence == "And 10 more files were not read to their end.");
        Assert.DoesNotContain(judged.Judgement.Signals, signal => signal.Name == "inspection-exhausted");
    }

    [Fact]
    public async Task Files_that_use_up_what_reading_a_message_may_take_count_against_it()
    {
        var judged = await Some.Judge().JudgeAsync(Some.Message($"From: a@elsewhere.example\r\nTo: tom.weber@harbour.example\r\nMIME-Version: 1.0\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Pages(600), Base64FormattingOptions.InsertLineBreaks)}\r\n"), TestContext.Current.CancellationToken);

        var exhausted = Assert.Single(judged.Judgement.Signals, signal => signal.Name == "inspection-exhausted");
        Assert.True(exhausted.Weight > 0);
        Assert.Contains("not all read", exhausted.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_far_behind_are_read_and_where_reading_ends_is_told()
    {
        var filler = string.Concat(Enumerable.Repeat("The minutes of the last meeting follow below.\r\n", 2_500));
        var text = TextFacts.Of("x", $"{filler}at last a zebra");
        string Mail(int times) => $"From: a@elsewhere.example\r\nTo: tom.weber@harbour.example\r\nSubject: x\r\n\r\n{string.Concat(Enumerable.Repeat(filler, times))}";

        var read = await Some.Judge().JudgeAsync(Some.Message(Mail(1)), TestContext.Current.CancellationToken);
        var cut = await Some.Judge().JudgeAsync(Some.Message(Mail(3)), TestContext.Current.CancellationToken);

        Assert.Equal("zebra", text.Words[^1].Folded);
        Assert.DoesNotContain(read.Judgement.Signals, signal => signal.Name == "text-not-read");
        Assert.Single(cut.Judgement.Signals, signal => signal.Name == "text-not-read");
    }

    [Fact]
    public async Task A_detector_that_breaks_says_so_and_the_others_judge_the_message()
    {
        var judge = Some.Judge(detectors: [new Breaks(), new Gtube()]);

        var judged = await judge.JudgeAsync(Some.Message(Plain + string.Concat(TestText) + "\n"), TestContext.Current.CancellationToken);

        var broke = Assert.Single(judged.Judgement.Signals, signal => signal.Name == "detector-broke");
        Assert.Equal(0, broke.Weight);
        Assert.Contains("breaks", broke.Evidence, StringComparison.Ordinal);
        Assert.Equal(Verdict.Spam, judged.Judgement.Verdict);
    }

    [Fact]
    public async Task Detectors_that_are_not_reached_in_time_are_named()
    {
        var clock = new FakeTimeProvider();
        var judge = Some.JudgeAt(clock, detectors: [new Slow(clock), new Gtube()]);

        var judged = await judge.JudgeAsync(Some.Message(Plain), TestContext.Current.CancellationToken);

        Assert.Contains("gtube", Assert.Single(judged.Judgement.Signals, signal => signal.Name == "not-examined").Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_judgement_has_the_history_of_the_first()
    {
        var stranger = new SenderHistory { IsComplete = true, IsLearned = true, Bonds = [new Bond(0, 0, 0, null)], RecipientsADay = 1.5 };
        var here = new Standings { IsLearned = true, Domain = new Standing(Some.Time, Some.Time, 3, 2), Urls = new Dictionary<string, Standing>(StringComparer.Ordinal) { ["https://a.example/x"] = new(Some.Time, Some.Time, 2, 2) }, Alike = new AlikeMail(1, 2, true, "m", Some.Time), Wave = new Wave(5, 4, 3, 2), Flood = new Flood("tom", 40, 30, 2.5) };
        var message = Some.Message(Plain);

        var first = await Some.Judge(history: stranger, known: new KnownFacts { Here = here }).JudgeAsync(message, TestContext.Current.CancellationToken);
        var again = await Some.Judge(history: stranger with { Bonds = [new Bond(9, 9, 9, Some.Time)] }).JudgeAsync(message with { IsAgain = true, EarlierHistory = first.History }, TestContext.Current.CancellationToken);

        Assert.Equal([true], first.FirstContacts);
        Assert.Equal([true], again.FirstContacts);
        var read = FoundHistory.Read(first.History)!;
        Assert.Equal((here.Domain, here.Alike, here.Wave, here.Flood, here.Urls["https://a.example/x"]), (read.Here.Domain, read.Here.Alike, read.Here.Wave, read.Here.Flood, read.Here.Urls["https://a.example/x"]));
        Assert.Equal((true, 1.5, default(Bond)), (read.Sender.IsLearned, read.Sender.RecipientsADay, Assert.Single(read.Sender.Bonds)));
        Assert.Null(FoundHistory.Read("{]"));
    }

    [Fact]
    public async Task An_allowed_file_does_not_speak_for_those_beside_it()
    {
        var archive = Convert.ToBase64String(Zip("a.txt", "b.exe"));
        var mail = $"From: Ada <ada@elsewhere.example>\nTo: tom.weber@harbour.example\nSubject: Files\nMIME-Version: 1.0\nContent-Type: application/zip; name=files.zip\nContent-Disposition: attachment; filename=files.zip\nContent-Transfer-Encoding: base64\n\n{archive}\n";
        var read = (await Some.Judge().JudgeAsync(Some.Message(mail), TestContext.Current.CancellationToken)).Message;
        var one = Assert.Single(read.Attachments).Members.First(member => member.Path == "a.txt").Sha256;

        async Task<Judgement> AllowedAsync(string sha256) =>
            (await Some.Judge(entries: [new AllowBlockEntry(EntryKind.FileHash, sha256, IsAllow: true, Expires: null, Note: "")]).JudgeAsync(Some.Message(mail), TestContext.Current.CancellationToken)).Judgement;

        Assert.Equal(Verdict.Malware, (await AllowedAsync(one)).Verdict);
        Assert.Contains((await AllowedAsync(one)).Signals, signal => signal.Name == "allow-not-applied");
        Assert.NotEqual(Verdict.Malware, (await AllowedAsync(Assert.Single(read.Attachments).Sha256)).Verdict);
    }

    [Fact]
    public async Task Watching_delivers_what_protecting_keeps_back()
    {
        var message = Some.Message(Plain + string.Concat(TestText) + "\n");

        var watched = await Some.Judge(policies: BuiltInPolicies.Of(PolicyMode.Watch)).JudgeAsync(message, TestContext.Current.CancellationToken);
        var protecting = await Some.Judge().JudgeAsync(message, TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Spam, watched.Judgement.Verdict);
        Assert.Equal([DeliveryDecision.Deliver], watched.Decisions);
        Assert.Equal([(DeliveryDecision.Junk, "Watch only")], watched.Outcomes.Select(outcome => (outcome.WouldDecide, outcome.Held)));
        Assert.Equal([DeliveryDecision.Junk], protecting.Decisions);
    }

    private static byte[] Zip(params string[] names)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            foreach (var name in names)
            {
                using var member = zip.CreateEntry(name).Open();
                member.Write(System.Text.Encoding.ASCII.GetBytes($"MZ {name}"));
            }
        }

        return memory.ToArray();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0")]
    [InlineData("From: <<<>>>@@@\n\n<a href='http://[::'>x</a>")]
    [InlineData("Content-Type: text/html\n\n<a href=\"http://\uD800\"><img src=x><p style=\"display:none\"><a href='javascript:alert(1)'>")]
    public async Task Hostile_mail_is_judged_and_breaks_no_detector(string raw)
    {
        var judged = await Some.Judge().JudgeAsync(Some.Message(raw), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(judged.Judgement.Signals, signal => signal.Name == "detector-broke");
        Assert.True(double.IsFinite(judged.Judgement.Score));
    }

    [Fact]
    public async Task A_flood_of_parts_does_not_hide_silently_what_stands_behind_it()
    {
        var flood = string.Concat(Enumerable.Repeat("--b\n\nx\n", 1_100));
        var raw = Plain.Replace("\n\n", "\nContent-Type: multipart/mixed; boundary=b\n\n", StringComparison.Ordinal) + flood + "--b\nContent-Type: application/octet-stream; name=a.exe\n\nMZ\n--b--\n";

        var judged = await Some.Judge().JudgeAsync(Some.Message(raw), TestContext.Current.CancellationToken);

        var told = Assert.Single(judged.Judgement.Signals, signal => signal.Name == "attachment-not-inspected");
        Assert.Contains("more than 1000 parts", told.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_header_fields_or_elements_does_not_hide_silently_what_stands_behind_it()
    {
        var padded = string.Concat(Enumerable.Repeat($"X-Pad: {new string('a', 900)}\n", 1_400)) + Plain;
        var tagged = Plain.Replace("\n\n", "\nContent-Type: text/html\n\n", StringComparison.Ordinal) + string.Concat(Enumerable.Repeat("<b>", 1_000_000)) + "confirm your password";

        foreach (var raw in new[] { padded, tagged })
        {
            var judged = await Some.Judge().JudgeAsync(Some.Message(raw), TestContext.Current.CancellationToken);
            var told = Assert.Single(judged.Judgement.Signals, signal => signal.Name == "attachment-not-inspected");
            Assert.NotEmpty(told.Places);
        }
    }

    [Fact]
    public void A_weight_for_a_signal_that_does_not_exist_refuses_the_start()
    {
        var options = Options.Create(new DetectionOptions { Weights = new Dictionary<string, double>(StringComparer.Ordinal) { ["no-such-signal"] = 1 } });

        Assert.Contains("no-such-signal", Assert.Throws<OptionsValidationException>(() => new Weights(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configured_weight_replaces_the_one_in_the_file_and_what_is_said_twice_counts_once()
    {
        var weights = new Weights(Options.Create(new DetectionOptions { Weights = new Dictionary<string, double>(StringComparer.Ordinal) { ["url-ip-host"] = 9 } }));

        var weighed = weights.Apply([Say.Phish("url-ip-host", "a"), Say.Phish("url-ip-host", "b")]);

        Assert.Equal([("url-ip-host", 9), ("url-ip-host-2", 0)], weighed.Select(signal => (signal.Name, signal.Weight)));
    }

    [Fact]
    public void What_is_said_again_in_the_same_words_of_the_same_thing_is_one_row()
    {
        var weights = new Weights(Options.Create(new DetectionOptions()));

        var weighed = weights.Apply([Say.Phish("url-ip-host", "a", entity: "u"), Say.Phish("url-ip-host", "a", entity: "u"), Say.Phish("url-ip-host", "a", entity: "v")]);

        Assert.Equal([("url-ip-host", "u"), ("url-ip-host-2", "v")], weighed.Select(signal => (signal.Name, signal.Entity)));
    }

    private sealed class Breaks : IDetector
    {
        public string Id => "breaks";

        public IEnumerable<Signal> Examine(MessageFacts message) => throw new FormatException("broken on purpose");
    }

    private static byte[] Pages(int count)
    {
        using var zipped = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(zipped, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < count; i++)
            {
                using var entry = zip.CreateEntry($"{i}.html").Open();
                entry.Write(System.Text.Encoding.UTF8.GetBytes($"<html><script>a.download='{i}.zip';b=new Blob([atob('QUJD')])</script></html>"));
            }
        }

        return zipped.ToArray();
    }

    private sealed class Slow(FakeTimeProvider clock) : IDetector
    {
        public string Id => "slow";

        public IEnumerable<Signal> Examine(MessageFacts message)
        {
            clock.Advance(TimeSpan.FromSeconds(6));
            return [];
        }
    }
}

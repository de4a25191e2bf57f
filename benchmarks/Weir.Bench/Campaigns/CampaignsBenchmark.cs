using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weir.Bench.Detection;
using Weir.Bench.Peers;
using Weir.Detection.Contracts;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Sample;
using Weir.Sample.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Bench.Campaigns;

/// <summary>
/// Campaign grouping of WEIR_BENCH_MESSAGES (100,000) invented messages that came through intake: time, memory, and V-measure against what is true of them; and of
/// the labelled mail of mail/dev, whose verdicts are taken from its labels so that the grouping alone is measured.
/// </summary>
internal sealed class CampaignsBenchmark : IBenchmark
{
    private const int Seed = 1;
    private const int Largest = 12;
    private const string Other = "~";

    public string Name => "campaigns";

    private static int Wanted => int.TryParse(new ConfigurationBuilder().AddEnvironmentVariables("WEIR_BENCH_").Build()["MESSAGES"], CultureInfo.InvariantCulture, out var given) ? given : 100_000;

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await SampleAsync(output, cancellationToken);
        await LabelledAsync(output, cancellationToken);
    }

    private static async Task SampleAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder();
        var data = Path.Combine(folder.Path, "sample");
        _ = await Command.RunAsync(WeirServer.Program, ["sample", "--messages", Wanted.ToString(CultureInfo.InvariantCulture), "--seed", Seed.ToString(CultureInfo.InvariantCulture), "--data", data], cancellationToken);
        using var state = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(data, "demo-state.json"), cancellationToken));
        var truth = TruthOf(SampleOrganisation.Create(new SampleSettings { Seed = Seed, Now = state.RootElement.GetProperty("origin").GetDateTimeOffset(), Messages = Wanted }));
        await using var services = new ServiceCollection().AddSingleton(new DataDirectory(data)).AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging().AddEvents().BuildServiceProvider();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (grouped, most) = (new Grouped(), 0L);
        var told = new Dictionary<NetworkMessageId, (string Wave, string Verdict)>();
        await foreach (var logged in services.GetRequiredService<IEventLog>().ReadAsync(0, cancellationToken))
        {
            if (logged.Fact is MessageReceived received)
            {
                told[received.Id] = (truth.GetValueOrDefault(received.Sha256, ""), "");
            }
            else if (logged.Fact is MessageJudged judged)
            {
                told[judged.Id] = (told.GetValueOrDefault(judged.Id).Wave ?? "", judged.Verdict);
            }

            grouped.Take(logged.Fact);
            if (logged.Sequence % 50_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"sample: {grouped.Messages} messages grouped in {grouped.Spent.TotalSeconds:0.0} s ({grouped.Messages / grouped.Spent.TotalSeconds:0} messages/s), {most / 1e6:0} MB held at most"));
        await output.WriteLineAsync(Counts(grouped));

        // Everything that is an attack in truth, and everything that was put into a campaign of attacks.
        static bool IsAttack(string wave) => wave.Length > 0 && !wave.StartsWith(Other, StringComparison.Ordinal);
        var items = told.Where(pair => IsAttack(pair.Value.Wave) || grouped.Of(pair.Key) is { Type: not "Spam" })
            .Select(pair => (IsAttack(pair.Value.Wave) ? pair.Value.Wave : pair.Key.ToString(), grouped.Of(pair.Key)?.CampaignId ?? pair.Key.ToString())).ToList();
        var waves = told.Where(pair => IsAttack(pair.Value.Wave)).ToList();
        await output.WriteLineAsync(Line($"sample, {items.Count} messages, of them {waves.Count} of {waves.Select(pair => pair.Value.Wave).Distinct(StringComparer.Ordinal).Count()} stories and waves ({waves.Count(pair => pair.Value.Verdict is "Clean" or "Bulk")} judged clean, {waves.Count(pair => grouped.Of(pair.Key) is null)} in no campaign)", items));
        foreach (var campaign in told.Where(pair => grouped.Of(pair.Key) is { Type: not "Spam" }).GroupBy(pair => grouped.Of(pair.Key)!.CampaignId, StringComparer.Ordinal).OrderByDescending(group => group.Count()).Take(Largest))
        {
            var parts = campaign.CountBy(pair => $"{pair.Value.Wave} {pair.Value.Verdict}", StringComparer.Ordinal).OrderByDescending(pair => pair.Value).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}"));
            await output.WriteLineAsync($"  {grouped.Of(campaign.First().Key)!.Name}: {string.Join(", ", parts.Take(Largest))}");
        }
    }

    /// <summary>The attack that a message belongs to, by the hash of its bytes: a story, or one of the waves of everyday life.</summary>
    private static Dictionary<string, string> TruthOf(ISampleOrganisation sample)
    {
        var attacks = new HashSet<string>(StringComparer.Ordinal) { "A", "B", "C", "E" };
        var truth = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mail in sample.History().OfType<SampleMail>())
        {
            var wave = attacks.Contains(mail.Story) ? $"story {mail.Story}" : mail.Story.Length == 0 && mail.Key[0] is 'p' or 'w' ? mail.Key[..mail.Key.LastIndexOf('.')] : "";
            // Other mail: the stream it comes from, to tell what a campaign took in by mistake.
            truth[Convert.ToHexStringLower(SHA256.HashData(mail.Raw.Span))] = wave.Length > 0 ? wave : Other + string.Concat(mail.Key.Where(char.IsAsciiLetter));
        }

        return truth;
    }

    private static async Task LabelledAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var mails = await Labelled.ReadAllAsync(cancellationToken);
        if (mails.Count == 0)
        {
            await output.WriteLineAsync("labelled mail: skipped, there is none (WEIR_DATA)");
            return;
        }

        var dates = await DatesAsync(cancellationToken);
        await using var services = WeirLines.Services("none");
        var judge = services.GetRequiredService<IMessageJudge>();
        var facts = new (Labelled Mail, MessageReceived Received, MessageJudged Judged)[mails.Count];
        await Parallel.ForAsync(0, mails.Count, cancellationToken, async (i, token) => facts[i] = LabelledFacts.Of(mails[i], await judge.JudgeAsync(mails[i].ToJudge(), token), dates[mails[i].File].AddSeconds(i)));
        var grouped = new Grouped();
        foreach (var (_, received, judged) in facts.OrderBy(one => one.Judged.ReceivedAt))
        {
            grouped.Take(received);
            grouped.Take(judged);
        }

        await output.WriteLineAsync(Counts(grouped));
        foreach (var label in new[] { MailLabel.Phish, MailLabel.Spam })
        {
            var items = facts.Where(one => one.Mail.Label == label).Select(one => (one.Mail.Campaign, grouped.Of(one.Judged.Id)?.CampaignId ?? one.Judged.Id.ToString())).ToList();
            await output.WriteLineAsync(Line($"labelled mail, {label}: {items.Count} messages of {items.Select(item => item.Campaign).Distinct(StringComparer.Ordinal).Count()} campaigns, {items.Select(item => item.Item2).Distinct(StringComparer.Ordinal).Count()} found", items));
        }

        var ham = facts.Count(one => one.Mail.Label == MailLabel.Ham && grouped.Of(one.Judged.Id) is not null);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"labelled mail: {ham} of {facts.Count(one => one.Mail.Label == MailLabel.Ham)} good messages taken for lookalikes"));
    }

    private static async Task<Dictionary<string, DateTimeOffset>> DatesAsync(CancellationToken cancellationToken)
    {
        var folder = MeasureData.Folder("mail/dev") ?? throw new InvalidOperationException("There was labelled mail a moment ago.");
        await using var stream = File.OpenRead(Path.Combine(folder, "manifest.json"));
        using var manifest = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        return manifest.RootElement.GetProperty("messages").EnumerateArray().ToDictionary(
            entry => entry.GetProperty("file").GetString() ?? "",
            entry => DateTimeOffset.TryParse(entry.GetProperty("date").GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && date > DateTimeOffset.UnixEpoch ? date : DateTimeOffset.UnixEpoch,
            StringComparer.Ordinal);
    }

    private static string Counts(Grouped grouped) => string.Create(
        CultureInfo.InvariantCulture,
        $"{grouped.Campaigns.Count} campaigns ({string.Join(", ", grouped.Campaigns.CountBy(campaign => campaign.Type).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"))}; {grouped.Merged} merged) with {grouped.Members} messages, {grouped.Lookalikes} of them lookalikes");

    private static string Line(FormattableString what, List<(string Class, string Cluster)> items)
    {
        var measured = VMeasure.Of(items);
        return $"{what.ToString(CultureInfo.InvariantCulture)}: V {Text(measured.V)} (homogeneity {Text(measured.Homogeneity)}, completeness {Text(measured.Completeness)})";
    }

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}

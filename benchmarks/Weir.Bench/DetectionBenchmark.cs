using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Weir.Detection;
using Weir.Detection.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Bench;

/// <summary>Judges labelled mail: how much of each source is marked, how much phish is found at 1 % of ordinary mail, and how fast.</summary>
internal sealed class DetectionBenchmark : IBenchmark
{
    private sealed record Result(string Label, string Source, string Era, double Score, Verdict Verdict);

    public string Name => "detection";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        if (MeasureData.Folder("mail/dev") is not { } folder)
        {
            await output.WriteLineAsync("skipped: no labelled mail (WEIR_DATA)");
            return;
        }

        var known = await EnvelopeFile.ReadAsync(Path.Combine(folder, "manifest.json"), cancellationToken);
        await using var services = new ServiceCollection().AddDetectionAlone().BuildServiceProvider();
        var judge = services.GetRequiredService<IMessageJudge>();
        var parsing = await ParseAloneAsync(folder, [.. known.Keys.Order(StringComparer.Ordinal).Where((_, i) => i % 5 == 0)], cancellationToken);
        var results = new ConcurrentBag<Result>();
        var time = TimeProvider.System;
        var before = Environment.CpuUsage.TotalTime;
        await Parallel.ForEachAsync(known, cancellationToken, async (entry, token) =>
        {
            var raw = await File.ReadAllBytesAsync(Path.Combine(folder, entry.Key), token);
            var judged = await judge.JudgeAsync(
                new MessageToJudge
                {
                    Id = NetworkMessageId.New(time.GetUtcNow()),
                    Raw = raw,
                    Envelope = entry.Value.Envelope ?? new Envelope(),
                    ReceivedAt = time.GetUtcNow(),
                    RecordedAuthentication = entry.Value.Authentication,
                },
                token);
            var (source, era) = entry.Value.Group.Split(", ") is [var first, var second] ? (first, second) : (entry.Value.Group, "");
            results.Add(new Result(entry.Value.Label, source, era, judged.Judgement.Score, judged.Judgement.Verdict));
        });

        await ReportAsync(output, [.. results]);
        var perSecond = results.Count / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{perSecond:0} messages/s of processor time on one core, reading files and starting up included; parsing alone {parsing:0}"));
    }

    /// <summary>Messages a second of processor time.</summary>
    private static async Task<double> ParseAloneAsync(string folder, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var before = Environment.CpuUsage.TotalTime;
        foreach (var file in files)
        {
            _ = MailParser.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, file), cancellationToken));
        }

        return files.Count / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static async Task ReportAsync(TextWriter output, IReadOnlyList<Result> results)
    {
        await output.WriteLineAsync($"{"label",-6} {"source",-26} {"era",-7} {"mails",6} {"phish %",8} {"spam %",7} {"marked %",9}");
        foreach (var group in results.GroupBy(result => (result.Label, result.Source, result.Era)).OrderBy(group => group.Key))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{group.Key.Label,-6} {group.Key.Source,-26} {group.Key.Era,-7} {group.Count(),6} {Percent(group, Verdict.Phish),8:0.0} {Percent(group, Verdict.Spam) - Percent(group, Verdict.Phish),7:0.0} {Percent(group, Verdict.Spam),9:0.0}"));
        }

        foreach (var (label, era) in new[] { ("phish", "modern"), ("spam", "old"), ("spam", "modern") })
        {
            foreach (var falsePositives in new[] { 0.01, 0.001 })
            {
                var ham = results.Where(result => result.Label == "ham" && result.Era == era).Select(result => result.Score).OrderDescending().ToList();
                var bad = results.Where(result => result.Label == label && result.Era == era).ToList();
                if (ham.Count == 0 || bad.Count == 0)
                {
                    continue;
                }

                var threshold = ham[(int)(ham.Count * falsePositives)];
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{era} {label} found at {falsePositives:P1} of {era} ham: {100.0 * bad.Count(result => result.Score > threshold) / bad.Count:0.0} % (score above {threshold:0.00})"));
            }
        }
    }

    private static double Percent(IEnumerable<Result> results, Verdict atLeast)
    {
        var list = results.ToList();
        return 100.0 * list.Count(result => result.Verdict >= atLeast) / list.Count;
    }
}

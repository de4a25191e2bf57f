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
        var results = new ConcurrentBag<Result>();
        var time = TimeProvider.System;
        var before = Environment.CpuUsage.TotalTime;
        await Parallel.ForEachAsync(known, cancellationToken, async (entry, token) =>
        {
            var judged = await judge.JudgeAsync(await ReadAsync(folder, entry.Key, entry.Value, token), token);
            var (source, era) = entry.Value.Group.Split(", ") is [var first, var second] ? (first, second) : (entry.Value.Group, "");
            results.Add(new Result(entry.Value.Label, source, era, judged.Judgement.Score, judged.Judgement.Verdict));
        });

        await ReportAsync(output, [.. results]);
        var perSecond = results.Count / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{perSecond:0} messages/s of processor time on one core, reading files and starting up included"));
        await WarmAsync(output, judge, folder, [.. known.OrderBy(entry => entry.Key, StringComparer.Ordinal).Where((_, i) => i % 5 == 0)], cancellationToken);
    }

    private static async Task<MessageToJudge> ReadAsync(string folder, string file, KnownEnvelope known, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new MessageToJudge
        {
            Id = NetworkMessageId.New(now),
            Raw = await File.ReadAllBytesAsync(Path.Combine(folder, file), cancellationToken),
            Envelope = known.Envelope ?? new Envelope(),
            ReceivedAt = now,
            RecordedAuthentication = known.Authentication,
        };
    }

    /// <summary>One message after another in a process that has run for a while, as behind a mail server.</summary>
    private static async Task WarmAsync(TextWriter output, IMessageJudge judge, string folder, IReadOnlyList<KeyValuePair<string, KnownEnvelope>> known, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var before = Environment.CpuUsage.TotalTime;
        foreach (var (file, envelope) in known)
        {
            var message = await ReadAsync(folder, file, envelope, cancellationToken);
            var started = TimeProvider.System.GetTimestamp();
            _ = await judge.JudgeAsync(message, cancellationToken);
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        }

        var perSecond = known.Count / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        times.Sort();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"warm, one after another: {perSecond:0} messages/s of processor time; p50 {times[times.Count / 2]:0.0} ms, p99 {times[times.Count * 99 / 100]:0.0} ms, longest {times[^1]:0.0} ms"));
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

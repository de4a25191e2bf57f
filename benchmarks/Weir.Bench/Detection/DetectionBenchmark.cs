using System.Globalization;
using Weir.Bench.Peers;
using Microsoft.Extensions.DependencyInjection;
using Weir.Detection.Contracts;

namespace Weir.Bench.Detection;

/// <summary>How much of each source is caught at how many false positives, by rules alone, with the model that ships and with one of the same folds.</summary>
internal sealed class DetectionBenchmark : IBenchmark
{
    /// <summary>Not the seed that the shipped model learnt from.</summary>
    private const int Seed = 20;
    private const int Invented = 5_000;

    public string Name => "detection";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var mails = await Labelled.ReadAllAsync(cancellationToken);
        if (mails.Count == 0)
        {
            await output.WriteLineAsync("skipped: no labelled mail (WEIR_DATA)");
            return;
        }

        using var folder = new BenchFolder(inMemory: true);
        var rules = await WeirLines.JudgeAsync(mails, "none", cancellationToken);
        var shipped = await WeirLines.JudgeAsync(mails, "", cancellationToken);
        var folds = await WeirLines.FoldsAsync(mails, folder.New("models"), cancellationToken);
        var made = Labelled.Made(Seed, Invented);
        var madeByRules = await WeirLines.JudgeAsync(made, "none", cancellationToken);
        var madeByShipped = await WeirLines.JudgeAsync(made, "", cancellationToken);
        CatchTable.Head(output);
        CatchTable.Line(output, "Weir, rules alone", rules);
        CatchTable.Line(output, "Weir, shipped model", shipped);
        CatchTable.Line(output, $"Weir, learnt from {Labelled.Folds - 1} of {Labelled.Folds} folds", folds);
        await PeersAsync(output, mails, folder, cancellationToken);
        await output.WriteLineAsync($"{Invented} invented mails of today's services with their fraudulent twins (seed {Seed}):");
        CatchTable.Line(output, "Weir, rules alone", madeByRules);
        CatchTable.Line(output, "Weir, shipped model", madeByShipped);
        MadeFalsePositives(output, madeByShipped);
        await output.WriteLineAsync("Weir, shipped model, by source:");
        CatchTable.Sources(output, shipped);
        await output.WriteLineAsync("Weir, learnt from folds, by source:");
        CatchTable.Sources(output, folds);
        await FalsePositivesAsync(output, shipped);
        await WarmAsync(output, mails, cancellationToken);
    }

    private static async Task PeersAsync(TextWriter output, IReadOnlyList<Labelled> mails, BenchFolder folder, CancellationToken cancellationToken)
    {
        const int every = 5;
        if (Rspamd.IsInstalled)
        {
            CatchTable.Line(output, "rspamd, Bayes learnt from the same folds", await PeerLines.RspamdAsync(mails, folder, cancellationToken));
        }
        else
        {
            await output.WriteLineAsync($"skipped: rspamd ({Rspamd.Packages})");
        }

        if (SpamdScanner.IsInstalled)
        {
            CatchTable.Line(output, $"SpamAssassin, Bayes likewise, 1 of {every} mails", await PeerLines.SpamAssassinAsync(mails, every, folder, cancellationToken));
        }
        else
        {
            await output.WriteLineAsync($"skipped: SpamAssassin ({SpamdScanner.Packages})");
        }
    }

    /// <summary>The worst kind: somebody waits for this mail.</summary>
    private static void MadeFalsePositives(TextWriter output, IEnumerable<Scored> scores)
    {
        foreach (var theme in scores.Where(score => score.Mail.Label == MailLabel.Ham).GroupBy(score => score.Mail.Known.Group, StringComparer.Ordinal).Where(theme => theme.Any(score => score.IsMarked)).OrderByDescending(theme => theme.Count(score => score.IsMarked)))
        {
            var first = theme.First(score => score.IsMarked);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  honest {theme.Key}: {theme.Count(score => score.IsMarked)} of {theme.Count()} marked, such as {first.Mail.File}: {Reasons(first)}"));
        }
    }

    private static string Reasons(Scored score) =>
        string.Join(", ", score.Judgement!.Signals.Where(signal => signal.Weight != 0).OrderByDescending(signal => Math.Abs(signal.Weight)).Select(signal => string.Create(CultureInfo.InvariantCulture, $"{signal.Name} {signal.Weight:+0.0;-0.0}")));

    private static async Task FalsePositivesAsync(TextWriter output, IEnumerable<Scored> scores)
    {
        await output.WriteLineAsync("Ordinary mail that the shipped model and rules mark:");
        foreach (var score in scores.Where(score => score.IsMarked && score.Mail.Label == MailLabel.Ham).OrderByDescending(score => score.Score))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {score.Score,6:0.0} {score.Mail.File[..Math.Min(score.Mail.File.Length, 16)]} {score.Mail.Source}: {Reasons(score)}"));
        }
    }

    /// <summary>One message after another in a process that has run for a while, as behind a mail server.</summary>
    private static async Task WarmAsync(TextWriter output, IReadOnlyList<Labelled> mails, CancellationToken cancellationToken)
    {
        await using var services = WeirLines.Services("");
        var judge = services.GetRequiredService<IMessageJudge>();
        foreach (var mail in mails.Where((_, i) => i % 10 == 1))
        {
            _ = await judge.JudgeAsync(mail.ToJudge(), cancellationToken);
        }

        var times = new List<double>();
        var before = Environment.CpuUsage.TotalTime;
        foreach (var mail in mails.Where((_, i) => i % 5 == 0))
        {
            var message = mail.ToJudge();
            var started = TimeProvider.System.GetTimestamp();
            _ = await judge.JudgeAsync(message, cancellationToken);
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        }

        var perSecond = times.Count / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        times.Sort();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"warm, one after another: {perSecond:0} messages/s of processor time; p50 {times[times.Count / 2]:0.0} ms, p99 {times[times.Count * 99 / 100]:0.0} ms, longest {times[^1]:0.0} ms"));
    }
}

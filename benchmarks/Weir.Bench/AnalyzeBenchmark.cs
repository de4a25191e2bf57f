using System.Diagnostics;
using System.Globalization;
using Weir.Bench.Mail;
using Weir.Bench.Peers;

namespace Weir.Bench;

/// <summary>Messages a second that Weir judges on one core, beside rspamd and SpamAssassin on the same files by turns, and how long one message takes.</summary>
internal sealed class AnalyzeBenchmark : IBenchmark
{
    private const int Core = 0;
    private const int Rounds = 3;

    /// <summary>Messages that one filter scans before it is the other's turn.</summary>
    private const int Turn = 250;

    /// <summary>SpamAssassin gets each n-th message: it would need a quarter of an hour for all.</summary>
    private const int Share = 20;

    /// <summary>No round is begun later than this.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(9);

    public string Name => "analyze";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var mails = await LabelledMail.ReadAllAsync(cancellationToken);
        if (mails.Count == 0)
        {
            await output.WriteLineAsync("skipped: no labelled mail (WEIR_DATA)");
            return;
        }

        using var folder = new BenchFolder();
        await MeasureAsync(output, mails, folder, cancellationToken);
    }

    private static async Task MeasureAsync(TextWriter output, IReadOnlyList<LabelledMail> mails, BenchFolder folder, CancellationToken cancellationToken)
    {
        var sample = mails.Where((_, i) => i % Share == 0).ToList();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{mails.Count} messages of mail/dev, {mails.Sum(mail => (long)mail.Raw.Length) >> 20} MB; each server on core {Core} alone, one message after another; DNS, ClamAV, Redis, fuzzy storage and Bayes off"));
        await output.WriteLineAsync("Weir: its whole judgement behind a bare HTTP door (a message in, verdict and signals out as JSON), the connection kept");
        await using var weir = await StartWeirAsync(cancellationToken);
        await using var rspamd = await StartRspamdAsync(output, folder, cancellationToken);
        await using var spamd = await StartSpamdAsync(output, folder, sample.Count, cancellationToken);
        foreach (var scanner in new[] { weir, rspamd }.OfType<IScanner>())
        {
            await new Pace(scanner).ScanAsync(mails, cancellationToken); // warm
        }

        if (spamd is not null)
        {
            await new Pace(spamd).ScanAsync([.. sample.Take(25)], cancellationToken); // warm
        }

        var (all, allRspamd) = (new Pace(weir), rspamd is null ? null : new Pace(rspamd));
        var (some, someSpamd) = (new Pace(weir), spamd is null ? null : new Pace(spamd));
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < Rounds && (round == 0 || clock.Elapsed < Enough); round++)
        {
            await RoundAsync(mails, cancellationToken, all, allRspamd);
            await RoundAsync(sample, cancellationToken, some, someSpamd);
        }

        await ReportAsync(output, all, allRspamd, some, someSpamd);
    }

    private static async Task<IScanner> StartWeirAsync(CancellationToken cancellationToken)
    {
        var port = ServerProcess.FreePort();
        var own = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        var weir = ServerProcess.Start("weir", Core, own, JudgeDoor.Word, port.ToString(CultureInfo.InvariantCulture));
        await weir.UntilItListensAsync(port, cancellationToken);
        return new HttpScanner(weir, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));
    }

    private static async Task<IScanner?> StartRspamdAsync(TextWriter output, BenchFolder folder, CancellationToken cancellationToken)
    {
        if (!Rspamd.IsInstalled || !Environment.IsPrivilegedProcess)
        {
            await output.WriteLineAsync($"rspamd: skipped; it must be installed ({Rspamd.Packages}) and needs root to change its user");
            return null;
        }

        var port = ServerProcess.FreePort();
        var server = await Rspamd.StartAsync(folder.New("rspamd"), port, Core, asMilter: false, cancellationToken);
        await output.WriteLineAsync("rspamd: /checkv2 of one worker, Debian's rules; it closes each connection itself");
        return new HttpScanner(server, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/checkv2")));
    }

    private static async Task<IScanner?> StartSpamdAsync(TextWriter output, BenchFolder folder, int count, CancellationToken cancellationToken)
    {
        if (!SpamdScanner.IsInstalled || !Environment.IsPrivilegedProcess)
        {
            await output.WriteLineAsync($"SpamAssassin: skipped; it must be installed ({SpamdScanner.Packages}) and needs root to change its user");
            return null;
        }

        var scanner = await SpamdScanner.StartAsync(folder.New("spamd"), Core, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"SpamAssassin: spamd --local with one child, Debian's rules; each {Share}th message ({count}), a connection each as its protocol wants"));
        return scanner;
    }

    /// <summary>Both scan the same messages by turns; who begins changes with each turn.</summary>
    private static async Task RoundAsync(IReadOnlyList<LabelledMail> mails, CancellationToken cancellationToken, params Pace?[] paces)
    {
        var order = paces.OfType<Pace>().ToList();
        foreach (var turn in mails.Chunk(Turn))
        {
            foreach (var pace in order)
            {
                await pace.ScanAsync(turn, cancellationToken);
            }

            order.Reverse();
        }

        order.ForEach(pace => pace.EndRound());
    }

    private static async Task ReportAsync(TextWriter output, Pace weir, Pace? rspamd, Pace weirOnSample, Pace? spamd)
    {
        await output.WriteLineAsync($"{"",-26} {"messages/s: median",18} {"least",8} {"of processor time",18} {"p50 ms",8} {"p99 ms",8}");
        foreach (var (name, pace) in new[] { ("weir", weir), ("rspamd", rspamd), ("weir, SpamAssassin's files", weirOnSample), ("SpamAssassin", spamd) })
        {
            if (pace is not null)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-26} {Figures.Median(pace.Wall),18:0.0} {pace.Wall.Min(),8:0.0} {Figures.Median(pace.Processor),18:0.0} {pace.Milliseconds(0.5),8:0.0} {pace.Milliseconds(0.99),8:0.0}"));
            }
        }

        foreach (var (name, aim, own, peer) in new[] { ("rspamd", 1, weir, rspamd), ("SpamAssassin", 10, weirOnSample, spamd) })
        {
            if (peer is not null)
            {
                await output.WriteLineAsync(Figures.AtLeast($"weir / {name}", aim, own.Wall, peer.Wall));
                await output.WriteLineAsync(Figures.AtLeast($"weir / {name}, processor time", aim, own.Processor, peer.Processor));
            }
        }

        await output.WriteLineAsync(Figures.Below("weir, p50 without pictures and PDF", 5, weir.PlainMilliseconds(0.5)));
        await output.WriteLineAsync(Figures.Below("weir, p99 without pictures and PDF", 50, weir.PlainMilliseconds(0.99)));
        await output.WriteLineAsync(Figures.Below("weir, p99 with pictures or PDF", 300, weir.PictureMilliseconds(0.99)));
    }
}

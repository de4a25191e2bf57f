using System.Globalization;
using Weir.Bench.Mail;
using Weir.Bench.Peers;

namespace Weir.Bench;

/// <summary>Messages a second that Weir takes by SMTP, judges and has on disk before it answers, beside Postfix taking the same mail into its queue by turns.</summary>
internal sealed class IntakeBenchmark : IBenchmark
{
    private const int Connections = 8;
    private const int PerRound = 1000;
    private const int Passes = 3;

    public string Name => "intake";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        List<SmtpMail> mails = [.. (await LabelledMail.ReadAllAsync(cancellationToken)).Select(mail => new SmtpMail(mail))];
        if (mails.Count == 0)
        {
            await output.WriteLineAsync("skipped: no labelled mail (WEIR_DATA)");
            return;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"messages of mail/dev over {Connections} kept connections on loopback, {PerRound} a turn; every answer after an fsync; all cores for both"));
        await output.WriteLineAsync("Weir: weir serve, its journal door; each message is also judged, and shown in the event store. DNS, ClamAV off");
        using var folder = new BenchFolder();
        var port = ServerProcess.FreePort();
        await using var weir = await WeirServer.StartAsync(folder.New("weir"), core: null, journal: port, milter: null, cancellationToken);
        await using var toWeir = await SmtpLoad.OpenAsync(port, Connections, stranger: null, cancellationToken);
        await using var postfix = await StartPostfixAsync(output, folder, cancellationToken);
        await using var toPostfix = postfix is null ? null : await SmtpLoad.OpenAsync(postfix.Holding, Connections, stranger: null, cancellationToken);

        var own = new Turns(weir, toWeir);
        var peer = postfix is null || toPostfix is null ? null : new Turns(postfix.Process, toPostfix);
        var order = new[] { own, peer }.OfType<Turns>().ToList();
        for (var pass = 0; pass <= Passes; pass++)
        {
            foreach (var round in mails.Chunk(PerRound).Where(round => round.Length == PerRound || mails.Count < PerRound))
            {
                foreach (var turns in order)
                {
                    // Another recipient in each pass: the same message to the same person would be known already.
                    await turns.SendAsync(round, string.Create(CultureInfo.InvariantCulture, $"anna{pass}@corp.example"), isWarm: pass > 0, cancellationToken);
                }

                order.Reverse();
            }

            if (postfix is not null && await postfix.EmptyHoldAsync(cancellationToken) is var held && held != peer?.SentSinceAsked())
            {
                throw new InvalidOperationException($"Postfix took more messages than the {held} that it holds.");
            }
        }

        await ReportAsync(output, own, peer);
    }

    private static async Task<Postfix?> StartPostfixAsync(TextWriter output, BenchFolder folder, CancellationToken cancellationToken)
    {
        if (!Postfix.IsInstalled || !Environment.IsPrivilegedProcess)
        {
            await output.WriteLineAsync($"Postfix: skipped; it must be installed ({Postfix.Packages}) and needs root");
            return null;
        }

        await output.WriteLineAsync("Postfix: smtpd and cleanup with Debian's settings, the mail held in the queue (nothing is delivered)");
        return await Postfix.StartAsync(folder.New("postfix"), [], cancellationToken);
    }

    private static async Task ReportAsync(TextWriter output, Turns weir, Turns? postfix)
    {
        await output.WriteLineAsync($"{"",-10} {"messages/s: median",18} {"least",8} {"processor ms each",18} {"p50 ms",8} {"p99 ms",8}");
        foreach (var (name, turns) in new[] { ("weir", weir), ("postfix", postfix) })
        {
            if (turns is not null)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {Figures.Median(turns.PerSecond),18:0} {turns.PerSecond.Min(),8:0} {Figures.Median(turns.ProcessorMilliseconds),18:0.00} {turns.Milliseconds(0.5),8:0.0} {turns.Milliseconds(0.99),8:0.0}"));
            }
        }

        if (postfix is not null)
        {
            await output.WriteLineAsync(Figures.AtLeast("weir / postfix", 1, weir.PerSecond, postfix.PerSecond));
        }
    }
}

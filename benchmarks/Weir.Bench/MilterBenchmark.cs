using System.Globalization;
using Weir.Bench.Mail;
using Weir.Bench.Peers;

namespace Weir.Bench;

/// <summary>Messages a second through one Postfix with Weir as its milter, with rspamd as its milter and with none, by turns, and what each adds to the time of an answer.</summary>
internal sealed class MilterBenchmark : IBenchmark
{
    private const int Core = 0;
    private const int Connections = 8;
    private const int PerTurn = 500;
    private const int OneByOne = 100;
    private const int Rounds = 8;

    /// <summary>An address of nobody (RFC 5737), so that filters take the client for a stranger.</summary>
    private const string Stranger = "203.0.113.7";

    public string Name => "milter";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        List<SmtpMail> mails = [.. (await LabelledMail.ReadAllAsync(cancellationToken)).Select(mail => new SmtpMail(mail))];
        if (mails.Count == 0 || !Postfix.IsInstalled || !Environment.IsPrivilegedProcess)
        {
            await output.WriteLineAsync($"skipped: it needs labelled mail (WEIR_DATA), Postfix ({Postfix.Packages}) and root");
            return;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"messages of mail/dev through one Postfix that throws them away behind its queue; each milter on core {Core} alone, one process; DNS, ClamAV, Redis off"));
        await output.WriteLineAsync("Weir: weir serve in watch mode; each message is recorded with an fsync before the answer, and shown in the event store");
        using var folder = new BenchFolder();
        var (weirPort, rspamdPort) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        await using var weir = await WeirServer.StartAsync(folder.New("weir"), Core, journal: null, milter: weirPort, cancellationToken);
        await using var rspamd = await StartRspamdAsync(output, folder, rspamdPort, cancellationToken);
        await using var postfix = await Postfix.StartAsync(folder.New("postfix"), [weirPort, rspamdPort], cancellationToken);
        await using var toWeir = await Door.OpenAsync(weir, postfix.Filtered[0], cancellationToken);
        await using var toRspamd = rspamd is null ? null : await Door.OpenAsync(rspamd, postfix.Filtered[1], cancellationToken);
        await using var toNone = await Door.OpenAsync(postfix.Process, postfix.Plain, cancellationToken);
        var doors = new[] { toWeir, toRspamd, toNone }.OfType<Door>().ToList();
        var turns = mails.Chunk(PerTurn).Where(turn => turn.Length == PerTurn || mails.Count < PerTurn).ToList();
        for (var round = -2; round < Rounds; round++)
        {
            // Two rounds to become warm. Recipients differ, because a message that comes again is known already.
            var turn = turns[(round + 2) % turns.Count];
            foreach (var door in doors)
            {
                await door.SendAsync(turn, round, cancellationToken);

                // Postfix is done with the mail of this turn before the next one is measured.
                await postfix.Process.UntilIdleAsync(cancellationToken);
            }

            doors.Reverse();
        }

        await ReportAsync(output, toWeir, toRspamd, toNone);
    }

    private static async Task<ServerProcess?> StartRspamdAsync(TextWriter output, BenchFolder folder, int port, CancellationToken cancellationToken)
    {
        if (!Rspamd.IsInstalled)
        {
            await output.WriteLineAsync($"rspamd: skipped; it must be installed ({Rspamd.Packages})");
            return null;
        }

        await output.WriteLineAsync("rspamd: one proxy worker that scans itself, Debian's rules; nothing is refused");
        return await Rspamd.StartAsync(folder.New("rspamd"), port, Core, asMilter: true, cancellationToken);
    }

    private static async Task ReportAsync(TextWriter output, Door weir, Door? rspamd, Door none)
    {
        await output.WriteLineAsync($"{"",-10} {"messages/s: median",18} {"least",8} {"processor ms each",18} {"one by one: p50 ms",19} {"added ms",9} {"p99 ms",8}");
        foreach (var (name, door) in new[] { ("no milter", none), ("weir", weir), ("rspamd", rspamd) })
        {
            if (door is not null)
            {
                var added = door == none ? "" : string.Create(CultureInfo.InvariantCulture, $"{door.OneByOne.Milliseconds(0.5) - none.OneByOne.Milliseconds(0.5):0.0}");
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {Figures.Median(door.Together.PerSecond),18:0} {door.Together.PerSecond.Min(),8:0} {Figures.Median(door.Together.ProcessorMilliseconds),18:0.00} {door.OneByOne.Milliseconds(0.5),19:0.0} {added,9} {door.OneByOne.Milliseconds(0.99),8:0.0}"));
            }
        }

        if (rspamd is not null)
        {
            await output.WriteLineAsync(Figures.AtLeast("weir / rspamd, messages a second behind Postfix", 1.5, weir.Together.PerSecond, rspamd.Together.PerSecond));
        }
    }

    /// <summary>One of Postfix's doors: many connections for how much, one for how long.</summary>
    private sealed class Door : IAsyncDisposable
    {
        private readonly SmtpLoad _many;
        private readonly SmtpLoad _one;

        private Door(ServerProcess filter, SmtpLoad many, SmtpLoad one)
        {
            (_many, _one) = (many, one);
            (Together, OneByOne) = (new Turns(filter, many), new Turns(filter, one));
        }

        public Turns Together { get; }

        public Turns OneByOne { get; }

        public static async Task<Door> OpenAsync(ServerProcess filter, int port, CancellationToken cancellationToken) => new(
            filter,
            await SmtpLoad.OpenAsync(port, Connections, Stranger, cancellationToken),
            await SmtpLoad.OpenAsync(port, connections: 1, Stranger, cancellationToken));

        public async Task SendAsync(IReadOnlyList<SmtpMail> turn, int round, CancellationToken cancellationToken)
        {
            var to = string.Create(CultureInfo.InvariantCulture, $"{round + 2}@corp.example");
            await Together.SendAsync(turn, "anna" + to, isWarm: round >= 0, cancellationToken);
            await OneByOne.SendAsync([.. turn.Take(MilterBenchmark.OneByOne)], "ben" + to, isWarm: round >= 0, cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await _many.DisposeAsync();
            await _one.DisposeAsync();
        }
    }
}

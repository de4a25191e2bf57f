using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Bench.Mail;
using Weir.Bench.Peers;

namespace Weir.Bench;

/// <summary>How fast stored mail is judged again (aim: 500 messages a second on two cores), by <c>weir rejudge</c> beside a running server.</summary>
internal sealed partial class RejudgingBenchmark : IBenchmark
{
    private const int Mailboxes = 1_000;
    private const int MessagesEach = 8;
    private const int Connections = 8;
    private const int Turns = 3;

    public string Name => "rejudging";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        List<SmtpMail> mails = [.. (await LabelledMail.ReadAllAsync(cancellationToken)).Select(mail => new SmtpMail(mail))];
        if (mails.Count == 0)
        {
            await output.WriteLineAsync("skipped, no labelled mail (WEIR_DATA)");
            return;
        }

        using var folder = new BenchFolder();
        var port = ServerProcess.FreePort();
        var home = folder.New("weir");
        await using var weir = await WeirServer.StartAsync(home, core: null, journal: port, milter: null, cancellationToken);
        await using (var load = await SmtpLoad.OpenAsync(port, Connections, stranger: null, cancellationToken))
        {
            for (var i = 0; i < Mailboxes; i++)
            {
                await load.SendAsync([.. Enumerable.Range(0, MessagesEach).Select(n => mails[((i * MessagesEach) + n) % mails.Count])], string.Create(CultureInfo.InvariantCulture, $"p{i}@corp.example"), cancellationToken);
            }
        }

        var data = Path.Combine(home, "data");
        for (var turn = 1; turn <= Turns; turn++)
        {
            var clock = Stopwatch.StartNew();
            var said = await Command.RunAsync(WeirServer.Program, ["rejudge", "--days", "1", "--reason", $"turn {turn}", "--data", data], cancellationToken);
            var judged = long.Parse(Judged().Match(said).Groups["judged"].ValueSpan, CultureInfo.InvariantCulture);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"turn {turn}: {judged} stored messages judged again in {clock.Elapsed.TotalSeconds:0.0} s, {judged / clock.Elapsed.TotalSeconds:0} a second (aim: 500 on two cores); {said.Trim()}"));
        }
    }

    [GeneratedRegex(@"^(?<judged>[0-9]+) of", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Judged();
}

using System.Globalization;
using System.Text.Json;
using Weir.Bench.Mail;
using Weir.Bench.Peers;

namespace Weir.Bench;

/// <summary>
/// Resident memory of the demo that nobody uses, right after it was filled (aim: under 600 MB), and of <c>weir serve</c> while 100,000 messages come in by SMTP
/// as fast as it takes them: the end against ten thousand (aim: 1.2 times at most).
/// </summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const int First = 10_000;
    private const int Last = 100_000;
    private const int Connections = 8;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(15);

    public string Name => "memory";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await IdleDemoAsync(output, cancellationToken);
        await LoadAsync(output, cancellationToken);
    }

    private static async Task IdleDemoAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder();
        var data = Path.Combine(folder.Path, "demo");
        var port = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        await using var demo = ServerProcess.Start("weir demo", core: null, WeirServer.Program, "demo", "--no-browser", "--port", port, "--data", data);
        var most = 0.0;
        await demo.UntilAsync(
            () =>
            {
                most = Math.Max(most, demo.Megabytes);
                return IsFilled(data);
            },
            cancellationToken);
        await Task.Delay(Idle, TimeProvider.System, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"demo, filled and idle for a minute: {demo.Megabytes:0} MB (aim: under 600); most while it was filled {most:0} MB"));
    }

    private static async Task LoadAsync(TextWriter output, CancellationToken cancellationToken)
    {
        List<SmtpMail> mails = [.. (await LabelledMail.ReadAllAsync(cancellationToken)).Select(mail => new SmtpMail(mail))];
        if (mails.Count == 0)
        {
            await output.WriteLineAsync("messages by SMTP: skipped, no labelled mail (WEIR_DATA)");
            return;
        }

        using var folder = new BenchFolder();
        var port = ServerProcess.FreePort();
        await using var weir = await WeirServer.StartAsync(folder.New("weir"), core: null, journal: port, milter: null, cancellationToken);
        await using var load = await SmtpLoad.OpenAsync(port, Connections, stranger: null, cancellationToken);
        var reached = new List<double>();
        var sent = 0;
        foreach (var mark in new[] { First, Last })
        {
            for (; sent < mark; sent += mails.Count)
            {
                // Another recipient each time: the same message to the same person would be known already.
                await load.SendAsync(mails, string.Create(CultureInfo.InvariantCulture, $"anna{sent}@corp.example"), cancellationToken);
            }

            await Task.Delay(Settled, TimeProvider.System, cancellationToken);
            reached.Add(weir.Megabytes);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"weir serve after {sent} messages by SMTP: {reached[^1]:0} MB"));
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"end / first: {reached[1] / reached[0]:0.00} (aim: 1.2 at most)"));
    }

    /// <summary>The demo's own note of how far it is.</summary>
    private static bool IsFilled(string data)
    {
        try
        {
            using var state = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(data, "demo-state.json")));
            return state.RootElement.GetProperty("historyComplete").GetBoolean();
        }
        catch (IOException)
        {
            // It is not there yet, or just being replaced.
            return false;
        }
    }
}

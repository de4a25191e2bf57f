using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Weir.Bench.Mail;
using Weir.Bench.Peers;
using Weir.Mail.Contracts;

namespace Weir.Bench;

/// <summary>
/// How long after its arrival a message is in Explorer's grid while <i>Live</i> is on: mail comes in over SMTP at a steady pace, is judged and recorded, and the browser notes
/// which is the newest that it shows. Aim: p95 under two seconds at a hundred messages a second.
/// </summary>
internal sealed class LiveBenchmark : IBenchmark
{
    private const string Executable = "/usr/bin/chromium";
    private const string Password = "only for this bench";
    private const int PerSecond = 100;
    private const int Seconds = 30;
    private const int Connections = 4;
    private const int Behind = 1_000_000;

    /// <summary>Notes, with the time, each new highest number among the subjects that are drawn.</summary>
    private const string Watch = """
        () => {
          window.seen = [];
          let newest = -1;
          const look = () => {
            for (const cell of document.querySelectorAll('.grid-row .grid-cell.subject')) {
              const number = Number(/^Live message (\d+)$/.exec(cell.textContent)?.[1] ?? -1);
              if (number > newest) {
                newest = number;
                window.seen.push([performance.timeOrigin + performance.now(), newest]);
              }
            }
          };
          new MutationObserver(look).observe(document.getElementById('messages'), { subtree: true, childList: true, characterData: true });
        }
        """;

    public string Name => "live";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        if (!File.Exists(Executable))
        {
            await output.WriteLineAsync("skipped: needs Chromium (apt-get install --no-install-recommends chromium)");
            return;
        }

        using var folder = new BenchFolder();
        var directory = folder.New("weir");
        var data = Path.Combine(directory, "data");
        _ = await Command.RunAsync(WeirServer.Program, ["sample", "--rows", Behind.ToString(CultureInfo.InvariantCulture), "--data", data], cancellationToken);
        _ = await Command.RunAsync(WeirServer.Program, ["account", "add", "bench", "--role", "Data Investigator", "--data", data], cancellationToken, input: Password + "\n");
        var (journal, portal) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        await using var weir = await WeirServer.StartAsync(directory, core: null, journal, milter: null, cancellationToken, portal);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"], Headless = true });
        var page = await OpenAsync(browser, portal);
        var arrived = await SendAsync(journal, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
        var seen = await page.EvaluateAsync<double[][]>("() => window.seen");
        var lags = arrived.Select((at, number) => (At: at, Shown: seen.Where(sight => sight[1] >= number).Select(sight => sight[0]).DefaultIfEmpty(double.PositiveInfinity).First()))
            .Select(pair => pair.Shown - pair.At).Order().ToList();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{PerSecond} messages/s over SMTP for {Seconds} s beside {Behind:N0} rows: in the grid after p50 {lags[lags.Count / 2]:0} ms, p95 {lags[(int)Math.Ceiling(lags.Count * 0.95) - 1]:0} ms, longest {lags[^1]:0} ms (aim: p95 under 2000); {seen.Length} times something new was drawn"));
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, int port)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = $"http://127.0.0.1:{port}", ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("User name").FillAsync("bench");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Locator(".grid-row:not(.waiting)").First.WaitForAsync();
        await page.GotoAsync("/explorer?live=on");
        await page.Locator(".grid-row:not(.waiting)").First.WaitForAsync();
        await page.EvaluateAsync(Watch);
        return page;
    }

    /// <summary>Sends at the pace, whatever the answers take.</summary>
    /// <returns>When each was handed over, in milliseconds since 1970.</returns>
    private static async Task<double[]> SendAsync(int port, CancellationToken cancellationToken)
    {
        var arrived = new double[PerSecond * Seconds];
        var start = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async first =>
        {
            await using var connection = await SmtpConnection.OpenAsync(port, stranger: null, cancellationToken);
            for (var number = first; number < arrived.Length; number += Connections)
            {
                var due = start.AddSeconds(number / (double)PerSecond);
                if (due - TimeProvider.System.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, TimeProvider.System, cancellationToken);
                }

                var now = TimeProvider.System.GetUtcNow();
                arrived[number] = now.ToUnixTimeMilliseconds();
                var text = $"From: Anna <anna@partner.example>\r\nTo: ben@corp.example\r\nSubject: Live message {number}\r\nDate: {now:r}\r\nMessage-ID: <live-{number}@partner.example>\r\n\r\nHello Ben, this is number {number}.\r\n";
                await connection.SendAsync(new SmtpMail(new LabelledMail("live", Encoding.ASCII.GetBytes(text), new Envelope { MailFrom = "anna@partner.example" })), "ben@corp.example", cancellationToken);
            }
        }));
        return arrived;
    }
}

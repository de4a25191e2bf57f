using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using Weir.Bench.Peers;

namespace Weir.Bench;

/// <summary>
/// Explorer's views in Chromium on many rows (WEIR_BENCH_ROWS, ten million): from asking for the page until twenty real rows, the chart and the total
/// are painted. The rows are made by <c>weir sample --rows</c>. Aim: p95 under 800 ms.
/// </summary>
internal sealed class FirstViewBenchmark : IBenchmark
{
    private const string Executable = "/usr/bin/chromium";
    private const int Visits = 40;

    /// <summary>Views of which the rows have something; the first is the usual one.</summary>
    private static readonly string[] Views = ["/explorer", "/explorer/malware", "/explorer/phish", "/explorer/phish?tab=users"];

    private const string Password = "only for this bench";

    /// <summary>Milliseconds since the address was asked for, taken in the first frame that shows everything.</summary>
    private const string Painted = """
        () => new Promise(done => {
          const look = () => {
            const rows = document.querySelectorAll('.grid-row:not(.waiting)').length;
            const total = /[\d,]+ messages/.test(document.querySelector('[data-testid=counted]')?.textContent ?? '');
            const canvas = document.querySelector('#chart canvas');
            const chart = canvas && canvas.width > 0
              && canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value, i) => i % 4 === 3 && value > 0);
            if (rows >= 20 && total && chart) {
              requestAnimationFrame(() => done(performance.now()));
            } else {
              requestAnimationFrame(look);
            }
          };
          look();
        })
        """;

    public string Name => "first-view";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        if (!File.Exists(Executable))
        {
            await output.WriteLineAsync("skipped: needs Chromium (apt-get install --no-install-recommends chromium)");
            return;
        }

        using var folder = new BenchFolder();
        var data = Path.Combine(folder.Path, "rows");
        var rows = ExplorerBenchmark.WantedRows.ToString(CultureInfo.InvariantCulture);
        var made = await Command.RunAsync(WeirServer.Program, ["sample", "--rows", rows, "--data", data], cancellationToken);
        await output.WriteLineAsync(made.Trim().Split('\n')[^1].Split(". Data:")[0]);
        _ = await Command.RunAsync(WeirServer.Program, ["account", "add", "bench", "--role", "Data Investigator", "--data", data], cancellationToken, input: Password + "\n");
        var port = ServerProcess.FreePort();
        await using var weir = ServerProcess.Start("weir serve", core: null, WeirServer.Program, "serve", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data);
        await weir.UntilItListensAsync(port, cancellationToken);
        await foreach (var (view, times) in VisitAsync(new Uri($"http://127.0.0.1:{port}"), cancellationToken))
        {
            times.Sort();
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{Visits} visits of {view}: 20 rows, chart and total painted after p50 {times[times.Count / 2]:0} ms, p95 {times[(int)Math.Ceiling(times.Count * 0.95) - 1]:0} ms, longest {times[^1]:0} ms (aim: p95 under 800); server {weir.Megabytes:0} MB"));
        }
    }

    private static async IAsyncEnumerable<(string View, List<double> Times)> VisitAsync(Uri address, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"], Headless = true });
        await using var context = await browser.NewContextAsync(new() { BaseURL = address.AbsoluteUri, ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("User name").FillAsync("bench");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Locator(".grid-row:not(.waiting)").First.WaitForAsync();
        foreach (var view in Views)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var times = new List<double>();
            for (var visit = 0; visit < Visits; visit++)
            {
                await page.GotoAsync("about:blank");
                await page.GotoAsync(view, new() { WaitUntil = WaitUntilState.Commit });
                times.Add(await page.EvaluateAsync<double>(Painted));
            }

            yield return (view, times);
        }
    }
}

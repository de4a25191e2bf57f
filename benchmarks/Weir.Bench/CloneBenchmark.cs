using System.Diagnostics;
using System.Globalization;
using Weir.Bench.Peers;

namespace Weir.Bench;

/// <summary>From <c>git clone</c> to the portal's first page, with no package of .NET's or npm's at hand. Aim: under five minutes on two cores.</summary>
internal sealed class CloneBenchmark : IBenchmark
{
    public string Name => "clone";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder();
        var port = ServerProcess.FreePort();
        var clone = Path.Combine(folder.Path, "weir");
        var clock = Stopwatch.StartNew();
        _ = await Command.RunAsync("git", ["clone", "--quiet", Command.Repository, clone], cancellationToken);
        await using var demo = ServerProcess.Start(
            "./weir demo", core: null, "env", $"NUGET_PACKAGES={folder.New("packages")}", $"npm_config_cache={folder.New("npm")}",
            Path.Combine(clone, "weir"), "demo", "--no-browser", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", Path.Combine(folder.Path, "demo"));
        await demo.UntilItListensAsync(port, cancellationToken);
        using var http = new HttpClient();
        using var page = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/sign-in"), cancellationToken);
        page.EnsureSuccessStatusCode();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"portal after {clock.Elapsed.TotalSeconds:0} s (aim: under 300)"));
    }
}

using System.Globalization;
using System.Text.Json;
using Weir.Bench.Peers;

namespace Weir.Bench;

/// <summary>
/// Resident memory of the demo while 100,000 messages pass through intake: the end against ten thousand (aim: 1.2 times at most), and the demo of 18,000
/// that nobody uses (aim: under 600 MB), right after it was filled.
/// </summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    public string Name => "memory";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await MeasureAsync(output, 18_000, [18_000], cancellationToken);
        await MeasureAsync(output, 100_000, [10_000, 100_000], cancellationToken);
    }

    private static async Task MeasureAsync(TextWriter output, int messages, IReadOnlyList<int> marks, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder();
        var data = Path.Combine(folder.Path, "demo");
        var port = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        await using var demo = ServerProcess.Start("weir demo", core: null, WeirServer.Program, "demo", "--no-browser", "--port", port, "--data", data, "--messages", messages.ToString(CultureInfo.InvariantCulture));
        var reached = new List<double>();
        var most = 0.0;
        foreach (var wanted in marks)
        {
            await demo.UntilAsync(
                () =>
                {
                    most = Math.Max(most, demo.Megabytes);
                    var (events, isComplete) = Progress(data);
                    return wanted == messages ? isComplete : events >= wanted;
                },
                cancellationToken);
            reached.Add(demo.Megabytes);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{messages} messages: {reached[^1]:0} MB at {wanted}, most until then {most:0} MB"));
        }

        if (reached.Count > 1)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"end / {marks[0]}: {reached[^1] / reached[0]:0.00} (aim: 1.2 at most)"));
        }
        else
        {
            await Task.Delay(Idle, TimeProvider.System, cancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{messages} messages, idle for a minute: {demo.Megabytes:0} MB (aim: under 600)"));
        }
    }

    /// <summary>The demo's own note of how far it is.</summary>
    private static (long Events, bool IsComplete) Progress(string data)
    {
        try
        {
            using var state = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(data, "demo-state.json")));
            return (state.RootElement.GetProperty("historyFed").GetInt64(), state.RootElement.GetProperty("historyComplete").GetBoolean());
        }
        catch (IOException)
        {
            return (0, false);
        }
    }
}

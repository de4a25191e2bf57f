using System.Diagnostics;
using System.Globalization;

namespace Weir.Bench;

/// <summary>From <c>git clone</c> to the portal's first page, with no package of .NET's or npm's at hand. Aim: under five minutes on two cores.</summary>
internal sealed class CloneBenchmark : IBenchmark
{
    public string Name => "clone";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("weir-bench-clone-").FullName;
        try
        {
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["NUGET_PACKAGES"] = Path.Combine(folder, "packages"),
                ["npm_config_cache"] = Path.Combine(folder, "npm"),
            };
            var clock = Stopwatch.StartNew();
            var clone = Path.Combine(folder, "weir");
            _ = await Command.RunAsync("git", ["clone", "--quiet", Command.Repository, clone], cancellationToken);
            using var demo = Command.Start(Path.Combine(clone, "weir"), ["demo", "--no-browser"], clone, environment);
            demo.ErrorDataReceived += (_, _) => { };
            demo.BeginErrorReadLine();
            try
            {
                await PortalAsync(demo, cancellationToken);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"portal after {clock.Elapsed.TotalSeconds:0} s (aim: 300)"));
            }
            finally
            {
                await Command.StopAsync(demo);
            }
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PortalAsync(Process demo, CancellationToken cancellationToken)
    {
        const string Mark = "Portal: ";
        while (await demo.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                _ = demo.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                using var http = new HttpClient();
                using var page = await http.GetAsync(new Uri(new Uri(line[Mark.Length..].Split(' ')[0]), "/sign-in"), cancellationToken);
                page.EnsureSuccessStatusCode();
                return;
            }
        }

        throw new InvalidOperationException("weir demo ended before its portal was there.");
    }
}

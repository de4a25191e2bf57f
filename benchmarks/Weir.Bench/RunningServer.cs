using System.Diagnostics;
using System.Globalization;

namespace Weir.Bench;

/// <summary><c>weir</c> as its users run it: the optimised build, in a process of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly Process _process;

    private RunningServer(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Builds when something changed, as it does for everybody.</summary>
    public static string Program { get; } = Path.Combine(Command.Repository, "weir");

    public Uri Address { get; }

    /// <summary>Resident memory now, in megabytes (<c>VmRSS</c>).</summary>
    public double Megabytes => Kilobytes("VmRSS:") / 1024.0;

    /// <summary>The most it ever was, in megabytes (<c>VmHWM</c>).</summary>
    public double MostMegabytes => Kilobytes("VmHWM:") / 1024.0;

    /// <summary>Starts a command that serves the portal, and waits until it says where.</summary>
    /// <param name="mark">The words before the address.</param>
    public static async Task<RunningServer> StartAsync(string mark, CancellationToken cancellationToken, params string[] arguments)
    {
        var process = Command.Start(Program, arguments);
        var said = new List<string>();
        process.ErrorDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains(mark, StringComparison.Ordinal))
            {
                var address = line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..].Trim().Split(' ')[0];
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new RunningServer(process, new Uri(address));
            }
        }

        throw new InvalidOperationException($"weir {string.Join(' ', arguments)} ended: {string.Join('\n', said)}");
    }

    public async ValueTask DisposeAsync()
    {
        await Command.StopAsync(_process);
        _process.Dispose();
    }

    private long Kilobytes(string field) =>
        long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
}

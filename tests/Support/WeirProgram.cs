using System.Diagnostics;

namespace Weir.Tests.Support;

/// <summary>The program <c>weir</c> as it was built beside the tests.</summary>
internal static class WeirProgram
{
    private static readonly string Program = Path.Combine(Repository.Root, "artifacts", "bin", "Weir.Server", "debug", "weir");

    /// <summary>How a command ended and what it said.</summary>
    internal sealed record Ended(int Code, string Output, string Errors);

    /// <summary>Runs a command to its end.</summary>
    public static Task<Ended> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <summary>Runs a command that reads its standard input.</summary>
    public static async Task<Ended> RunWithInputAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ended(process.ExitCode, output, await errors);
    }

    /// <summary>Starts a command that goes on.</summary>
    public static Process Start(params string[] arguments) =>
        TestRun.Start(new ProcessStartInfo(Program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
}

/// <summary><c>weir serve</c> on a data directory, in a process of its own.</summary>
internal sealed class RunningWeir : IAsyncDisposable
{
    private const string Ready = "Weir is ready: ";

    private readonly Process _process;
    private readonly List<string> _said = [];

    private readonly TaskCompletionSource<string?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningWeir(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.OutputDataReceived += (_, line) =>
        {
            Note(line.Data);
            if (line.Data is null || line.Data.StartsWith(Ready, StringComparison.Ordinal))
            {
                _ready.TrySetResult(line.Data?[Ready.Length..]);
            }
        };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Where the portal listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Everything it wrote so far.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    /// <summary>Starts it on a free port and waits until it is ready.</summary>
    public static async Task<RunningWeir> StartAsync(string data)
    {
        var weir = new RunningWeir(WeirProgram.Start("serve", "--data", data, "--port", "0"));
        if (await weir._ready.Task.WaitAsync(TestContext.Current.CancellationToken) is { } address)
        {
            weir.Address = new Uri(address);
            return weir;
        }

        await weir.DisposeAsync();
        throw new InvalidOperationException($"weir serve ended before it was ready: {string.Join('\n', weir.Said)}");
    }

    /// <summary>SIGKILL: nothing is flushed, closed or said.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM: it ends in order.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", [$"{_process.Id}"]);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (_said)
            {
                _said.Add(line);
            }
        }
    }
}

using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Weir.Storage.Contracts;

namespace Weir.EndToEnd.Tests.Support;

/// <summary>A Weir in a process of its own, so that it can be killed at any point.</summary>
internal sealed class ChildHost : IDisposable
{
    private readonly Process _process;

    private ChildHost(Process process) => _process = process;

    public static async Task<ChildHost> StartAsync(Lab lab, DataDirectory data)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        string[] arguments = ["host", data.Path, .. WeirHost.SettingsFor(lab).Select(pair => $"{pair.Key}={pair.Value}")];
        var process = TestRun.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true });
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return new ChildHost(process);
    }

    /// <summary>SIGKILL: nothing is flushed, closed or said.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>What the child process runs.</summary>
    public static async Task<int> RunAsync(string directory, string[] settings)
    {
        var data = new DataDirectory(directory);
        using var held = DataDirectoryLock.Take(data);
        using var host = WeirHost.Compose(data, settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1], StringComparer.Ordinal));
        await WeirHost.PrepareAndStartAsync(host, CancellationToken.None);
        await Console.Out.WriteLineAsync("ready");
        await host.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Events.Tests.Support;

/// <summary>This test program started once more, as a process that appends messages and says which ones were acknowledged, until it is killed.</summary>
internal sealed class AppendingChild : IDisposable
{
    public const string Command = "append-until-killed";

    private const int Writers = 4;

    private readonly Process _process;

    public AppendingChild(string directory)
    {
        _process = TestRun.Start(new ProcessStartInfo(Environment.ProcessPath!, [Command, directory]) { RedirectStandardOutput = true, UseShellExecute = false });
    }

    /// <summary>The ids it acknowledged, at least so many, and then it is killed with SIGKILL.</summary>
    public async Task<List<NetworkMessageId>> KillAfterAsync(int count, CancellationToken cancellationToken)
    {
        var acknowledged = new List<NetworkMessageId>();
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            // The last line may be torn by the kill; a torn line acknowledges nothing.
            if (NetworkMessageId.TryParse(line, out var id))
            {
                acknowledged.Add(id);
            }

            if (acknowledged.Count == count)
            {
                _process.Kill();
            }
        }

        await _process.WaitForExitAsync(cancellationToken);
        return acknowledged;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    public static async Task AppendForeverAsync(string directory, CancellationToken cancellationToken)
    {
        var log = new Weir.Events.Log.EventLog(new DataDirectory(directory), TimeProvider.System, Microsoft.Extensions.Options.Options.Create(new EventsOptions()));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var id = new NetworkMessageId(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
                var recipient = string.Create(CultureInfo.InvariantCulture, $"user{RandomNumberGenerator.GetInt32(100)}@firm.example");
                await log.AppendAsync([Some.Received(id, recipient), Some.Judged(id, (recipient, "Deliver"))], cancellationToken);
                Console.Out.WriteLine(id);
            }
        }, cancellationToken)));
    }
}

using System.Runtime.InteropServices;
using Weir.Bench;
using Weir.Bench.Peers;
using Weir.Kernel;

if (args is [JudgeDoor.Word, var port])
{
    await JudgeDoor.RunAsync(port);
    return 0;
}

var parts = PartsRegistration.EveryImplementation<IBenchmark>(typeof(IBenchmark).Assembly).Select(type => (IBenchmark)Activator.CreateInstance(type)!).ToList();
var unknown = args.Except(parts.Select(part => part.Name), StringComparer.Ordinal).ToList();
if (unknown.Count > 0)
{
    await Console.Error.WriteLineAsync($"No benchmark is called {string.Join(", ", unknown)}. There are: {string.Join(", ", parts.Select(part => part.Name))}.");
    return 2;
}

// Servers that a part started are ended with it.
using var stop = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    foreach (var part in parts.Where(part => args.Length == 0 || args.Contains(part.Name, StringComparer.Ordinal)))
    {
        await Console.Out.WriteLineAsync($"== {part.Name}");
        await part.RunAsync(Console.Out, stop.Token);
    }

    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

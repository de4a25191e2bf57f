using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Weir.Bench.Peers;

/// <summary>A server under measurement: on one core when told so, its processor time read from the kernel, ended by SIGTERM.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The kernel tells times in hundredths of a second (USER_HZ).</summary>
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(15);
    private static readonly string[] Places = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

    private readonly Process _process;
    private readonly Queue<string> _said = new();

    private ServerProcess(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    /// <summary>Resident memory now, in megabytes.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>The command that ends it; nothing: SIGTERM does.</summary>
    private IReadOnlyList<string> StopWith { get; init; } = [];

    /// <summary>Where an installed program lies; nothing when it is not installed.</summary>
    public static string? Find(string program) => Places.Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);

    /// <summary>A port of this machine that nobody listens on.</summary>
    public static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)(probe.LocalEndPoint ?? throw new InvalidOperationException("A bound socket has an address."))).Port;
    }

    /// <summary>Starts a program.</summary>
    /// <param name="core">The only core it may use; nothing: all.</param>
    public static ServerProcess Start(string name, int? core, string program, params string[] arguments) => Start(name, core, [], program, arguments);

    /// <summary>Starts a program that another command ends.</summary>
    public static ServerProcess Start(string name, int? core, IReadOnlyList<string> stopWith, string program, params string[] arguments)
    {
        string[] pinned = core is { } one ? ["taskset", "-c", one.ToString(CultureInfo.InvariantCulture), program, .. arguments] : [program, .. arguments];
        var start = new ProcessStartInfo(pinned[0], pinned[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // As a server runs, and not as the build that started this.
        start.Environment.Remove("DOTNET_TieredPGO");
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} cannot be started.");
        var server = new ServerProcess(name, process) { StopWith = stopWith };
        process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        process.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Completes when the condition holds; throws when the server ends before or takes too long.</summary>
    public async Task UntilAsync(Func<bool> isReady, CancellationToken cancellationToken)
    {
        var started = Stopwatch.StartNew();
        while (!isReady())
        {
            if (_process.HasExited || started.Elapsed > StartWithin)
            {
                throw new InvalidOperationException($"{Name} does not start: {Said()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Completes when somebody listens at the port.</summary>
    public Task UntilItListensAsync(int port, CancellationToken cancellationToken) => UntilAsync(
        () =>
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Connect(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Processor time of the process and of all below it, ended ones included, since each started.</summary>
    public TimeSpan ProcessorTime()
    {
        var all = new Dictionary<int, (int Parent, long Ticks)>();
        foreach (var folder in System.IO.Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Read(folder) is { } read)
            {
                all[id] = read;
            }
        }

        return TimeSpan.FromSeconds(all.Where(pair => IsBelow(pair.Key)).Sum(pair => pair.Value.Ticks) / TicksPerSecond);

        bool IsBelow(int id)
        {
            for (var at = id; all.TryGetValue(at, out var found); at = found.Parent)
            {
                if (at == _process.Id)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Completes when it has next to nothing left to do, so that what it does later is not taken for the next one's work.</summary>
    public async Task UntilIdleAsync(CancellationToken cancellationToken)
    {
        var before = ProcessorTime();
        for (var waited = 0; waited < 60; waited++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
            var now = ProcessorTime();
            if ((now - before).TotalMilliseconds <= 30)
            {
                return;
            }

            before = now;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            string[] stop = StopWith.Count > 0 ? [.. StopWith] : ["kill", _process.Id.ToString(CultureInfo.InvariantCulture)];
            using var stopping = Process.Start(stop[0], stop[1..]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    /// <summary>Parent and processor time of a process; nothing when it ended meanwhile.</summary>
    private static (int Parent, long Ticks)? Read(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            // The name in brackets may hold anything; after it come state, parent, … and from the twelfth on the times.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            if (line is not null)
            {
                _said.Enqueue(line);
            }

            if (_said.Count > 20)
            {
                _said.Dequeue();
            }
        }
    }

    private string Said()
    {
        lock (_said)
        {
            return string.Join(" | ", _said);
        }
    }
}

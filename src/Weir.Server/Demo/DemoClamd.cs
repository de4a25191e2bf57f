using System.Diagnostics;
using System.Net.Sockets;

namespace Weir.Server.Demo;

/// <summary>
/// ClamAV's daemon for the demo, with the sample's own signatures and nothing else: a process of the demo on a socket in its directory, when the
/// program is installed. Without it Weir says in each message's signals that nobody scanned.
/// </summary>
internal sealed class DemoClamd : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>sun_path (unix(7)) less its end.</summary>
    private const int LongestSocketPath = 107;

    private readonly Process? _process;

    private DemoClamd(string address, string remark, Process? process = null) => (Address, Remark, _process) = (address, remark, process);

    /// <summary>For <c>detection:clamd</c>; empty when there is none.</summary>
    public string Address { get; }

    /// <summary>What a person should know; empty when all is well.</summary>
    public string Remark { get; }

    /// <summary>Starts it on the signatures in <paramref name="folder"/>, or takes the one that a demo before left running there.</summary>
    public static async Task<DemoClamd> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var socket = Path.Combine(folder, "clamd.sock");
        if (socket.Length > LongestSocketPath)
        {
            return new DemoClamd("", $"clamd is not started: the path {socket} is too long for a socket.");
        }

        if (await AnswersAsync(socket, cancellationToken))
        {
            return new DemoClamd("unix:" + socket, "");
        }

        if (Program() is not { } program)
        {
            return new DemoClamd("", "clamd is not installed (Debian: clamav-daemon), so the sample's malware is judged by its form only.");
        }

        var configuration = Path.Combine(folder, "clamd.conf");
        await File.WriteAllLinesAsync(configuration, ["Foreground yes", $"DatabaseDirectory {folder}", $"LocalSocket {socket}", "FixStaleSocket yes", "OfficialDatabaseOnly no", "StreamMaxLength 64M", "MaxThreads 4"], cancellationToken);
        var process = Process.Start(new ProcessStartInfo(program, ["-c", configuration]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })
            ?? throw new InvalidOperationException($"{program} cannot be run.");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var last = "";
        try
        {
            // The last line of its start; then it listens.
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                last = line;
                if (line.Contains("Self checking every", StringComparison.Ordinal))
                {
                    _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                    return new DemoClamd("unix:" + socket, "", process);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            last = $"it did not listen within {Patience.TotalSeconds:0} s";
        }

        End(process);
        return new DemoClamd("", $"clamd did not start: {last}");
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            End(_process);
        }
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private static readonly string[] Programs = ["/usr/sbin/clamd", "/usr/local/sbin/clamd", "/usr/bin/clamd", "/usr/local/bin/clamd"];

    private static string? Program() =>
        Programs.FirstOrDefault(File.Exists);

    /// <summary>clamd(8): PING is answered by PONG.</summary>
    private static async Task<bool> AnswersAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            await socket.SendAsync("zPING\0"u8.ToArray(), cancellationToken);
            var answer = new byte[16];
            return await socket.ReceiveAsync(answer, cancellationToken) >= 4 && answer.AsSpan().StartsWith("PONG"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Weir.Bench.Mail;

namespace Weir.Bench.Peers;

/// <summary>SpamAssassin's daemon with Debian's rules, local tests alone, asked in its own protocol (which has one question a connection).</summary>
internal sealed class SpamdScanner : IScanner
{
    public const string Packages = "apt-get install --no-install-recommends spamassassin spamd";

    private readonly int _port;

    private SpamdScanner(ServerProcess process, int port)
    {
        Process = process;
        _port = port;
    }

    public static bool IsInstalled => ServerProcess.Find("spamd") is not null;

    public ServerProcess Process { get; }

    /// <param name="learnt">What sa-learn wrote (its --dbpath); nothing: without Bayes.</param>
    /// <param name="children">How many messages it judges at a time.</param>
    public static async Task<SpamdScanner> StartAsync(string directory, int? core, CancellationToken cancellationToken, string? learnt = null, int children = 1)
    {
        var program = ServerProcess.Find("spamd") ?? throw new InvalidOperationException(Packages);
        var home = System.IO.Directory.CreateDirectory(Path.Combine(directory, "home")).FullName;
        File.SetUnixFileMode(home, (UnixFileMode)0b111_111_111);
        var port = ServerProcess.FreePort();
        var server = ServerProcess.Start(
            "spamd", core, program, "--local", string.Create(CultureInfo.InvariantCulture, $"--max-children={children}"), "--max-conn-per-child=1000000", "--nouser-config", "--username=nobody", $"--helper-home-dir={home}", "--syslog=null", "--listen=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"--port={port}"), $"--pidfile={directory}/spamd.pid", "--cf=bayes_auto_learn 0", "--cf=bayes_auto_expire 0", learnt is null ? "--cf=use_bayes 0" : $"--cf=bayes_path {learnt}");
        try
        {
            await server.UntilItListensAsync(port, cancellationToken);
            return new SpamdScanner(server, port);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<TimeSpan> ScanAsync(LabelledMail mail, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        _ = await AskAsync(mail.File, mail.Raw, cancellationToken);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Its score, and whether that is above its threshold.</summary>
    public async Task<(double Score, bool IsSpam)> ScoreAsync(string file, byte[] raw, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(file, raw, cancellationToken);
        var line = answer.Split('\n').First(line => line.StartsWith("Spam:", StringComparison.Ordinal)).Split([' ', ';', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (double.Parse(line[2], CultureInfo.InvariantCulture), line[1] == "True");
    }

    private async Task<string> AskAsync(string file, byte[] raw, CancellationToken cancellationToken)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", _port, cancellationToken);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"SYMBOLS SPAMC/1.5\r\nContent-length: {raw.Length}\r\n\r\n")), cancellationToken);
        await stream.WriteAsync(raw, cancellationToken);
        connection.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync(cancellationToken);
        return answer.Contains("EX_OK", StringComparison.Ordinal) && answer.Contains("Spam:", StringComparison.Ordinal) ? answer
            : throw new InvalidOperationException($"spamd answers to {file}: {answer}");
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}

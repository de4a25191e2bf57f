using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Weir.Server.Demo.Lab;

/// <summary>A real Postfix and Dovecot for the demo, on free ports of loopback: <c>lab/mail-lab</c> of the repository starts and stops them.</summary>
internal sealed class MailLab : IAsyncDisposable
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    private static readonly (string Program, string Package)[] Needed =
    [
        ("postfix", "postfix"), ("smtp-sink", "postfix"), ("dovecot", "dovecot-imapd"), ("doveadm", "dovecot-lmtpd"), ("sievec", "dovecot-sieve"), ("clamd", "clamav-daemon"), ("unbound", "unbound"),
    ];

    private readonly string _script;
    private readonly JsonElement _settings;

    private MailLab(string script, JsonElement settings)
    {
        _script = script;
        _settings = settings;
    }

    public string Folder => Text("directory");

    /// <summary>Where strangers hand in mail.</summary>
    public int Smtp => Number("smtp");

    /// <summary>Where the organisation's own people do.</summary>
    public int Submission => Number("submission");

    public int Imap => Number("imap");

    public int Milter => Number("milter");

    public string PostfixLog => Text("postfixLog");

    public string DovecotSpool => Text("dovecotSpool");

    /// <summary>Opens every mailbox.</summary>
    public string Password => Text("password");

    public string MasterUser => Text("masterUser");

    public string MasterPassword => Text("masterPassword");

    /// <summary>Why it cannot be started here and what to do, in one line; nothing when it can.</summary>
    public static string? WhyNot()
    {
        if (FindScript() is null)
        {
            return "weir demo --lab starts its mail server with lab/mail-lab, which is in a clone of the repository only: run ./weir demo --lab there.";
        }

        var missing = Needed.Where(needed => !Folders.Any(folder => File.Exists(Path.Combine(folder, needed.Program)))).Select(needed => needed.Package).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            return $"weir demo --lab needs Postfix and Dovecot: apt-get install --no-install-recommends {string.Join(' ', missing)}";
        }

        return Environment.IsPrivilegedProcess ? null : "weir demo --lab needs root, because Postfix and Dovecot do: sudo ./weir demo --lab";
    }

    /// <param name="organisation">A folder with the files mailboxes, aliases and dns.</param>
    /// <exception cref="IOException">It did not start; the message says why.</exception>
    public static async Task<MailLab> StartAsync(string organisation, CancellationToken cancellationToken)
    {
        var script = FindScript() ?? throw new IOException("lab/mail-lab is not there.");
        await RunAsync(script, cancellationToken, "clean");
        // Mail servers give up their rights and must still reach it: not in the demo's data directory, which is closed to others.
        var folder = System.IO.Directory.CreateTempSubdirectory("weir-demo-lab-").FullName;
        // Not cut short: what was half started would stay.
        var (code, output, errors) = await RunAsync(script, CancellationToken.None, "start", folder, organisation);
        if (code != 0)
        {
            throw new IOException($"The mail server did not start: {errors.Trim()}");
        }

        var lab = new MailLab(script, JsonDocument.Parse(output).RootElement);
        if (cancellationToken.IsCancellationRequested)
        {
            await lab.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return lab;
    }

    public async ValueTask DisposeAsync() => await RunAsync(_script, CancellationToken.None, "stop", Folder);

    private static string? FindScript()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "lab", "mail-lab");
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string script, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [script, .. arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LAB_OWNER"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start) ?? throw new IOException("bash cannot be run.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    private int Number(string name) => _settings.GetProperty(name).GetInt32();

    private string Text(string name) => _settings.GetProperty(name).GetString() ?? "";
}

using System.Diagnostics;
using System.Globalization;

namespace Weir.Bench.Peers;

/// <summary>rspamd with Debian's rules and one worker; off is what asks a network (DNS lists, SPF, DKIM, DMARC, fuzzy storage, maps) or needs Redis.</summary>
internal static class Rspamd
{
    public const string Packages = "apt-get install --no-install-recommends rspamd";

    private static readonly string[] Off =
    [
        "arc", "asn", "bayes_expiry", "dkim", "dkim_signing", "dmarc", "fuzzy_check", "greylist", "history_redis", "mx_check", "neural", "phishing", "ratelimit", "rbl", "replies",
        "reputation", "spf", "surbl",
    ];

    public static bool IsInstalled => ServerProcess.Find("rspamd") is not null;

    /// <summary>Starts it and waits until its expressions are compiled.</summary>
    /// <param name="asMilter">Speaks the milter protocol and scans in the same process; otherwise HTTP.</param>
    /// <param name="learnPort">Where its controller takes mail to learn from, into a naive Bayes classifier of its own; nothing: it does not learn.</param>
    public static async Task<ServerProcess> StartAsync(string directory, int port, int? core, bool asMilter, CancellationToken cancellationToken, int? learnPort = null)
    {
        var program = ServerProcess.Find("rspamd") ?? throw new InvalidOperationException(Packages);
        foreach (var folder in new[] { "local.d", "db", "run", "log" })
        {
            System.IO.Directory.CreateDirectory(Path.Combine(directory, folder));
        }

        await ConfigureAsync(Path.Combine(directory, "local.d"), port, asMilter, cancellationToken);
        if (learnPort is { } controller)
        {
            await ConfigureLearningAsync(directory, controller, cancellationToken);
        }

        using (var own = Process.Start("chown", ["-R", "_rspamd:_rspamd", directory]))
        {
            await own.WaitForExitAsync(cancellationToken);
        }

        var server = ServerProcess.Start("rspamd", core, program, "-f", "-u", "_rspamd", "-g", "_rspamd", $"--var=LOCAL_CONFDIR={directory}", $"--var=DBDIR={directory}/db", $"--var=RUNDIR={directory}/run", $"--var=LOGDIR={directory}/log");
        try
        {
            var log = Path.Combine(directory, "log", "rspamd.log");
            await server.UntilAsync(() => File.Exists(log) && File.ReadAllText(log).Contains("full hyperscan database of", StringComparison.Ordinal), cancellationToken);
            await server.UntilItListensAsync(port, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Bayes in files instead of Redis. Its note of what it has learnt already stands beside them: by default it is one file of the machine, and a second
    /// server would take all mail for known. Each message is written through; on a disk that is most of the time.
    /// </summary>
    private static async Task ConfigureLearningAsync(string directory, int port, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(directory, "local.d");
        var learnt = Path.Combine(directory, "db");
        await File.WriteAllTextAsync(Path.Combine(folder, "worker-controller.inc"), string.Create(CultureInfo.InvariantCulture, $"bind_socket = \"127.0.0.1:{port}\"; secure_ip = \"127.0.0.1\"; count = 1;\n"), cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "classifier-bayes.conf"),
            $$"""
            backend = "sqlite3";
            min_learns = 20;
            cache { path = "{{learnt}}/learn_cache.sqlite"; }
            statfile { symbol = "BAYES_HAM"; path = "{{learnt}}/bayes.ham.sqlite"; spam = false; }
            statfile { symbol = "BAYES_SPAM"; path = "{{learnt}}/bayes.spam.sqlite"; spam = true; }

            """,
            cancellationToken);
    }

    private static async Task ConfigureAsync(string folder, int port, bool asMilter, CancellationToken cancellationToken)
    {
        var listen = string.Create(CultureInfo.InvariantCulture, $"bind_socket = \"127.0.0.1:{port}\"; count = 1;\n");
        var files = Off.ToDictionary(module => $"{module}.conf", _ => "enabled = false;\n", StringComparer.Ordinal);
        // The part of it that looks names up.
        files["hfilter.conf"] = "helo_enabled = false;\nfrom_enabled = false;\n";
        // Behind a mail server everything goes on, as with Weir that only watches.
        files["actions.conf"] = "reject = null;\ngreylist = null;\n";
        // Nothing listens there: a forgotten question would fail at once.
        files["options.inc"] = "dns { nameserver = [\"127.0.0.1:1:1\"]; timeout = 0.1s; retransmits = 1; }\n";
        files["worker-fuzzy.inc"] = files["worker-controller.inc"] = "enabled = false;\n";
        files["worker-normal.inc"] = asMilter ? "enabled = false;\n" : listen;
        files["worker-proxy.inc"] = asMilter ? listen + "upstream \"local\" { default = yes; self_scan = yes; }\n" : "enabled = false;\n";
        foreach (var (name, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), text, cancellationToken);
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.EndToEnd.Tests.Support;

namespace Weir.EndToEnd.Tests.Install;

/// <summary>
/// A machine to install on: the lab's Postfix and Dovecot as they are before anybody installs Weir, and a folder in place of the root directory. What of the
/// document cannot be taken literally is replaced as the two tables below say; everything else runs as it is written.
/// </summary>
internal sealed partial class InstallMachine : IAsyncDisposable
{
    private readonly string _lab;
    private readonly JsonElement _settings;

    private InstallMachine(string lab, JsonElement settings)
    {
        _lab = lab;
        _settings = settings;
        Root = Path.Combine(lab, "machine");
        Portal = FreePort();
        Https = FreePort();
    }

    /// <summary>Stands for <c>/</c>.</summary>
    public string Root { get; }

    public int Portal { get; }

    public int Https { get; }

    public string PostfixLog => Text("postfixLog");

    public static async Task<InstallMachine> StartAsync()
    {
        var lab = TestRun.NewFolder("install");
        var settings = await Lab.StartAsync(lab, ("LAB_BARE", "1"));
        var machine = new InstallMachine(lab, settings);
        foreach (var folder in (string[])["etc/systemd/system", "etc/logrotate.d", "etc/nginx/sites-available", "etc/nginx/sites-enabled", "opt", "root", "run/clamav", "usr/local/bin", "var/lib", "var/spool"])
        {
            System.IO.Directory.CreateDirectory(Path.Combine(machine.Root, folder));
        }

        // Postfix writes its log below the lab's folder only (maillog_file_prefixes), and Dovecot reads its configuration there.
        File.CreateSymbolicLink(Path.Combine(machine.Root, "var", "log"), Path.GetDirectoryName(machine.PostfixLog)!);
        File.CreateSymbolicLink(Path.Combine(machine.Root, "etc", "dovecot"), Path.Combine(lab, "dovecot"));
        File.CreateSymbolicLink(Path.Combine(machine.Root, "run", "clamav", "clamd.ctl"), machine.Text("clamdSocket"));
        return machine;
    }

    /// <summary>Does what a block says: runs commands, writes the file it names, or adds a setting to weir.json. Returns what commands printed.</summary>
    public async Task<string> DoAsync(InstallDocument.Block block)
    {
        var text = Replaced(block.Text);
        switch (block)
        {
            case { Language: "sh", Path: "" }:
                return await RunAsync(text);
            case { Language: "json", Path: "" }:
                var file = InRoot("/var/lib/weir/weir.json");
                await File.WriteAllTextAsync(file, new Regex(Regex.Escape("{"), RegexOptions.None, TimeSpan.FromSeconds(1)).Replace(await File.ReadAllTextAsync(file, Cancelled), "{ " + text + ",", 1), Cancelled);
                return "";
            case { Language: "json" or "csv" or "ini" or "conf" or "sieve" or "nginx", Path.Length: > 0 }:
                var path = InRoot(block.Path);
                System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, text, Cancelled);
                return "";
            default:
                throw new InvalidOperationException($"Nobody knows what to do with this block of docs/install.md ({block.Language}):\n{block.Text}");
        }
    }

    /// <summary>Runs commands as the document's reader does.</summary>
    public async Task<string> RunAsync(string commands)
    {
        var (code, output) = await ShellAsync(commands);
        Assert.True(code == 0, $"These commands of the document failed:\n{commands}\n{output}");
        return output;
    }

    public string InRoot(string path) => Root + path;

    public async ValueTask DisposeAsync()
    {
        await ShellAsync($"systemctl stop weir; [ ! -f {Root}/nginx.pid ] || kill $(cat {Root}/nginx.pid)");
        await Lab.StopAsync(_lab);
    }

    /// <summary>First table: words and places. The longer stand before those that they contain.</summary>
    private IReadOnlyList<(string Written, string Here)> Replacements =>
    [
        ("you@your.domain", "anna@corp.example"),
        ("your.domain", "corp.example"),
        ("127.0.0.1:10025", $"127.0.0.1:{Number("milter")}"),
        ("127.0.0.1:10026", $"127.0.0.1:{Number("journal")}"),
        ("[127.0.0.1]:10026", $"[127.0.0.1]:{Number("journal")}"),
        ("127.0.0.1:53", $"127.0.0.1:{Number("dns")}"),
        ("127.0.0.1:7443", $"127.0.0.1:{Portal}"),
        ("\"port\": 7443", $"\"port\": {Portal}"),
        ("\"port\": 143", $"\"port\": {Number("imap")}"),
        ("listen 443", $"listen 127.0.0.1:{Https}"),
        ("-o weir", "-o nobody"),
        ("-g weir", "-g nogroup"),
        ("chgrp weir", "chgrp nogroup"),
        ("User=weir", "User=nobody"),
        ("-o vmail", "-o 5000"),
        ("/usr/sbin/postfix reload", $"/usr/sbin/postfix -c {_lab}/postfix reload"),
        ("su root weir", "su root nogroup"),
    ];

    /// <summary>Second table: commands that would change this machine, or that must be told where the lab's servers are.</summary>
    private string StandIns => $$"""
        export PATH={{Root}}/usr/local/bin:$PATH:/usr/sbin:/sbin
        cd '{{Repository.Root}}'
        useradd() { echo "user ${!#}"; }
        userdel() { echo "user $1"; }
        git() { echo 'what is here is the newest'; }
        dotnet() { command dotnet "${@//Release/Debug}" --no-build --nologo -v quiet; } # as the tests were built
        runuser() { [ "$1 $2 $3" = '-u weir --' ]; shift 3; command runuser -u nobody -- "$@" <<<'a long enough password'; }
        postconf() { command postconf -c {{_lab}}/postfix "$@"; }
        postfix() { command postfix -c {{_lab}}/postfix "$@"; }
        doveadm() { command doveadm -c {{_lab}}/dovecot/dovecot.conf "$@"; }
        sievec() { command sievec -c {{_lab}}/dovecot/dovecot.conf "$@"; }
        swaks() { command swaks --port {{Number("smtp")}} "$@"; }
        nginx() { command nginx -p {{Root}} -c {{Root}}/nginx.conf "$@"; }
        serving() { [ -s {{Root}}/pids/weir ] && kill -0 "$(cut -d' ' -f1 {{Root}}/pids/weir)" 2>/dev/null; }
        systemctl() { # systemd is nobody's to command here: its unit's user, umask and command are used by hand
          case "$*" in
            daemon-reload) [ ! -f {{Root}}/etc/systemd/system/weir.service ] || ! command -v systemd-analyze >/dev/null || systemd-analyze verify {{Root}}/etc/systemd/system/weir.service ;;
            'enable --now weir' | 'start weir')
              (
                export WEIR__doctor__postfix={{_lab}}/postfix
                umask "$(sed -n 's/^UMask=//p' {{Root}}/etc/systemd/system/weir.service)"
                : >{{Root}}/weir.log
                # ProtectSystem=strict, ReadWritePaths and PrivateTmp: where namespaces are to be had, nothing else can be written.
                sandboxed=()
                if unshare -m true 2>/dev/null; then
                  mkdir -p -m 1777 {{Root}}/private-tmp
                  export TMPDIR={{Root}}/private-tmp
                  sandboxed=(unshare -m bash -e -c "for f in $(sed -n 's/^ReadWritePaths=//p' {{Root}}/etc/systemd/system/weir.service) $TMPDIR; do mount --bind \$f \$f; done
                    mount -o remount,bind,ro /; exec \"\$@\"" -)
                fi
                "${sandboxed[@]}" setpriv --reuid="$(sed -n 's/^User=//p' {{Root}}/etc/systemd/system/weir.service)" --regid=nogroup --groups=adm --no-new-privs \
                  $(sed -n 's/^ExecStart=//p' {{Root}}/etc/systemd/system/weir.service) >>{{Root}}/weir.log 2>&1 </dev/null &
                mkdir -p {{Root}}/pids
                echo "$! $(cut -d' ' -f22 /proc/$!/stat)" >{{Root}}/pids/weir
              )
              for _ in $(seq 300); do grep -q 'Weir is ready' {{Root}}/weir.log && return 0; serving || break; sleep 0.1; done
              cat {{Root}}/weir.log; return 1 ;;
            'stop weir' | 'disable --now weir')
              serving || return 0
              kill "$(cut -d' ' -f1 {{Root}}/pids/weir)"
              for _ in $(seq 300); do serving || return 0; sleep 0.1; done
              cat {{Root}}/weir.log; return 1 ;;
            'restart weir') systemctl stop weir; systemctl start weir ;;
            'restart postfix') postfix stop; postfix start; mkdir -p {{_lab}}/pids; echo "$(tr -d ' ' <{{_lab}}/queue/pid/master.pid) $(cut -d' ' -f22 "/proc/$(tr -d ' ' <{{_lab}}/queue/pid/master.pid)/stat")" >{{_lab}}/pids/postfix ;;
            'reload nginx') if [ -s {{Root}}/nginx.pid ]; then nginx -s reload; elif [ -f {{Root}}/nginx.conf ]; then nginx; fi ;;
            *) echo "systemctl $*: not known here"; return 1 ;;
          esac
        }

        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Replaced(string text)
    {
        foreach (var (written, here) in Replacements)
        {
            text = text.Replace(written, here, StringComparison.Ordinal);
        }

        return AbsolutePath.Replace(text, Root + "$0");
    }

    /// <summary>Every absolute path but those of devices and programs.</summary>
    [GeneratedRegex(@"(?<![\w.}/])/(?:etc|opt|root|run|usr/local|var)/", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AbsolutePath { get; }

    private async Task<(int Code, string Output)> ShellAsync(string commands)
    {
        // Nothing of bash may be told where our own pipes are: a server that is started keeps them open.
        var script = Path.Combine(_lab, "commands.sh");
        var said = Path.Combine(_lab, "commands.out");
        await File.WriteAllTextAsync(script, StandIns + "set -eu\n" + commands, CancellationToken.None);
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", $"exec bash '{script}' >'{said}' 2>&1 </dev/null"]) { UseShellExecute = false })
            ?? throw new InvalidOperationException("bash cannot be run.");
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, await File.ReadAllTextAsync(said, Encoding.UTF8, CancellationToken.None));
    }

    private int Number(string name) => _settings.GetProperty(name).GetInt32();

    private string Text(string name) => _settings.GetProperty(name).GetString() ?? "";

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

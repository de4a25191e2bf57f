using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Weir.Mailboxes.Connectors.Imap;
using Weir.Mailboxes.Tests.Support;
using Xunit.Sdk;

[assembly: AssemblyFixture(typeof(Dovecot))]

namespace Weir.Mailboxes.Tests.Support;

/// <summary>A real Dovecot in a throw-away directory on a free loopback port, with a master user; started when first asked for.</summary>
public sealed class Dovecot : IAsyncLifetime
{
    public const string MasterPassword = "master-secret";

    private readonly SemaphoreSlim _once = new(1);
    private string? _directory;
    private Process? _process;

    /// <summary>Without TLS, and with STARTTLS.</summary>
    public int Port { get; private set; }

    /// <summary>TLS from the first byte, with a certificate that it signed itself.</summary>
    public int TlsPort { get; private set; }

    /// <summary>Of that certificate, in hex.</summary>
    public string CertificateSha256 { get; private set; } = "";

    /// <summary>Skips the test by name when Dovecot or root is missing.</summary>
    public async Task RequireAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/dovecot") && File.Exists("/usr/lib/dovecot/imap"), "needs Debian's dovecot-imapd");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root to start Dovecot");
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_process is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _once.Release();
        }
    }

    internal ImapOptions Options => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        Security = ImapSecurity.None,
        MasterUser = "weir",
        Password = MasterPassword,
        TimeoutSeconds = 20,
    };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            using (process)
            {
                // The master process ends its children on SIGTERM.
                using var kill = Process.Start("kill", process.Id.ToString(CultureInfo.InvariantCulture));
                await kill.WaitForExitAsync(CancellationToken.None);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        if (_directory is not null)
        {
            System.IO.Directory.Delete(_directory, recursive: true);
        }
    }

    private async Task StartAsync()
    {
        var token = TestContext.Current.CancellationToken;
        _directory = TestRun.NewFolder("dovecot");
        await RunAsync("chmod", "755", _directory);
        (Port, TlsPort) = (FreePort(), FreePort());
        await MakeCertificateAsync(_directory);
        var mail = System.IO.Directory.CreateDirectory(Path.Combine(_directory, "mail")).FullName;
        // All at once: Dovecot reads the file again at most once a second.
        await File.WriteAllLinesAsync(Path.Combine(_directory, "users"), Enumerable.Range(1, Some.Mailboxes).Select(i => $"p{i}@corp.example:{{PLAIN}}own-secret::::::"), token);
        await File.WriteAllTextAsync(Path.Combine(_directory, "masters"), $"weir:{{PLAIN}}{MasterPassword}\n", token);
        await File.WriteAllTextAsync(Path.Combine(_directory, "dovecot.conf"), Configuration(_directory, mail, Port, TlsPort), token);
        await RunAsync("chown", "5000:5000", mail);
        _process = TestRun.Start(new ProcessStartInfo("/usr/sbin/dovecot", ["-F", "-c", Path.Combine(_directory, "dovecot.conf")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        });
        await WaitForPortAsync(token);
    }

    private async Task MakeCertificateAsync(string directory)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=imap.corp.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        CertificateSha256 = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        await File.WriteAllTextAsync(Path.Combine(directory, "tls.crt"), certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(directory, "tls.key"), key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
    }

    private async Task WaitForPortAsync(CancellationToken token)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port, token);
                return;
            }
            catch (SocketException refused)
            {
                if (_process!.HasExited)
                {
                    throw new XunitException($"Dovecot ended: {await _process.StandardError.ReadToEndAsync(token)}", refused);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, token);
            }
        }

        throw new XunitException("Dovecot did not open its port within 10 s");
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Configuration(string directory, string mail, int port, int tlsPort) => $$"""
        base_dir = {{directory}}/run
        state_dir = {{directory}}/state
        instance_name = weir-{{port}}
        log_path = {{directory}}/dovecot.log
        protocols = imap
        listen = 127.0.0.1
        ssl = yes
        ssl_cert = <{{directory}}/tls.crt
        ssl_key = <{{directory}}/tls.key
        disable_plaintext_auth = no
        auth_mechanisms = plain
        auth_failure_delay = 0
        auth_master_user_separator = *
        mail_uid = 5000
        mail_gid = 5000
        first_valid_uid = 5000
        mail_location = maildir:{{mail}}/%n
        mail_home = {{mail}}/%n.home
        mail_max_userip_connections = 100
        namespace inbox {
          inbox = yes
          separator = /
          mailbox Spam {
            auto = create
            special_use = \Junk
          }
          mailbox Trash {
            auto = create
            special_use = \Trash
          }
        }
        passdb {
          driver = passwd-file
          args = {{directory}}/masters
          master = yes
          result_success = continue
        }
        passdb {
          driver = passwd-file
          args = {{directory}}/users
        }
        userdb {
          driver = passwd-file
          args = {{directory}}/users
        }
        service imap-login {
          chroot =
          service_count = 0
          inet_listener imap {
            address = 127.0.0.1
            port = {{port}}
          }
          inet_listener imaps {
            address = 127.0.0.1
            port = {{tlsPort}}
            ssl = yes
          }
        }
        service imap {
          service_count = 256
        }
        service anvil {
          chroot =
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        service stats {
          chroot =
        }

        """;
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Weir.EndToEnd.Tests.Support;

/// <summary>A real OpenLDAP over TLS with a certificate of its own authority, in a folder of its own.</summary>
internal sealed class OpenLdap : IAsyncDisposable
{
    public const string Base = "dc=corp,dc=example";
    public const string Administrator = "cn=admin," + Base;
    public const string Password = "a secret of this test";

    private const string Program = "/usr/sbin/slapd";

    private readonly string _folder = TestRun.NewFolder("ldap");
    private readonly int _port = FreePort();
    private Process? _process;

    public string Address => $"ldaps://127.0.0.1:{_port}";

    /// <summary>A folder with the certificate of the authority, as libldap wants it.</summary>
    public string Authorities => Path.Combine(_folder, "authorities");

    public static void Require()
    {
        var missing = new[] { Program, "/usr/bin/openssl" }.Where(program => !File.Exists(program)).ToList();
        Assert.SkipWhen(missing.Count > 0, $"Not installed: {string.Join(", ", missing)}.");
    }

    public static async Task<OpenLdap> StartAsync(string ldif)
    {
        var server = new OpenLdap();
        await server.FillAsync(ldif);
        await server.UpAsync();
        return server;
    }

    public async Task UpAsync()
    {
        _process = TestRun.Start(new ProcessStartInfo(Program, ["-f", Path.Combine(_folder, "slapd.conf"), "-h", Address, "-d", "0"]) { UseShellExecute = false });
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, _port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException) when (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    public async Task DownAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DownAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private async Task FillAsync(string ldif)
    {
        foreach (var name in new[] { "db", "authorities" })
        {
            System.IO.Directory.CreateDirectory(Path.Combine(_folder, name));
        }

        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=directory", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        await File.WriteAllTextAsync(Path.Combine(_folder, "cert.pem"), certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Authorities, "authority.pem"), certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await RunAsync("/usr/bin/openssl", "rehash", Authorities);
        await File.WriteAllTextAsync(Path.Combine(_folder, "slapd.conf"), $"""
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            pidfile {_folder}/slapd.pid
            TLSCertificateFile {_folder}/cert.pem
            TLSCertificateKeyFile {_folder}/key.pem
            disallow bind_anon
            sizelimit 500
            database mdb
            maxsize 268435456
            suffix "{Base}"
            rootdn "{Administrator}"
            rootpw "{Password}"
            directory {_folder}/db

            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "seed.ldif"), ldif, TestContext.Current.CancellationToken);
        await RunAsync("/usr/sbin/slapadd", "-q", "-f", Path.Combine(_folder, "slapd.conf"), "-l", Path.Combine(_folder, "seed.ldif"));
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = TestRun.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true });
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program}: {errors}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Weir.EndToEnd.Tests.Support;

namespace Weir.EndToEnd.Tests.Install;

/// <summary>A stranger installs Weir by <c>docs/install.md</c>, line by line.</summary>
public sealed partial class InstallTests
{
    private const string Proxy = "6. The portal for other machines";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What is so after each section. A section without an entry here is not tried, so the document may have none.</summary>
    private static readonly Dictionary<string, Func<InstallMachine, string, Task>> After = new(StringComparer.Ordinal)
    {
        ["1. Weir"] = TheServiceRunsAsync,
        ["2. The organisation"] = (_, said) => SaysAsync(said, "Imported 1 people, 1 lists, 1 own domains."),
        ["3. Postfix"] = async (machine, _) => Assert.Equal("tempfail", (await machine.RunAsync("postconf -h milter_default_action")).Trim()),
        ["4. Dovecot"] = async (machine, _) => Assert.Contains("weir-delivery.lua", await machine.RunAsync($"doveconf -c {machine.InRoot("/etc/dovecot/dovecot.conf")} -h plugin/push_notification_driver"), StringComparison.Ordinal),
        ["5. See that it works"] = TheMailIsSeenWhereItLiesAsync,
        [Proxy] = ThePortalIsBehindTlsAsync,
        ["7. Copies instead of a milter, or beside it"] = CopiesAreTakenInAsync,
        ["8. Backup, upgrade, removal"] = NothingIsLeftAsync,
    };

    [Fact]
    public void Every_block_is_one_that_is_tried()
    {
        var blocks = InstallDocument.Read();

        Assert.Equal(After.Keys.Order(StringComparer.Ordinal), blocks.Select(block => block.Heading).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = 300_000)]
    public async Task By_the_document_Weir_stands_before_a_real_Postfix_and_Dovecot_and_goes_again()
    {
        Lab.RequirePrograms();
        await FollowAsync(heading => heading != Proxy, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 300_000)]
    public async Task By_the_document_the_portal_has_TLS_and_the_audit_trail_the_clients_address()
    {
        Lab.RequirePrograms("nginx");
        await FollowAsync(heading => heading is "1. Weir" or Proxy, TestContext.Current.CancellationToken);
    }

    private static async Task FollowAsync(Func<string, bool> isTried, CancellationToken cancellationToken)
    {
        await using var machine = await InstallMachine.StartAsync();
        foreach (var section in InstallDocument.Read().Where(block => isTried(block.Heading)).GroupBy(block => block.Heading, StringComparer.Ordinal))
        {
            if (section.Key == Proxy)
            {
                await PrepareNginxAsync(machine);
            }

            var said = "";
            foreach (var block in section)
            {
                cancellationToken.ThrowIfCancellationRequested();
                said = await machine.DoAsync(block);
                await BetweenAsync(machine, block, said);
            }

            await After[section.Key](machine, said);
        }
    }

    /// <summary>The last section undoes what the blocks before it did, so it is looked at between them.</summary>
    private static async Task BetweenAsync(InstallMachine machine, InstallDocument.Block block, string said)
    {
        if (block.Text.Contains("weir-backup", StringComparison.Ordinal))
        {
            var inside = await machine.RunAsync($"tar -tzf {machine.InRoot("/root/weir-backup.tar.gz")}");
            Assert.Contains("weir/weir.json", inside, StringComparison.Ordinal);
            Assert.Contains("weir/keys/", inside, StringComparison.Ordinal);
        }
        else if (block.Text.Contains("weir doctor", StringComparison.Ordinal))
        {
            Assert.Contains("ok      Postfix: smtpd_milters hands mail to Weir", said, StringComparison.Ordinal);
            Assert.DoesNotContain("warn ", said, StringComparison.Ordinal);
        }
        else if (block.Text.Contains("git pull", StringComparison.Ordinal))
        {
            Assert.Contains("Is anybody there?", await HuntAsync(machine, "EmailEvents | project Subject"), StringComparison.Ordinal);
        }
        else if (block.Path == "/etc/logrotate.d/weir")
        {
            await machine.RunAsync($"""
                echo rotated >>{machine.InRoot("/var/spool/weir/dovecot.jsonl")}
                logrotate -f -s {machine.InRoot("/root/rotated")} {machine.InRoot(block.Path)}
                [ "$(stat -c '%a %u %G' {machine.InRoot("/var/spool/weir/dovecot.jsonl")})" = '640 5000 nogroup' ]
                """);
        }
    }

    private static async Task TheServiceRunsAsync(InstallMachine machine, string said)
    {
        Assert.Contains("Account you was created: Data Investigator.", said, StringComparison.Ordinal);
        using var client = new HttpClient(new HttpClientHandler()) { BaseAddress = new Uri($"http://127.0.0.1:{machine.Portal}") };
        var page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        var files = StaticFile.Matches(page).Select(match => match.Groups["file"].Value).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var answer = await client.GetAsync(new Uri("/" + file.TrimStart('/'), UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{file}: {answer.StatusCode}");
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    private static async Task TheMailIsSeenWhereItLiesAsync(InstallMachine machine, string said)
    {
        var hunt = InstallDocument.Read().Last(block => block.Heading == "5. See that it works");
        var seen = await UntilAsync(() => machine.DoAsync(hunt), answer => answer.Contains("Inbox/folder", StringComparison.Ordinal));
        Assert.Contains("Is anybody there?", seen, StringComparison.Ordinal);
        Assert.Contains("anna@corp.example", seen, StringComparison.Ordinal);
    }

    private static async Task ThePortalIsBehindTlsAsync(InstallMachine machine, string said)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var own = X509CertificateLoader.LoadCertificateFromFile(machine.InRoot("/etc/weir/tls/fullchain.pem"));
        var expected = own.GetCertHashString();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == expected;
        // That the client is 127.0.0.9 is what Weir must learn from the proxy.
        handler.ConnectCallback = async (context, token) =>
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
            await socket.ConnectAsync(context.DnsEndPoint, token);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        };
        using var client = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{machine.Https}") };
        var page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["userName"] = "boss",
            ["password"] = "a long enough password",
            ["__RequestVerificationToken"] = Token.Match(page).Groups["token"].Value,
        });
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("weir-session=", StringComparison.Ordinal));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        await using var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={machine.InRoot("/var/lib/weir/weir.db")};Mode=ReadOnly");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var query = database.CreateCommand();
        query.CommandText = "SELECT Address FROM access_audit ORDER BY Id DESC LIMIT 1";
        Assert.Equal("127.0.0.9", await query.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static async Task CopiesAreTakenInAsync(InstallMachine machine, string said)
    {
        await machine.RunAsync("swaks --server 127.0.0.1 --to anna@corp.example --from someone@elsewhere.example --header 'Subject: both ways'");
        await UntilAsync(() => LogAsync(machine), log => log.Contains("to=<archive@journal.corp.example>, relay=127.0.0.1", StringComparison.Ordinal) && log.Contains("status=sent", StringComparison.Ordinal));
        await machine.RunAsync("postconf -e smtpd_milters=; postfix reload; swaks --server 127.0.0.1 --to anna@corp.example --from someone@elsewhere.example --header 'Subject: by copy alone'");
        await UntilAsync(() => HuntAsync(machine, "EmailEvents | where Subject == 'by copy alone' | project RecipientEmailAddress"), seen => seen.Contains("anna@corp.example", StringComparison.Ordinal));

        Assert.Contains("FAILED  Postfix: smtpd_milters is ''", await machine.RunAsync($"runuser -u weir -- weir doctor --data {machine.InRoot("/var/lib/weir")} || [ $? = 1 ]"), StringComparison.Ordinal);
        Assert.Equal(["Rows", "1"], Lines(await HuntAsync(machine, "EmailEvents | where Subject == 'both ways' | summarize Rows = count()")));
    }

    private static async Task NothingIsLeftAsync(InstallMachine machine, string said)
    {
        Assert.Contains("user weir", said, StringComparison.Ordinal);
        var left = System.IO.Directory.EnumerateFileSystemEntries(machine.Root, "*weir*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Select(path => path[machine.Root.Length..]);
        Assert.Equal(["/root/weir-backup.tar.gz", "/weir.log"], left.Where(path => !path.StartsWith("/pids/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var before = (await LogAsync(machine)).Length;
        await machine.RunAsync("swaks --server 127.0.0.1 --to anna@corp.example --from someone@elsewhere.example --header 'Subject: without Weir'");
        await UntilAsync(() => LogAsync(machine), log => log[before..].Contains("to=<anna@corp.example>", StringComparison.Ordinal) && log[before..].Contains("status=sent", StringComparison.Ordinal));
    }

    private static async Task PrepareNginxAsync(InstallMachine machine)
    {
        var tls = System.IO.Directory.CreateDirectory(machine.InRoot("/etc/weir/tls")).FullName;
        await machine.RunAsync($"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=weir.corp.example -keyout {tls}/privkey.pem -out {tls}/fullchain.pem");
        await File.WriteAllTextAsync(machine.InRoot("/nginx.conf"), $$"""
            pid {{machine.Root}}/nginx.pid;
            error_log {{machine.Root}}/nginx-error.log;
            events {}
            http {
              access_log off;
              client_body_temp_path {{machine.Root}}/nginx-body;
              proxy_temp_path {{machine.Root}}/nginx-proxy;
              fastcgi_temp_path {{machine.Root}}/nginx-fastcgi;
              uwsgi_temp_path {{machine.Root}}/nginx-uwsgi;
              scgi_temp_path {{machine.Root}}/nginx-scgi;
              include {{machine.Root}}/etc/nginx/sites-enabled/*;
            }
            """, TestContext.Current.CancellationToken);
    }

    private static Task SaysAsync(string said, string words)
    {
        Assert.Contains(words, said, StringComparison.Ordinal);
        return Task.CompletedTask;
    }

    private static Task<string> LogAsync(InstallMachine machine) => File.ReadAllTextAsync(machine.PostfixLog, TestContext.Current.CancellationToken);

    private static Task<string> HuntAsync(InstallMachine machine, string kql) =>
        machine.RunAsync($"runuser -u weir -- weir hunt \"{kql}\" --csv --data {machine.InRoot("/var/lib/weir")}");

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<string> UntilAsync(Func<Task<string>> look, Func<string, bool> isSeen)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isSeen(seen))
            {
                return seen;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Not seen in time:\n{seen}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex("(?:href|src)=\"(?<file>[^\"]+\\.(?:css|js|svg))\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex StaticFile { get; }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Token { get; }
}

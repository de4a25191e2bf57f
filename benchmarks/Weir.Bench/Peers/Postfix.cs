using System.Diagnostics;
using System.Globalization;

namespace Weir.Bench.Peers;

/// <summary>A Postfix of its own on loopback with several doors: one that holds what it takes in its queue, and ones with and without a milter whose mail is thrown away behind the queue.</summary>
internal sealed class Postfix : IAsyncDisposable
{
    public const string Packages = "apt-get install --no-install-recommends postfix";

    private readonly string _configuration;

    private Postfix(string configuration, ServerProcess process)
    {
        _configuration = configuration;
        Process = process;
    }

    public static bool IsInstalled => ServerProcess.Find("postfix") is not null;

    public ServerProcess Process { get; }

    /// <summary>Keeps mail in the queue.</summary>
    public int Holding { get; private init; }

    /// <summary>Takes mail and throws it away, no milter.</summary>
    public int Plain { get; private init; }

    /// <summary>For each milter given, the door that asks it.</summary>
    public IReadOnlyList<int> Filtered { get; private init; } = [];

    public static async Task<Postfix> StartAsync(string directory, IReadOnlyList<int> milters, CancellationToken cancellationToken)
    {
        var program = ServerProcess.Find("postfix") ?? throw new InvalidOperationException(Packages);
        var configuration = System.IO.Directory.CreateDirectory(Path.Combine(directory, "etc")).FullName;
        System.IO.Directory.CreateDirectory(Path.Combine(directory, "queue"));
        var data = System.IO.Directory.CreateDirectory(Path.Combine(directory, "data")).FullName;
        using (var own = System.Diagnostics.Process.Start("chown", ["postfix", data]))
        {
            await own.WaitForExitAsync(cancellationToken);
        }

        var (holding, plain) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        List<int> filtered = [.. milters.Select(_ => ServerProcess.FreePort())];
        await File.WriteAllTextAsync(Path.Combine(configuration, "main.cf"), MainCf(directory), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(configuration, "master.cf"), MasterCf(holding, plain, filtered.Zip(milters)), cancellationToken);
        var process = ServerProcess.Start("postfix", core: null, [program, "-c", configuration, "stop"], program, "-c", configuration, "start-fg");
        var postfix = new Postfix(configuration, process) { Holding = holding, Plain = plain, Filtered = filtered };
        try
        {
            await process.UntilItListensAsync(plain, cancellationToken);
            return postfix;
        }
        catch
        {
            await postfix.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many messages the queue holds; afterwards none.</summary>
    public async Task<int> EmptyHoldAsync(CancellationToken cancellationToken)
    {
        var held = System.IO.Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(_configuration) ?? "", "queue", "hold")).Count();
        using var empty = System.Diagnostics.Process.Start(new ProcessStartInfo(ServerProcess.Find("postsuper") ?? "postsuper", ["-c", _configuration, "-d", "ALL", "hold"]) { UseShellExecute = false, RedirectStandardError = true })
            ?? throw new InvalidOperationException("postsuper cannot be run.");
        await empty.StandardError.ReadToEndAsync(cancellationToken);
        await empty.WaitForExitAsync(cancellationToken);
        return held;
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static string MainCf(string directory) => $"""
        compatibility_level = 3.6
        queue_directory = {directory}/queue
        data_directory = {directory}/data
        maillog_file = {directory}/postfix.log
        maillog_file_prefixes = {directory}
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = mx.lab.example
        mydestination =
        mynetworks =
        alias_maps =
        alias_database =
        relay_domains = corp.example
        relay_transport = discard
        default_transport = discard
        smtpd_relay_restrictions = reject_unauth_destination
        smtpd_recipient_restrictions =
        disable_dns_lookups = yes
        smtpd_peername_lookup = no
        smtpd_authorized_xclient_hosts = 127.0.0.0/8
        smtpd_client_connection_count_limit = 0
        smtpd_client_connection_rate_limit = 0
        smtpd_tls_security_level = none
        local_header_rewrite_clients =
        hopcount_limit = 500
        message_size_limit = 67108864
        in_flow_delay = 0s
        milter_protocol = 6
        milter_default_action = tempfail

        """;

    private static string MasterCf(int holding, int plain, IEnumerable<(int Port, int Milter)> filtered)
    {
        var doors = filtered.Select(door => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{door.Port} inet n - n - - smtpd\n  -o smtpd_milters=inet:127.0.0.1:{door.Milter}\n"));
        return string.Create(CultureInfo.InvariantCulture, $"""
            127.0.0.1:{plain} inet n - n - - smtpd
            127.0.0.1:{holding} inet n - n - - smtpd
              -o smtpd_recipient_restrictions=check_client_access,static:HOLD
            {string.Concat(doors)}
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            proxymap unix - - n - - proxymap
            proxywrite unix - - n - 1 proxymap
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd

            """);
    }
}

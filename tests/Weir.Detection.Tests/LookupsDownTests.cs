using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weir.Access;
using Weir.Access.Contracts;
using Weir.Detection.Tests.Support;
using Weir.Directory;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Gateway;
using Weir.Gateway.Contracts;
using Weir.Intelligence;
using Weir.Kernel;
using Weir.Mail;
using Weir.Mail.Contracts;

namespace Weir.Detection.Tests;

/// <summary>DNS, the block lists and clamd are down at once: nobody listens at port 1 of this machine.</summary>
public sealed class LookupsDownTests
{
    private const string Raw = "From: Nora Lind <nora@saltmarsh.example>\r\nTo: tom.weber@harbour.example\r\nSubject: Tour\r\nDate: Mon, 02 Nov 2026 09:00:00 +0000\r\nMessage-ID: <down1@saltmarsh.example>\r\n\r\nHello Tom, see https://www.saltmarsh.example/tour for the plan.\r\n";

    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["dns:server"] = "127.0.0.1:1",
        ["dns:timeout"] = "100",
        ["dns:total"] = "1000",
        ["detection:clamd"] = "127.0.0.1:1",
        ["detection:dnsbl:0"] = "bl.lists.example",
        ["detection:uribl:0"] = "dbl.lists.example",
        ["detection:dnsListMilliseconds"] = "500",
    };

    [Fact]
    public async Task Mail_flows_in_bounded_time_and_the_record_says_what_was_not_asked()
    {
        await using var host = await StartAsync();
        var started = TimeProvider.System.GetTimestamp();

        var answer = Assert.Single(await host.Get<IIntake>().AcceptAsync(Caller.System("test", Permission.MailImport), [Message()], TestContext.Current.CancellationToken));

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(15));
        var judged = await JudgedAsync(host, answer.Id);
        Assert.Equal("Clean", judged.Verdict);
        Assert.Equal("Deliver", Assert.Single(judged.Recipients).Decision);
        // These rows are what the entity page lists under Analysis.
        Assert.Superset(
            new HashSet<string>(["antimalware-not-available", "dns-not-available", "list-not-available", "list-not-available-2"], StringComparer.Ordinal),
            judged.Signals.Select(signal => signal.Name).ToHashSet(StringComparer.Ordinal));
        Assert.All(judged.Signals.Where(signal => signal.Name.Contains("not-available", StringComparison.Ordinal)), signal => Assert.Equal(0, signal.Weight));
    }

    [Fact]
    public async Task The_doctor_says_so()
    {
        await using var host = await StartAsync();

        var results = new Dictionary<string, CheckResult>(StringComparer.Ordinal);
        foreach (var check in host.Services.GetServices<ICheck>())
        {
            results[check.Name] = (await check.RunAsync(TestContext.Current.CancellationToken))[0];
        }

        Assert.Equal(CheckState.Failed, results["ClamAV"].State);
        Assert.Equal(CheckState.Failed, results["Block lists"].State);
        Assert.Contains("bl.lists.example", results["Block lists"].Text, StringComparison.Ordinal);
    }

    private static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync(
            services => services
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build())
                .AddAccess().AddDirectory().AddMail().AddEvents().AddIntelligence().AddDetection().AddGateway()
                .AddEvery<ICheck>(typeof(DetectionModule).Assembly));
        await DetectionModule.LoadAsync(host.Services, CancellationToken.None);
        return host;
    }

    private static IncomingMessage Message() => new()
    {
        Raw = Encoding.ASCII.GetBytes(Raw),
        Envelope = new Envelope { MailFrom = "nora@saltmarsh.example", Recipients = ["tom.weber@harbour.example"], ClientIp = "203.0.113.7", Helo = "mail.saltmarsh.example" },
        Door = "milter",
        ReceivedAt = Some.Time,
    };

    private static async Task<MessageJudged> JudgedAsync(TestHost host, NetworkMessageId id)
    {
        await foreach (var logged in host.Get<IEventLog>().ReadAsync(0, TestContext.Current.CancellationToken))
        {
            if (logged.Fact is MessageJudged judged && judged.Id == id)
            {
                return judged;
            }
        }

        throw new InvalidOperationException("The message is not in the record.");
    }
}

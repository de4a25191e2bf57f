using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Access;
using Weir.Access.Contracts;
using Weir.Detection;
using Weir.Directory;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Intelligence;
using Weir.Intelligence.Contracts;
using Weir.Mail;
using Weir.Mail.Contracts;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Tests.Rejudging;

/// <summary>All modules with the real judge and its history: a wrong block, and what is left of it.</summary>
public sealed class BlockTakenBackTests
{
    private const string Verdicts = "WeirMessageEvidence | order by NetworkMessageId asc | project NetworkMessageId, Verdict";

    private static readonly Caller Everybody = Caller.System("test", Enum.GetValues<Permission>());
    private static readonly DateTimeOffset Weeks = DateTimeOffset.UtcNow.AddDays(-21);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task Every_message_is_called_what_it_was_before_however_many_are_alike()
    {
        var data = new DataDirectory(TestRun.NewFolder("taken-back"));
        var token = TestContext.Current.CancellationToken;
        using var host = await StartAsync(data);
        var intake = host.Services.GetRequiredService<IIntake>();
        await intake.AcceptAsync(Everybody, [.. Enumerable.Range(0, 30).Select(Partner), .. Enumerable.Range(0, 4).Select(Own), Bad()], Token);
        var before = await AskAsync(host, Verdicts);
        await UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(data.Path, "gateway", "entries")) && !File.Exists(Path.Combine(data.Path, "gateway", "entries-open"))));

        var list = host.Services.GetRequiredService<IAllowBlockEntries>();
        var saved = await list.SaveAsync(Everybody, null, new EntryDraft(EntryKind.IpAddress, "192.0.2.0/24", IsAllow: false), isConfirmed: true, Token);
        await EndedAsync(host, 1);
        var blocked = await AskAsync(host, "WeirMessageEvidence | summarize count() by Verdict | order by Verdict asc");
        await intake.AcceptAsync(Everybody, [Partner(100) with { Envelope = new Envelope { MailFrom = "p100@else.example", Recipients = ["tom@corp.example"], ClientIp = "198.51.100.7" }, ReceivedAt = DateTimeOffset.UtcNow }], Token);
        var like = await AskAsync(host, "WeirMessageEvidence | top 1 by Timestamp desc | project Verdict");
        await list.RemoveAsync(Everybody, [saved.Saved!.Entry.Id], Token);
        await EndedAsync(host, 2);

        Assert.Equal("Clean", Assert.Single(like));
        Assert.Contains("High confidence phish|30", blocked);
        Assert.Equal(before, (await AskAsync(host, Verdicts)).Take(before.Count));
        var again = await host.Services.GetRequiredService<IRejudging>().RunAsync(Everybody, new RejudgingRequest("once more", TimeSpan.FromDays(40)), new Progress<RejudgingProgress>(), Token);
        Assert.Equal((36, 0), ((int)again.Judged, (int)again.Changed));
        await host.StopAsync(token);
    }

    private static async Task<IHost> StartAsync(DataDirectory data)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["detection:model"] = "none" });
        builder.Services.AddSingleton(data).AddSingleton(TimeProvider.System);
        builder.Services.AddStorage().AddAccess().AddDirectory().AddMail().AddEvents().AddIntelligence().AddDetection().AddGateway();
        var host = builder.Build();
        await StorageModule.CreateDatabaseAsync(host.Services, Token);
        await DirectoryModule.LoadAsync(host.Services, Token);
        await DetectionModule.LoadAsync(host.Services, Token);
        await host.StartAsync(Token);
        return host;
    }

    private static IncomingMessage Partner(int number) => Incoming(
        $"p{number}@partner.example",
        "tom@corp.example",
        $"<{number}@partner.example>",
        "Good morning, thank you for the order of last week. The pallets leave our warehouse on Thursday and reach the harbour on Friday before noon, as we agreed on the phone. The delivery note lies in the first box as usual.",
        new Envelope { MailFrom = $"p{number}@partner.example", Recipients = ["tom@corp.example"], ClientIp = "192.0.2.44" },
        Weeks.AddMinutes(number * 5));

    /// <summary>Own mail to many, within ten minutes three weeks ago.</summary>
    private static IncomingMessage Own(int number) => Incoming(
        "anna@corp.example",
        "friends@elsewhere.example",
        $"<own{number}@corp.example>",
        "Dear all, the minutes of the meeting are in the usual place. Please tell me until Monday when something is missing or wrong.",
        new Envelope { MailFrom = "anna@corp.example", Recipients = [.. Enumerable.Range(0, 20).Select(i => $"q{number}-{i}@elsewhere.example")], ClientIp = "10.0.0.5", AuthenticatedUser = "anna@corp.example" },
        Weeks.AddDays(1).AddMinutes(number));

    private static IncomingMessage Bad() => Incoming(
        "x@bad.example",
        "tom@corp.example",
        "<bad@bad.example>",
        string.Concat("XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"),
        new Envelope { MailFrom = "x@bad.example", Recipients = ["tom@corp.example"], ClientIp = "203.0.113.8" },
        Weeks.AddDays(2));

    private static IncomingMessage Incoming(string from, string to, string id, string body, Envelope envelope, DateTimeOffset at) => new()
    {
        Raw = Encoding.UTF8.GetBytes($"From: Somebody <{from}>\r\nTo: {to}\r\nSubject: Delivery on Friday\r\nDate: {at:r}\r\nMessage-ID: {id}\r\n\r\n{body}\r\n"),
        Door = "import",
        Envelope = envelope,
        ReceivedAt = at,
        RecordedAuthentication = new AuthenticationResults { Spf = SpfResult.Pass, SpfDomain = from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..], Dmarc = DmarcResult.Pass, Composite = CompositeResult.Pass, IsRecorded = true },
    };

    private static async Task<IReadOnlyList<string>> AskAsync(IHost host, string kql)
    {
        var log = host.Services.GetRequiredService<IEventLog>();
        await log.WaitUntilShownAsync(log.Last, Token);
        return [.. (await host.Services.GetRequiredService<IQuestions>().AskAsync(Everybody, new Question(kql), Token)).Rows.Select(row => string.Join('|', row))];
    }

    private static Task EndedAsync(IHost host, int times) => UntilAsync(async () =>
    {
        var ended = 0;
        await foreach (var logged in host.Services.GetRequiredService<IEventLog>().ReadAsync(0, Token))
        {
            ended += logged.Fact is RejudgingEnded ? 1 : 0;
        }

        return ended >= times;
    });

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(100, Token);
        }
    }
}

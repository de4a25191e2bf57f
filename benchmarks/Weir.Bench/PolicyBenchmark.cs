using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weir.Access;
using Weir.Access.Contracts;
using Weir.Detection;
using Weir.Detection.Contracts;
using Weir.Directory;
using Weir.Directory.Contracts;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Intelligence;
using Weir.Kernel;
using Weir.Mail;
using Weir.Mail.Contracts;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.Bench;

/// <summary>What policies cost: deciding beside judging, saving until it is in force, and trying on stored mail, with many policies and people.</summary>
internal sealed class PolicyBenchmark : IBenchmark
{
    private const int People = 2_000;
    private const int Lists = 100;
    private const int PoliciesOfType = 100;
    private const int Decisions = 200_000;
    private const int StoredMessages = 20_000;

    private static readonly Caller Boss = Caller.System("bench", Permission.SecuritySettingsRead, Permission.SecuritySettingsManage, Permission.EmailMetadataRead);

    public string Name => "policies";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("weir-bench-");
        try
        {
            await using var services = await StartAsync(folder.FullName, cancellationToken);
            await MeasureSavingAsync(output, services, cancellationToken);
            await MeasureDecidingAsync(output, services, cancellationToken);
            await MeasureTryingAsync(output, services, cancellationToken);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<ServiceProvider> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection()
            .AddSingleton(new DataDirectory(folder)).AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging()
            .AddStorage().AddAccess().AddDirectory().AddMail().AddEvents().AddIntelligence().AddDetection().BuildServiceProvider();
        await StorageModule.CreateDatabaseAsync(services, cancellationToken);
        await DirectoryModule.LoadAsync(services, cancellationToken);
        var organisation = System.IO.Directory.CreateDirectory(Path.Combine(folder, "organisation")).FullName;
        await File.WriteAllTextAsync(Path.Combine(organisation, "domains.csv"), "domain,kind\nfirm.example,own\n", cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(organisation, "people.csv"), Enumerable.Range(0, People).Select(i => $"p{i}@firm.example,Person {i}").Prepend("address,displayName"), cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(organisation, "lists.csv"), Enumerable.Range(0, Lists).Select(i => $"l{i}@firm.example,List {i},{string.Join(';', Enumerable.Range(0, People / Lists).Select(j => $"p{(i * People / Lists) + j}@firm.example"))}").Prepend("address,displayName,members"), cancellationToken);
        var problems = await services.GetRequiredService<IDirectory>().ImportCsvAsync(Boss, organisation, cancellationToken);
        await DetectionModule.LoadAsync(services, cancellationToken);
        return problems.Count == 0 ? services : throw new InvalidOperationException(string.Join(" ", problems));
    }

    /// <summary>Each policy is for one list, so that most people pass over most policies.</summary>
    private static async Task MeasureSavingAsync(TextWriter output, ServiceProvider services, CancellationToken cancellationToken)
    {
        var settings = services.GetRequiredService<IPolicySettings>();
        var policies = services.GetRequiredService<IPolicies>();
        var many = PolicyNames.Types.SelectMany(type => Enumerable.Range(0, PoliciesOfType).Select(i => PolicyNames.NewOf(type, Guid.CreateVersion7()) with { Name = $"Policy {i}", Priority = i, Scope = new PolicyScope { Groups = [$"l{i % Lists}@firm.example"] } })).ToList();
        var problems = await settings.SaveAsync(Boss, settings.Read(Boss) with { Mode = PolicyMode.On, Policies = many }, cancellationToken);
        if (problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join(" ", problems));
        }

        policies.Decide("p0@firm.example", new PolicySubject { Verdict = Verdict.Spam });
        var clock = Stopwatch.StartNew();
        await settings.SaveAsync(Boss, settings.Read(Boss) with { Standard = new Preset { IsOn = true, Scope = new PolicyScope { Users = ["p0@firm.example"] } } }, cancellationToken);
        var decided = policies.Decide("p0@firm.example", new PolicySubject { Verdict = Verdict.Phish });
        await output.WriteLineAsync(Figures.Below($"a change among {many.Count} policies for {People} people in force (it decides: {decided.Policy?.Name})", 1_000, clock.Elapsed.TotalMilliseconds));
    }

    private static async Task MeasureDecidingAsync(TextWriter output, ServiceProvider services, CancellationToken cancellationToken)
    {
        var policies = services.GetRequiredService<IPolicies>();
        var judge = services.GetRequiredService<IMessageJudge>();
        var raw = Encoding.ASCII.GetBytes($"From: Ada <ada@elsewhere.example>\r\nTo: p1@firm.example\r\nSubject: Lunch\r\nMessage-ID: <1@elsewhere.example>\r\n\r\n{string.Concat(Enumerable.Repeat("Shall we meet at noon, and speak about the new hull? ", 40))}\r\n");
        MessageToJudge Message() => new()
        {
            Id = NetworkMessageId.New(DateTimeOffset.UnixEpoch), Raw = raw, ReceivedAt = DateTimeOffset.UnixEpoch, RecordedAuthentication = new AuthenticationResults(),
            Envelope = new Envelope { MailFrom = "ada@elsewhere.example", Recipients = [.. Enumerable.Range(0, 5).Select(i => $"p{i * 300}@firm.example")], ClientIp = "203.0.113.7" },
        };
        for (var i = 0; i < 200; i++)
        {
            await judge.JudgeAsync(Message(), cancellationToken);
        }

        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 1_000; i++)
        {
            await judge.JudgeAsync(Message(), cancellationToken);
        }

        var judging = clock.Elapsed / 1_000;
        var addresses = Enumerable.Range(0, People).Select(i => $"p{i}@firm.example").ToArray();
        var subject = new PolicySubject { Verdict = Verdict.Spam };
        for (var i = 0; i < Decisions / 4; i++)
        {
            policies.Decide(addresses[i % People], subject);
        }

        clock.Restart();
        for (var i = 0; i < Decisions; i++)
        {
            policies.Decide(addresses[i % People], subject);
        }

        var deciding = clock.Elapsed / Decisions;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"judging a short message to 5 people: {judging.TotalMicroseconds:0} µs; deciding for 5 of {People} people among {4 * PoliciesOfType} policies: {5 * deciding.TotalMicroseconds:0.0} µs, {100 * 5 * deciding / judging:0.0} % of it (aim below 10 %)"));
    }

    private static async Task MeasureTryingAsync(TextWriter output, ServiceProvider services, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var log = services.GetRequiredService<IEventLog>();
        foreach (var part in Enumerable.Range(0, StoredMessages).Chunk(500))
        {
            await log.AppendAsync([.. part.Select(i => Stored(i, now.AddMinutes(-i * 2)))], cancellationToken);
        }

        EventsModule.BringUpToDate(services, cancellationToken);
        var settings = services.GetRequiredService<IPolicySettings>();
        var clock = Stopwatch.StartNew();
        var result = await services.GetRequiredService<IPolicyTrial>().TryAsync(Boss, settings.Read(Boss) with { Strict = new Preset { IsOn = true } }, 30, progress: null, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Strict tried on {result.Messages} messages of 30 days, half of them with a threat: {clock.Elapsed.TotalSeconds:0.0} s ({result.Messages / clock.Elapsed.TotalSeconds:0} a second), {result.Changed} would be treated differently"));
    }

    private static MessageJudged Stored(int number, DateTimeOffset at)
    {
        var isSpam = number % 2 == 0;
        return new MessageJudged
        {
            At = at, Id = NetworkMessageId.New(at), ReceivedAt = at, Verdict = isSpam ? "Spam" : "Clean", ThreatTypes = isSpam ? "Spam" : "", ConfidenceLevel = isSpam ? """{"Spam":"5"}""" : "", EmailAction = "No action taken",
            Subject = $"Message {number}", SenderFromAddress = "ada@elsewhere.example", SenderMailFromAddress = "ada@elsewhere.example", EmailDirection = "Inbound",
            Recipients = [new RecordedRecipient { Address = $"p{number % People}@firm.example", Decision = "Deliver", Action = "No action taken" }],
        };
    }
}

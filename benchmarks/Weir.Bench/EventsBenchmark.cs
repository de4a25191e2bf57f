using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Bench;

/// <summary>How fast facts become durable, and how fast they show in the event store: a batch import, and single messages that come one by one.</summary>
internal sealed class EventsBenchmark : IBenchmark
{
    private const int Messages = 20_000;
    private const int MessagesPerAppend = 100;
    private const int Writers = 4;
    private const int Singles = 200;

    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    public string Name => "events";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("weir-bench-");
        try
        {
            await using var services = Services(directory.FullName);
            var log = services.GetRequiredService<IEventLog>();
            await MeasureImportAsync(output, services, log, cancellationToken);
            await MeasureFreshnessAsync(output, services, log, cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static ServiceProvider Services(string directory)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new DataDirectory(directory));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddEvents();
        return services.BuildServiceProvider();
    }

    private static async Task MeasureImportAsync(TextWriter output, ServiceProvider services, IEventLog log, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Messages / MessagesPerAppend),
            new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken },
            async (part, token) => await log.AppendAsync([.. Enumerable.Range(part * MessagesPerAppend, MessagesPerAppend).SelectMany(Message)], token));
        var appended = clock.Elapsed;
        var appendedCpu = Environment.CpuUsage.TotalTime - cpu;
        EventsModule.BringUpToDate(services, cancellationToken);
        var folded = clock.Elapsed - appended;
        var foldedCpu = Environment.CpuUsage.TotalTime - cpu - appendedCpu;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Messages} messages of 3 facts: appended in {appended.TotalSeconds:F1} s ({Messages / appended.TotalSeconds:F0}/s), folded in {folded.TotalSeconds:F1} s ({Messages / folded.TotalSeconds:F0}/s)"));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"processor time: appending {Messages / appendedCpu.TotalSeconds:F0} messages a second of one core, folding {Messages / foldedCpu.TotalSeconds:F0}"));
    }

    private static async Task MeasureFreshnessAsync(TextWriter output, ServiceProvider services, IEventLog log, CancellationToken cancellationToken)
    {
        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(cancellationToken);
        }

        var waits = new List<double>();
        for (var i = 0; i < Singles; i++)
        {
            var clock = Stopwatch.StartNew();
            var sequence = await log.AppendAsync([.. Message(Messages + i)], cancellationToken);
            await log.WaitUntilShownAsync(sequence, cancellationToken);
            waits.Add(clock.Elapsed.TotalMilliseconds);
        }

        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StopAsync(cancellationToken);
        }

        waits.Sort();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"one message from append to shown: median {waits[Singles / 2]:F0} ms, 95 % {waits[Singles * 95 / 100]:F0} ms, worst {waits[^1]:F0} ms"));
    }

    private static IEnumerable<Fact> Message(int number)
    {
        var at = Start.AddSeconds(number);
        var id = NetworkMessageId.New(at);
        var recipient = string.Create(CultureInfo.InvariantCulture, $"user{number % 500}@firm.example");
        yield return new MessageReceived { At = at, Id = id, Door = "import", BlobId = "1-0-10-0", Size = 20_000, Envelope = new RecordedEnvelope { MailFrom = "shop@news.example", Recipients = [recipient], ClientIp = "192.0.2.7" } };
        yield return new MessageJudged
        {
            At = at,
            Id = id,
            ReceivedAt = at,
            Verdict = "Clean",
            Subject = string.Create(CultureInfo.InvariantCulture, $"Offer number {number}"),
            SenderFromAddress = "shop@news.example",
            SenderMailFromAddress = "shop@news.example",
            SenderIp = "192.0.2.7",
            EmailDirection = "Inbound",
            EmailSize = 20_000,
            HeaderText = new string('h', 3000),
            Recipients = [new RecordedRecipient { Address = recipient, Decision = "Deliver" }],
            Signals = [.. Enumerable.Range(0, 3).Select(i => new RecordedSignal { Name = $"signal{i}", Technology = "General filter", Evidence = "some evidence", Weight = 0.5 })],
            Urls = [.. Enumerable.Range(0, 3).Select(i => new RecordedUrl { Url = $"https://news.example/{number}/{i}", Domain = "news.example", Location = "Body" })],
        };
        yield return new DeliveryObserved { At = at.AddSeconds(2), Id = id, Recipient = recipient, Location = "Inbox/folder", Source = "postfix" };
    }
}

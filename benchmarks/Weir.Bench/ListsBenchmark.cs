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
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Intelligence;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Mail;
using Weir.Mail.Contracts;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.Bench;

/// <summary>The allow/block list with 100,000 entries: reading many lines, when a new entry is obeyed, what looking up costs, and how fast stored mail of an entry is found.</summary>
internal sealed class ListsBenchmark : IBenchmark
{
    private const int Entries = 100_000;
    private const int Rounds = 20;
    private const int LookUps = 20_000;
    private const int Mailboxes = 1_000;
    private const int MessagesEach = 30;
    private const int OneIn = 100;

    private static readonly Caller Self = Caller.System("bench", Permission.SecuritySettingsRead, Permission.DetectionTuningManage, Permission.EmailMetadataRead);

    public string Name => "lists";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("weir-bench-");
        try
        {
            await using var services = Services(folder.FullName);
            await StorageModule.CreateDatabaseAsync(services, cancellationToken);
            await DirectoryModule.LoadAsync(services, cancellationToken);
            await DetectionModule.LoadAsync(services, cancellationToken);
            var empty = LookUpMicroseconds(services);
            await FillAsync(output, services, cancellationToken);
            await MeasureInForceAsync(output, services, cancellationToken);
            var full = LookUpMicroseconds(services);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"looking a message up (author, MAIL FROM, ten links, two files, client): {empty:0.0} µs with no entry, {full:0.0} µs with {Entries:N0}"));
            await MeasureStoredMailAsync(output, services, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ServiceProvider Services(string directory) => new ServiceCollection()
        .AddSingleton(new DataDirectory(directory))
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["detection:model"] = "none" }).Build())
        .AddLogging()
        .AddStorage().AddAccess().AddDirectory().AddMail().AddEvents().AddIntelligence().AddDetection()
        .BuildServiceProvider();

    /// <summary>A hundred thousand lines, half of them wrong, and then the other half right: as many entries of every kind.</summary>
    private static async Task FillAsync(TextWriter output, ServiceProvider services, CancellationToken cancellationToken)
    {
        var door = services.GetRequiredService<IAllowBlockEntries>();
        var clock = Stopwatch.StartNew();
        var mixed = await door.ReadAsync(Self, string.Join('\n', Enumerable.Range(0, Entries / 2).Select(i => $"{Line(i)}\nblock url evil{i}")), new EntryDefaults(IsAllow: false), cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Entries:N0} lines, half of them wrong: read in {clock.Elapsed.TotalSeconds:0.0} s, {mixed.Bad.Count:N0} named"));
        var rest = await door.ReadAsync(Self, string.Join('\n', Enumerable.Range(Entries / 2, Entries / 2).Select(Line)), new EntryDefaults(IsAllow: false), cancellationToken);
        clock.Restart();
        var added = await door.AddAsync(Self, [.. mixed.Good, .. rest.Good], isConfirmed: true, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{added.Added:N0} entries saved in {clock.Elapsed.TotalSeconds:0.0} s"));
    }

    private static string Line(int i) => (i % 5) switch
    {
        0 => $"block domain evil{i}.example",
        1 => $"block sender mallory{i}@mail.example",
        2 => $"block url https://host{i % 500}.example/path/{i}",
        3 => $"block sha256 {i:x64}",
        _ => string.Create(CultureInfo.InvariantCulture, $"block ip 198.{18 + (i >> 16)}.{(i >> 8) & 255}.{i & 255}"),
    };

    private static async Task MeasureInForceAsync(TextWriter output, ServiceProvider services, CancellationToken cancellationToken)
    {
        var door = services.GetRequiredService<IAllowBlockEntries>();
        var judge = services.GetRequiredService<IMessageJudge>();
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var message = Message($"fresh{round}.example");
            if ((await judge.JudgeAsync(message, cancellationToken)).Judgement.Signals.Any(signal => signal.Override == OverrideKind.OrganizationBlock))
            {
                throw new InvalidOperationException("The message is blocked before its entry is there.");
            }

            var clock = Stopwatch.StartNew();
            await door.SaveAsync(Self, id: null, new EntryDraft(EntryKind.SenderDomain, $"fresh{round}.example", IsAllow: false), isConfirmed: true, cancellationToken);
            while ((await judge.JudgeAsync(message, cancellationToken)).Judgement.Verdict != Verdict.HighConfidencePhish)
            {
                await Task.Delay(1, cancellationToken);
            }

            if (round > 0)
            {
                times.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        await output.WriteLineAsync(Figures.Below(string.Create(CultureInfo.InvariantCulture, $"from saving an entry to the first judged message that obeys, beside {Entries:N0}, slowest of {Rounds}"), 1_000, times.Max()));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  median {Figures.Median(times):0} ms"));
    }

    private static MessageToJudge Message(string domain) => new()
    {
        Id = NetworkMessageId.New(TimeProvider.System.GetUtcNow()),
        Raw = Encoding.UTF8.GetBytes($"From: Ada <ada@{domain}>\r\nTo: tom@corp.example\r\nSubject: Hello\r\nMessage-ID: <1@{domain}>\r\n\r\nSee https://good.example/a\r\n"),
        Envelope = new Envelope { MailFrom = $"ada@{domain}", Recipients = ["tom@corp.example"], ClientIp = "203.0.113.9" },
        ReceivedAt = TimeProvider.System.GetUtcNow(),
        RecordedAuthentication = new AuthenticationResults(),
    };

    private static double LookUpMicroseconds(ServiceProvider services)
    {
        var list = services.GetRequiredService<IAllowBlockList>();
        var now = TimeProvider.System.GetUtcNow();
        var mail = new MailTraits
        {
            Author = "ada@mail.lists.good.example",
            MailFrom = "bounce@out.good.example",
            ClientIp = "203.0.113.9",
            Urls = [.. Enumerable.Range(0, 10).Select(i => ($"https://host{i}.example/path/to/page{i}?q=1", $"host{i}.example"))],
            Hashes = [new string('b', 64), new string('c', 64)],
        };
        var times = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < LookUps; i++)
            {
                list.Find(mail, now);
            }

            times.Add(clock.Elapsed.TotalMicroseconds / LookUps);
        }

        return Figures.Median(times);
    }

    private static async Task MeasureStoredMailAsync(TextWriter output, ServiceProvider services, CancellationToken cancellationToken)
    {
        var log = services.GetRequiredService<IEventLog>();
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        foreach (var some in Enumerable.Range(0, Mailboxes * MessagesEach).Select(i => Judged(i, yesterday)).Chunk(1_000))
        {
            await log.AppendAsync(some, cancellationToken);
        }

        EventsModule.BringUpToDate(services, cancellationToken);
        var effects = services.GetRequiredService<IEntryEffects>();
        foreach (var (kind, value) in new[] { (EntryKind.SenderDomain, "wave.example"), (EntryKind.Url, "*.wave.example/login") })
        {
            var clock = Stopwatch.StartNew();
            var effect = await effects.EffectAsync(Self, new EntryDraft(kind, value, IsAllow: false), cancellationToken);
            var milliseconds = clock.Elapsed.TotalMilliseconds;
            if (effect.Messages != Mailboxes * MessagesEach / OneIn)
            {
                throw new InvalidOperationException($"{effect.Messages} messages were found instead of {Mailboxes * MessagesEach / OneIn}.");
            }

            await output.WriteLineAsync(Figures.Below(string.Create(CultureInfo.InvariantCulture, $"the {effect.Messages} of {Mailboxes * MessagesEach:N0} messages of yesterday in {Mailboxes:N0} mailboxes that {value} speaks of, counted by verdict with examples"), 5_000, milliseconds));
        }
    }

    private static MessageJudged Judged(int i, DateTimeOffset at)
    {
        var domain = i % OneIn == 0 ? "wave.example" : $"s{i % 400}.example";
        return new MessageJudged
        {
            At = at,
            ReceivedAt = at.AddMilliseconds(i),
            Id = NetworkMessageId.New(at.AddMilliseconds(i)),
            Verdict = "Clean",
            Subject = $"Message {i}",
            SenderFromAddress = $"u{i % 900}@{domain}",
            SenderMailFromAddress = $"u{i % 900}@{domain}",
            SenderIp = "203.0.113.9",
            EmailDirection = "Inbound",
            Recipients = [new RecordedRecipient { Address = $"p{i % Mailboxes}@corp.example", Decision = "Deliver" }],
            Urls = [new RecordedUrl { Url = $"https://www.{domain}/login/{i}?x=1", Domain = $"www.{domain}", Location = "Body" }],
        };
    }
}

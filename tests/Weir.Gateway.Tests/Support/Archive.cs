using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Gateway.Delivery;
using Weir.Gateway.Intake;
using Weir.Gateway.Rejudging;
using Weir.Mail.Contracts;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Tests.Support;

/// <summary>Mail that came in and is kept in a real log and a real event store, and what judges it again.</summary>
internal sealed class Archive : IAsyncDisposable
{
    public static readonly Caller Analyst = new("ana", "ana", new HashSet<Permission> { Permission.DetectionTuningManage, Permission.EmailMetadataRead });

    private readonly string _data = TestRun.NewFolder("archive");
    private readonly ServiceProvider _services;
    private readonly MessageIntake _intake;
    private readonly KnownMailSource _source;

    public Archive(OneJudge? judge = null)
    {
        Judge = judge ?? new OneJudge();
        var directory = new DataDirectory(_data);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(directory);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddStorage();
        services.AddEvents();
        _services = services.BuildServiceProvider();
        Log = _services.GetRequiredService<IEventLog>();
        _source = new KnownMailSource(Log, directory, Clock);
        _intake = new MessageIntake(Judge, Blobs, Log, Organisation, _source, TrustedRelays.None, Options.Create(new DeliveryOptions { PostfixLog = "/var/log/mail.log" }), new RoomOnDisk(new SmallDisk(), directory, Clock), Clock);
        Concerned = new ConcernedMail(Questions);
        Rejudgings = new Rejudgings(Concerned, Questions, new StoredMail(Judge, Blobs, Organisation, TrustedRelays.None, Clock), List, Log, Audit, directory, Clock, NullLogger<Rejudgings>.Instance);
        Watch = new KnowledgeWatch(List, Concerned, Rejudgings, Options.Create(new RejudgingOptions()), directory, Clock, NullLogger<KnowledgeWatch>.Instance);
        IndicatorWatch = new IndicatorWatch(Indicators, Concerned, Rejudgings, Options.Create(new RejudgingOptions()), directory, Clock, NullLogger<IndicatorWatch>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(Door.Morning);
    public OneJudge Judge { get; }
    public MemoryBlobs Blobs { get; } = new();
    public SmallOrganisation Organisation { get; } = new();
    public SmallList List { get; } = new();
    public SmallIndicators Indicators { get; } = new();
    public KeptAudit Audit { get; } = new();
    public IEventLog Log { get; }
    public IQuestions Questions => _services.GetRequiredService<IQuestions>();
    public ConcernedMail Concerned { get; }
    public Rejudgings Rejudgings { get; }
    public KnowledgeWatch Watch { get; }
    public IndicatorWatch IndicatorWatch { get; }

    /// <summary>A file of the gateway's own.</summary>
    public string PathOf(string name) => Path.Combine(_data, "gateway", name);

    public async Task<AcceptedMessage> AcceptAsync(Contracts.IncomingMessage message)
    {
        var accepted = (await _intake.AcceptAsync(Door.Importer, [message], TestContext.Current.CancellationToken))[0];
        Show();
        return new AcceptedMessage(accepted.Id, accepted.Judged);
    }

    public async Task AcceptAsync(IReadOnlyList<Contracts.IncomingMessage> messages)
    {
        await _intake.AcceptAsync(Door.Importer, messages, TestContext.Current.CancellationToken);
        Show();
    }

    /// <summary>Brings the event store to the end of the log.</summary>
    public void Show() => EventsModule.BringUpToDate(_services, TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<Fact>> FactsAsync()
    {
        var facts = new List<Fact>();
        await foreach (var logged in Log.ReadAsync(0, TestContext.Current.CancellationToken))
        {
            facts.Add(logged.Fact);
        }

        return facts;
    }

    /// <summary>Rows as text, cells divided by a bar.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string kql)
    {
        Show();
        return [.. (await Questions.AskAsync(Analyst, new Question(kql), TestContext.Current.CancellationToken)).Rows.Select(row => string.Join('|', row))];
    }

    public async ValueTask DisposeAsync()
    {
        Watch.Dispose();
        IndicatorWatch.Dispose();
        Rejudgings.Dispose();
        _intake.Dispose();
        _source.Dispose();
        await _services.DisposeAsync();
        System.IO.Directory.Delete(_data, recursive: true);
    }

    /// <summary>What a door was told.</summary>
    internal sealed record AcceptedMessage(Weir.Kernel.NetworkMessageId Id, JudgedMessage Judged);
}

/// <summary>An allow/block list that a test fills.</summary>
internal sealed class SmallList : Weir.Intelligence.Contracts.IAllowBlockList
{
    public IReadOnlyList<Weir.Intelligence.Contracts.AllowBlockEntry> Entries { get; set; } = [];

    public long Version => 0;

    public IReadOnlyList<Weir.Intelligence.Contracts.AllowBlockEntry> Find(Weir.Intelligence.Contracts.MailTraits message, DateTimeOffset at) => Entries;

    public string ContentAt(DateTimeOffset at) => "";

    public Weir.Intelligence.Contracts.ListChanges ChangesSince(long version) => new(Version, Entries, []);

    /// <summary>How often it was looked at.</summary>
    public int Asked { get; private set; }

    public IReadOnlyList<Weir.Intelligence.Contracts.AllowBlockEntry> Current(DateTimeOffset at)
    {
        Asked++;
        return [.. Entries.Where(entry => !(entry.Expires <= at))];
    }
}

/// <summary>Indicator files that name one URL host.</summary>
internal sealed class SmallIndicators : IIndicators
{
    public string Host { get; set; } = "";

    /// <summary>How often they were looked at.</summary>
    public int Asked { get; private set; }

    public string CurrentVersion()
    {
        Asked++;
        return Host;
    }


    public string? OfFile(string sha256) => null;

    public string? OfUrl(string url, string host) => Host.Length > 0 && host == Host ? "feed.txt" : null;

    public string? OfAddress(string ip) => null;
}

/// <summary>An audit trail in memory.</summary>
internal sealed class KeptAudit : IAuditTrail
{
    public List<AuditEntry> Entries { get; } = [];

    public ValueTask RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken)
    {
        Entries.Add(entry);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AuditRecord>> ReadAsync(Caller caller, int count, long? before, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<long?> VerifyAsync(Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();
}

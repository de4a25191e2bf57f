using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Intelligence;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;
using Weir.Mailboxes;
using Weir.Mailboxes.Contracts;
using Weir.Response.Alerts;
using Weir.Response.Contracts;
using Weir.Response.Remediations;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.Response.Tests.Support;

/// <summary>Response on a real SQLite database and real Maildirs; the record, the log, blobs and the job table are small fakes that survive a kill.</summary>
internal sealed class World : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Caller Postman = Caller.System("postman", Permission.MailImport, Permission.EmailAdvancedActionsManage, Permission.EmailPurge);

    private static readonly SemaphoreSlim TemplateOnce = new(1);
    private static byte[]? _template;

    private readonly string _directory = TestRun.NewFolderInMemory("response");
    private ServiceProvider _provider;
    private int _messages;

    private World() => _provider = null!; // MakeAsync starts it

    public Steps Steps { get; } = new();
    public FakeQuestions Record { get; } = new();
    public FakeLog Log { get; private set; } = null!;
    public FakeBlobs Blobs { get; } = new();
    public FakeAudit Audit { get; } = new();
    public FakeJobs Jobs { get; } = new();
    public FakeList List { get; } = new();
    public FakeServer Server { get; } = new();
    public FakeJudge Judge { get; } = new();
    public IQuarantine Quarantine => _provider.GetRequiredService<IQuarantine>();
    public IQuarantinePolicies QuarantinePolicies => _provider.GetRequiredService<IQuarantinePolicies>();
    public IOwnQuarantine Own => _provider.GetRequiredService<IOwnQuarantine>();
    public IOutbox Outbox => _provider.GetRequiredService<IOutbox>();
    public IOwnMail OwnMail => _provider.GetRequiredService<IOwnMail>();
    public ISignedText SignedText => _provider.GetRequiredService<ISignedText>();
    public FakeTimeProvider Time { get; } = new(Noon.AddHours(1));
    public StepMailboxes Mailboxes { get; private set; } = null!;
    public IRemediation Remediation => _provider.GetRequiredService<IRemediation>();
    public IAutomation Automation => _provider.GetRequiredService<IAutomation>();
    public IRaiseAlert Alerts => _provider.GetRequiredService<IRaiseAlert>();
    public IMessageContent Content => _provider.GetRequiredService<IMessageContent>();

    /// <summary>Decides on what waits.</summary>
    public static Caller Operator { get; } = Person("olga", Permission.EmailMetadataRead, Permission.SecurityDataRead, Permission.ResponseManage);

    public static Caller Analyst { get; } = Person("ana", Permission.EmailMetadataRead, Permission.SecurityDataRead, Permission.EmailAdvancedActionsManage, Permission.EmailPurge, Permission.QuarantineManage, Permission.EmailContentRead, Permission.SecuritySettingsRead, Permission.SecuritySettingsManage);

    public static Caller Person(string id, params Permission[] permissions) => new(id, id, new HashSet<Permission>(permissions));

    public static async Task<World> MakeAsync(params (string Key, string Value)[] settings)
    {
        var world = new World();
        world.Log = new FakeLog(world.Steps);
        world.Record.Alerts = world.Log.Facts.OfType<AlertRaised>().Select(alert => alert.AlertId);
        await world.StartAsync(settings);
        await world.CreateDatabaseAsync();
        return world;
    }

    /// <summary>The process again after a kill: nothing in memory is left.</summary>
    public async Task RestartAsync()
    {
        Steps.KillAt = 0;
        await _provider.DisposeAsync();
        await StartAsync([]);
        await _provider.GetServices<IHostedService>().OfType<UnfinishedRemediations>().Single().ResumeAsync(CancellationToken.None);
        await _provider.GetRequiredService<AlertDoor>().ResumeAsync(CancellationToken.None);
    }

    public Task RunJobsAsync() => Jobs.RunAsync(_provider.GetServices<IJobHandler>());

    /// <summary>A message that was held on arrival, with the facts that say so; the list of held mail knows it.</summary>
    public async Task<HeldKey> HoldAsync(string recipient, string verdict = "Spam", string subject = "Offer", Func<RecordedRecipient, RecordedRecipient>? change = null, HeldKey? sameAs = null, string sender = "a@x.example")
    {
        var target = sameAs is null ? await MailAsync(recipient, place: null, location: "Quarantine", action: "Blocked") : new MessageTarget(sameAs.Id, recipient, Record.Rows.Single(row => row.Id == sameAs.Id).At);
        if (sameAs is not null)
        {
            Record.Rows.Add(Record.Rows.First(row => row.Id == sameAs.Id) with { Recipient = recipient });
        }

        var row = Record.Rows.First(row => row.Id == target.Id);
        var held = new RecordedRecipient { Address = recipient, Decision = "Quarantine", PolicyName = "Default anti-spam policy", PolicyType = "Hosted content filter", ActionPolicy = "Antispam" };
        await Log.AppendAsync(
            [
                new MessageReceived { At = target.Timestamp, Id = target.Id, Door = "milter", Envelope = new RecordedEnvelope(), BlobId = row.BlobId, BodySha256 = row.BodySha256 },
                new MessageJudged
                {
                    At = Time.GetUtcNow(), Id = target.Id, ReceivedAt = target.Timestamp, Verdict = verdict, Subject = subject, SenderFromAddress = sender, SenderDisplayName = "Ann Other", InternetMessageId = row.MessageId,
                    EmailSize = 2_048, EmailDirection = "Inbound", Recipients = [change is null ? held : change(held)],
                },
            ],
            CancellationToken.None);
        await FollowQuarantineAsync();
        return new HeldKey(target.Id, recipient);
    }

    /// <summary>As after a while: mail whose jobs were given up gets others.</summary>
    public async Task ResumeOutboxAsync()
    {
        foreach (var hosted in _provider.GetServices<IHostedService>().Where(hosted => hosted.GetType().Name == "UnsentMail"))
        {
            await (Task)hosted.GetType().GetMethod("ResumeAsync")!.Invoke(hosted, [CancellationToken.None])!; // the outbox of Weir.Mailboxes shows its door only
        }
    }

    public Task FollowQuarantineAsync() => Hosted<Weir.Response.Quarantine.QuarantineReader>().FollowAsync(CancellationToken.None);

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public T Hosted<T>() => _provider.GetServices<IHostedService>().OfType<T>().Single();

    /// <summary>A message with its row, its blob, and (unless it is in quarantine or gone) a copy in the mailbox.</summary>
    public async Task<MessageTarget> MailAsync(string mailbox, MailboxPlace? place = MailboxPlace.Inbox, string location = "Inbox/folder", string action = "Delivered", byte[]? raw = null, bool isRead = false)
    {
        var number = ++_messages;
        raw ??= Encoding.UTF8.GetBytes($"From: a@x.example\r\nSubject: {number}\r\nMessage-ID: <{number}@x.example>\r\n\r\nBody {number}\r\n");
        var at = Noon.AddSeconds(number);
        var id = NetworkMessageId.New(at);
        var identity = new MessageIdentity(id, MailContent.BodySha256(raw), $"<{number}@x.example>", at);
        Record.Rows.Add(new FakeRow(id, mailbox, at, location, action, $"blob{number}", identity.BodySha256, identity.InternetMessageId));
        Blobs.Bodies[$"blob{number}"] = raw;
        if (place is { } there)
        {
            await Mailboxes.DeliverAsync(Postman, mailbox, new MessageToStore(MailContent.WithHeader(raw, "X-Weir-Id", id.ToString()), at) { IsRead = isRead }, there, CancellationToken.None);
        }
        else if (Mailboxes.Serves(mailbox))
        {
            await Mailboxes.DeliverAsync(Postman, mailbox, new MessageToStore("Subject: other\n\nother\n"u8.ToArray(), at), MailboxPlace.Inbox, CancellationToken.None);
        }

        return new MessageTarget(id, mailbox, at);
    }

    /// <summary>The first message into one more mailbox.</summary>
    public async Task DeliverCopyAsync(MessageTarget target)
    {
        var raw = MailContent.WithHeader(Blobs.Bodies["blob1"], "X-Weir-Id", target.Id.ToString());
        await Mailboxes.DeliverAsync(Postman, target.Recipient, new MessageToStore(raw, target.Timestamp), MailboxPlace.Inbox, CancellationToken.None);
    }

    public async Task<IReadOnlyList<FoundMessage>> FindAsync(MessageTarget target)
    {
        var row = Record.Rows.Single(row => row.Id == target.Id && row.Recipient == target.Recipient);
        return await Mailboxes.FindAsync(Postman, target.Recipient, new MessageIdentity(row.Id, row.BodySha256, row.MessageId, row.At), CancellationToken.None);
    }

    public async Task<string> WhereAsync(params MessageTarget[] targets)
    {
        var places = new List<string>();
        foreach (var target in targets)
        {
            places.Add(string.Join('+', (await FindAsync(target)).Select(found => found.Place)));
        }

        return string.Join(' ', places);
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        using (var pool = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_directory}/weir.db;Foreign Keys=True;Default Timeout=30"))
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool(pool);
        }

        System.IO.Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The tables are made once and copied.</summary>
    private async Task CreateDatabaseAsync()
    {
        var path = _provider.GetRequiredService<DataDirectory>().Database;
        await TemplateOnce.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_template is null)
            {
                await StorageModule.CreateDatabaseAsync(_provider, TestContext.Current.CancellationToken);
                Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                _template = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            TemplateOnce.Release();
        }

        await File.WriteAllBytesAsync(path, _template, TestContext.Current.CancellationToken);
    }

    private Task StartAsync((string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("mailboxes:connectors:0:domains:0", "corp.example"),
            new("mailboxes:connectors:0:maildir:path", $"{_directory}/mail/{{local}}"),
            new("response:batchSize", "2"),
            .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)),
        ]).Build());
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(new DataDirectory(_directory));
        services.AddSingleton(typeof(Microsoft.Extensions.Logging.ILogger<>), typeof(NullLogger<>));
        services.AddStorage();
        services.AddMailboxes();
        services.AddOwnMail();
        services.AddResponse();
        services.ConfigureDbContext<WeirDbContext>(options => options.AddInterceptors(new WritesAreSteps(Steps)));
        services.AddSingleton<IQuestions>(Record);
        services.AddSingleton<IEventLog>(Log);
        services.AddSingleton<IBlobs>(Blobs);
        services.AddSingleton<IAuditTrail>(Audit);
        services.AddSingleton<IJobs>(Jobs);
        services.AddSingleton<IHandOver>(Server);
        services.AddSingleton<IDirectory, FakeDirectory>();
        services.AddSingleton<IJudgeStoredMail>(Judge);
        services.AddSingleton<IAllowBlockEntries>(List);
        services.AddSingleton<IEntryEffects>(List);
        var real = services.Last(service => service.ServiceType == typeof(IMailboxes)).ImplementationType!;
        services.AddSingleton(real);
        services.AddSingleton<IMailboxes>(provider => Mailboxes = new StepMailboxes((IMailboxes)provider.GetRequiredService(real), Steps));
        _provider = services.BuildServiceProvider();
        _ = _provider.GetRequiredService<IMailboxes>();
        return Task.CompletedTask;
    }
}

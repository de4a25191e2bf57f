using Weir.Access;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>A real record in a directory of its own, with the facts that a test states: what pages ask is answered by the real engine.</summary>
internal sealed class RecordedMail : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DataDirectory _directory;
    private readonly DateTimeOffset _newest;

    private RecordedMail(ServiceProvider services, DataDirectory directory, DateTimeOffset newest) => (_services, _directory, _newest) = (services, directory, newest);

    public IQuestions Questions => Get<IQuestions>();

    /// <summary>The time of the newest mail.</summary>
    public DateTimeOffset Newest => _newest;

    public static async Task<RecordedMail> StartAsync(DateTimeOffset newest)
    {
        var directory = new DataDirectory(TestRun.NewFolder());
        var services = new ServiceCollection();
        services.AddSingleton(directory).AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging();
        services.AddStorage().AddAccess().AddEvents();
        var provider = services.BuildServiceProvider();
        await StorageModule.CreateDatabaseAsync(provider, CancellationToken.None);
        return new RecordedMail(provider, directory, newest);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task AppendAsync(params IReadOnlyList<Fact> facts)
    {
        await Get<IEventLog>().AppendAsync(facts, CancellationToken.None);
        EventsModule.BringUpToDate(_services, CancellationToken.None);
    }

    /// <summary>A message that came in, was judged and went where its judgement sent it.</summary>
    public IReadOnlyList<Fact> Mail(int number, string recipient, string threat = "", string from = "anna@partner.example", string subject = "Notes", string ip = "192.0.2.7",
        string clientName = "mail.partner.example", string helo = "mail.partner.example", string dkim = "partner.example", string url = "", string family = "", TimeSpan? ago = null)
    {
        var (id, at) = (Id(number), _newest - (ago ?? TimeSpan.FromMinutes(number)));
        var decision = threat.Length == 0 ? "Deliver" : threat == "Spam" ? "Junk" : "Quarantine";
        List<Fact> facts =
        [
            new MessageReceived
            {
                At = at, Id = id, Door = "milter", BlobId = "1-0-10-00000000000000000000000000000000", Size = 2_000, InternetMessageId = $"<{number}@partner.example>",
                Envelope = new RecordedEnvelope { MailFrom = from, Recipients = [recipient], ClientIp = ip, ClientName = clientName, Helo = helo, QueueId = $"Q{number}" },
            },
            new MessageJudged
            {
                At = at, Id = id, ReceivedAt = at, Verdict = threat.Length == 0 ? "Clean" : threat, ThreatTypes = threat, ThreatNames = family,
                DetectionMethods = threat.Length == 0 ? "" : $$"""{"{{threat}}":["{{(threat == "Malware" ? "Antimalware protection" : "URL malicious reputation")}}"]}""",
                SenderFromAddress = from, SenderMailFromAddress = from, SenderDisplayName = "Anna", SenderIp = ip, Subject = subject, EmailDirection = "Inbound", EmailSize = 2_000,
                AuthenticationDetails = """{"SPF":"pass","DKIM":"pass","DMARC":"pass","CompAuth":"pass"}""",
                AuthenticationEvidence = dkim.Length == 0 ? "" : $$$"""{"dkim":{"result":"pass","signatures":[{"result":"pass","domain":"{{{dkim}}}","selector":"s","reason":""}]}}""",
                Recipients = [new RecordedRecipient { Address = recipient, Decision = decision }],
                Urls = url.Length == 0 ? [] : [new RecordedUrl { Url = url, Domain = new Uri(url).Host, Location = "Body", ThreatTypes = threat }],
            },
        ];
        if (decision != "Quarantine")
        {
            facts.Add(new DeliveryObserved { At = at.AddSeconds(1), Id = id, Recipient = recipient, Location = decision == "Junk" ? "Junk folder" : "Inbox/folder", Source = "dovecot" });
        }

        return facts;
    }

    public ClickRecorded Click(int message, string url, string who, string action = "ClickAllowed", bool isThrough = false, int minutesAfter = 1) => new()
    {
        At = _newest - TimeSpan.FromMinutes(message) + TimeSpan.FromMinutes(minutesAfter),
        ClickId = $"019a2222-0000-7000-8000-{message:x8}{minutesAfter:x4}",
        Id = Id(message),
        Url = url,
        ActionType = action,
        AccountUpn = who,
        IpAddress = "198.51.100.9",
        IsClickedThrough = isThrough,
        UrlChain = [url],
        ThreatTypes = action == "ClickAllowed" ? "" : "Phish",
    };

    /// <summary>A campaign of some messages.</summary>
    public IReadOnlyList<Fact> Campaign(string id, string name, string type, params int[] messages) =>
    [
        new CampaignChanged { At = _newest, CampaignId = id, Revision = 1, Name = name, Type = type, Subtype = "DHL", SampleSubject = "Your parcel" },
        .. messages.Select(message => new CampaignJoined { At = _newest, CampaignId = id, Id = Id(message), Verdict = type, Name = name, Type = type, Subtype = "DHL", Revision = 1, Because = [new RecordedTie { Kind = "Page", IsStrong = true, Value = "evil.example/pay" }] }),
    ];

    public static NetworkMessageId Id(int number) => new(new Guid(0x019a1111, 0, 0x7000, 0x80, 0, 0, 0, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        System.IO.Directory.Delete(_directory.Path, recursive: true);
    }
}

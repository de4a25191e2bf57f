using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Delivery;
using Weir.Gateway.Import;
using Weir.Gateway.Intake;
using Weir.Mail.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Tests.Support;

/// <summary>The intake on stores in memory; a second one on the same log is Weir after a restart.</summary>
internal sealed class Door : IDisposable
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    public static readonly Caller Importer = Caller.System("test", Permission.MailImport);

    private readonly string _data = TestRun.NewFolder("gateway");

    public Door(MemoryLog? log = null, OneJudge? judge = null, DeliveryOptions? delivery = null, IDisk? disk = null)
    {
        Log = log ?? new MemoryLog();
        Judge = judge ?? new OneJudge();
        Source = new KnownMailSource(Log, new DataDirectory(_data), Clock);
        Intake = new MessageIntake(Judge, Blobs, Log, Organisation, Source, TrustedRelays.None, Options.Create(delivery ?? new DeliveryOptions { PostfixLog = "/var/log/mail.log" }), new RoomOnDisk(disk ?? new SmallDisk(), new DataDirectory(_data), Clock), Clock);
        Import = new MailImport(Intake, Source, Organisation, Clock);
        var stored = new StoredMail(Judge, Blobs, Organisation, TrustedRelays.None, Clock);
        Unjudged = new UnjudgedMail(Source, stored, Log, Clock, NullLogger<UnjudgedMail>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(Morning);
    public MemoryLog Log { get; }
    public MemoryBlobs Blobs { get; } = new();
    public OneJudge Judge { get; }
    public SmallOrganisation Organisation { get; } = new();
    public KnownMailSource Source { get; }
    public MessageIntake Intake { get; }
    public MailImport Import { get; }
    public UnjudgedMail Unjudged { get; }
    public SmallList Blocks { get; } = new();
    public Weir.Gateway.Milter.BlockedRecipients BlockedRecipients => new(Blocks, Log, Clock);

    public async Task<AcceptedMessage> AcceptAsync(IncomingMessage message) =>
        (await Intake.AcceptAsync(Importer, [message], TestContext.Current.CancellationToken))[0];

    public void Dispose()
    {
        Unjudged.Dispose();
        Intake.Dispose();
        Source.Dispose();
        System.IO.Directory.Delete(_data, recursive: true);
    }
}

/// <summary>Makes valid values; a test names only what it is about.</summary>
internal static class Some
{
    public static IncomingMessage Incoming(string id = "<1@good.example>", string body = "Hello.", string door = "milter", string queueId = "", string header = "", params string[] to) => new()
    {
        Raw = Raw(id, body, header),
        Door = door,
        Envelope = new Envelope { MailFrom = "stranger@good.example", Recipients = to.Length == 0 ? ["anna@corp.example"] : to, ClientIp = "192.0.2.1", QueueId = queueId },
    };

    public static byte[] Raw(string id = "<1@good.example>", string body = "Hello.", string header = "") =>
        Encoding.UTF8.GetBytes($"From: A Stranger <stranger@good.example>\r\nTo: anna@corp.example\r\nSubject: Hello\r\n{(id.Length == 0 ? "" : $"Message-ID: {id}\r\n")}{header}\r\n{body}\r\n");

    public static JudgedMessage Judged(Judgement judgement, byte[]? raw = null, AuthenticationResults? authentication = null, params DeliveryDecision[] decisions) => new()
    {
        Id = Weir.Kernel.NetworkMessageId.New(Door.Morning),
        Message = MailParser.Parse(raw ?? Raw()),
        Envelope = new Envelope { MailFrom = "bounce@good.example", Recipients = [.. Enumerable.Range(0, Math.Max(1, decisions.Length)).Select(i => i == 0 ? "anna@corp.example" : $"p{i}@corp.example")], ClientIp = "192.0.2.1" },
        Authentication = authentication ?? new AuthenticationResults(),
        Direction = Direction.Inbound,
        Judgement = judgement,
        Decisions = decisions.Length == 0 ? [DeliveryDecision.Deliver] : decisions,
    };
}

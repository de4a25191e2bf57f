using Microsoft.Extensions.DependencyInjection;
using Weir.Access;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Detection.Tests.Support;
using Weir.Directory;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Intelligence;
using Weir.Kernel;
using Weir.Mail;

namespace Weir.Detection.Tests.Policies;

/// <summary>Policies tried on a record that holds a message of each kind.</summary>
public sealed class PolicyTrialTests : IAsyncLifetime
{
    private static readonly Caller Boss = Caller.System("boss", Permission.SecuritySettingsRead, Permission.SecuritySettingsManage, Permission.EmailMetadataRead);

    private TestHost _host = null!;
    private int _number;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IPolicySettings Settings => _host.Get<IPolicySettings>();

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(services => services.AddAccess().AddDirectory().AddMail().AddEvents().AddIntelligence().AddDetection());
        await DetectionModule.LoadAsync(_host.Services, Token);
        await _host.Get<IEventLog>().AppendAsync(
            [
                .. Message("Spam", "Spam", ["anna@firm.example", "bob@firm.example"], level: """{"Spam":"9"}"""),
                .. Message("Spam", "Spam", ["anna@firm.example"], level: """{"Spam":"5"}"""),
                .. Message("Phish", "Phish", ["bob@firm.example"], methods: """{"Phish":["Spoof DMARC","Advanced filter"]}"""),
                .. Message("Clean", "", ["anna@firm.example"], bulk: 5),
                .. Message("Clean", "", ["anna@firm.example"], file: "exe"),
                .. Message("Clean", "", ["bob@firm.example"], file: "zip", signal: "attachment-encrypted"),
                .. Message("Malware", "Malware", ["bob@firm.example"], daysAgo: 20),
            ],
            Token);
        EventsModule.BringUpToDate(_host.Services, Token);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_same_policies_change_nothing_and_say_of_how_many_messages()
    {
        var result = await TryAsync(Settings.Read(Boss), 30);

        Assert.Equal((8, 0), (result.Messages, result.Changed));
    }

    [Fact]
    public async Task Switching_on_shows_everything_that_would_be_done()
    {
        var told = new List<double>();

        var result = await _host.Get<IPolicyTrial>().TryAsync(Boss, Settings.Read(Boss) with { Mode = PolicyMode.On }, 30, new Told(told), Token);

        Assert.Equal(
            ["Spam NoAction→MoveToJunk 3", "Malware NoAction→Quarantine 1", "Phish NoAction→MoveToJunk 1"],
            result.Shifts.Select(Said));
        Assert.Equal(1, told[^1]);
        Assert.Equal(30, told.Count);
    }

    [Fact]
    public async Task A_policy_for_one_person_changes_their_mail_alone_with_examples()
    {
        var mine = Some.Custom(PolicyType.AntiSpam, "Mine", new PolicyScope { Users = ["anna@firm.example"] }, 0, (PolicyCause.HighConfidenceSpam, PolicyAction.Quarantine), (PolicyCause.Spam, PolicyAction.Delete), (PolicyCause.Bulk, PolicyAction.MoveToJunk)) with { BulkLevel = 4 };

        var result = await TryAsync(Settings.Read(Boss) with { Policies = [mine] }, 7);

        Assert.Equal(
            ["Clean NoAction→MoveToJunk 1", "Spam MoveToJunk→Delete 1", "Spam MoveToJunk→Quarantine 1"],
            result.Shifts.Select(Said).Order(StringComparer.Ordinal));
        Assert.Equal(7, result.Messages);
        var example = Assert.Single(result.Shifts.Single(shift => shift.To == PolicyAction.Delete).Examples);
        Assert.Equal(("anna@firm.example", "Mine", "Subject 2"), (example.Recipient, example.Policy, example.Subject));
    }

    [Fact]
    public async Task File_types_spoofing_and_deliveries_that_are_advanced_are_asked_of_the_record_too()
    {
        var policies = Settings.Read(Boss);
        Assert.Equal(
            ["Clean NoAction→Quarantine 1"],
            (await TryAsync(policies with { Policies = [Some.Custom(PolicyType.AntiMalware, "No programs", PolicyScope.Everybody) with { FileTypes = ["exe"] }] }, 7)).Shifts.Select(Said));
        Assert.Equal(
            ["Phish MoveToJunk→Quarantine 1"],
            (await TryAsync(policies with { Policies = [Some.Custom(PolicyType.AntiPhishing, "No forgery", PolicyScope.Everybody, 0, (PolicyCause.Spoof, PolicyAction.Quarantine))] }, 7)).Shifts.Select(Said));
        Assert.Equal(
            ["Phish MoveToJunk→NoAction 1"],
            (await TryAsync(policies with { AdvancedDelivery = new AdvancedDelivery { Simulations = [new PhishingSimulation { Name = "Autumn", Domains = ["evil.example"], Addresses = ["203.0.113.0/24"], Urls = ["evil.example/x"] }] } }, 7)).Shifts.Select(Said).Where(shift => shift.StartsWith("Phish", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Files_that_nobody_could_read_are_known_by_their_signals()
    {
        var careful = Some.Custom(PolicyType.SafeAttachments, "Careful", PolicyScope.Everybody, 0, (PolicyCause.Encrypted, PolicyAction.Quarantine));

        Assert.Equal(["Clean NoAction→Quarantine 1"], (await TryAsync(Settings.Read(Boss) with { Policies = [careful] }, 7)).Shifts.Select(Said));
        Assert.Empty((await TryAsync(Settings.Read(Boss) with { Policies = [careful with { Actions = new Dictionary<PolicyCause, PolicyAction> { [PolicyCause.NotInspected] = PolicyAction.Quarantine } }] }, 7)).Shifts);
    }

    [Fact]
    public async Task Looking_at_the_record_needs_its_permission()
    {
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await _host.Get<IPolicyTrial>().TryAsync(Caller.System("x", Permission.SecuritySettingsRead), Settings.Read(Boss), 1, progress: null, Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await _host.Get<IPolicyTrial>().TryAsync(Caller.System("x", Permission.EmailMetadataRead), Settings.Read(Boss), 1, progress: null, Token));
    }

    private ValueTask<PolicyTrialResult> TryAsync(PolicySet next, int days) => _host.Get<IPolicyTrial>().TryAsync(Boss, next, days, progress: null, Token);

    private static string Said(PolicyShift shift) => $"{shift.Verdict} {shift.From}→{shift.To} {shift.Count}";

    private Fact[] Message(string verdict, string threats, string[] recipients, string level = "", string methods = "", int bulk = 0, string file = "", string signal = "", int daysAgo = 1)
    {
        var at = _host.Clock.GetUtcNow().AddDays(-daysAgo);
        var id = NetworkMessageId.New(at);
        return
        [
            new MessageReceived { At = at, Id = id, Door = "milter", Envelope = new RecordedEnvelope { MailFrom = "m@evil.example", Recipients = recipients, ClientIp = "203.0.113.7" }, BlobId = "1-0-10-00000000000000000000000000000000" },
            new MessageJudged
            {
                At = at, Id = id, ReceivedAt = at, Verdict = verdict, ThreatTypes = threats, ConfidenceLevel = level, DetectionMethods = methods, BulkComplaintLevel = bulk, EmailAction = "No action taken",
                Subject = $"Subject {++_number}", SenderFromAddress = "m@evil.example", SenderMailFromAddress = "m@evil.example", SenderIp = "203.0.113.7", EmailDirection = "Inbound",
                Recipients = [.. recipients.Select(recipient => new RecordedRecipient { Address = recipient, Decision = "Deliver", Action = "No action taken" })],
                Attachments = file.Length == 0 ? [] : [new RecordedAttachment { FileName = $"a.{file}", Extension = file, Path = "2", Sha256 = "ab" }],
                Signals = signal.Length == 0 ? [] : [new RecordedSignal { Name = signal, Technology = "Advanced filter", Evidence = "e" }],
                Urls = [new RecordedUrl { Url = "https://evil.example/x", Domain = "evil.example", Location = "Body" }],
            },
        ];
    }

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}

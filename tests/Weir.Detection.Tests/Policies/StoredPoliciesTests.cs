using Microsoft.Extensions.Configuration;
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

public sealed class StoredPoliciesTests : IAsyncDisposable
{
    private static readonly Caller Boss = Caller.System("boss", Permission.SecuritySettingsRead, Permission.SecuritySettingsManage, Permission.AuditRead);

    private TestHost? _host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IPolicySettings Settings => _host!.Get<IPolicySettings>();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_new_installation_watches()
    {
        await StartAsync();

        Assert.Equal(PolicyMode.Watch, Settings.Read(Boss).Mode);
        Assert.Equal(DeliveryDecision.Deliver, _host!.Get<IPolicies>().Decide("anna@firm.example", new PolicySubject { Verdict = Verdict.Malware }).Decision);
    }

    [Fact]
    public async Task One_that_has_mail_in_its_record_goes_on_protecting()
    {
        await StartAsync(isLoaded: false);
        await _host!.Get<IEventLog>().AppendAsync([new MessageSeen { At = Some.Time, Id = NetworkMessageId.New(Some.Time), Door = "import" }], Token);
        await DetectionModule.LoadAsync(_host.Services, Token);

        Assert.Equal(PolicyMode.On, Settings.Read(Boss).Mode);
    }

    [Theory]
    [InlineData("watch", nameof(PolicyMode.Watch))]
    [InlineData("protect", nameof(PolicyMode.On))]
    public async Task The_old_key_is_taken_over_once(string old, string mode)
    {
        await StartAsync(mode: old);
        Assert.Equal(mode, Settings.Read(Boss).Mode.ToString());
        var other = mode == nameof(PolicyMode.On) ? PolicyMode.Watch : PolicyMode.On;
        Assert.Empty(await Settings.SaveAsync(Boss, Settings.Read(Boss) with { Mode = other }, Token));

        await DetectionModule.LoadAsync(_host!.Services, Token);

        Assert.Equal(other, Settings.Read(Boss).Mode);
    }

    [Fact]
    public async Task What_is_saved_is_in_force_at_once_after_a_restart_too_and_audited()
    {
        await StartAsync();
        var spam = new PolicySubject { Verdict = Verdict.Spam };
        var mine = Some.Custom(PolicyType.AntiSpam, " Mine ", new PolicyScope { Users = [" Anna@Firm.example", "anna@firm.example"] }, 7, (PolicyCause.Spam, PolicyAction.Quarantine));

        Assert.Empty(await Settings.SaveAsync(Boss, Settings.Read(Boss) with { Mode = PolicyMode.On, Policies = [mine] }, Token));

        Assert.Equal(DeliveryDecision.Quarantine, _host!.Get<IPolicies>().Decide("anna@firm.example", spam).Decision);
        var saved = Assert.Single(Settings.Read(Boss).Policies);
        Assert.Equal(("Mine", 0, "anna@firm.example"), (saved.Name, saved.Priority, Assert.Single(saved.Scope.Users)));
        Assert.Equal((2, "boss"), (Settings.Read(Boss).Version, Settings.Read(Boss).ChangedBy));
        await DetectionModule.LoadAsync(_host.Services, Token);
        Assert.Equal("Mine", Assert.Single(Settings.Read(Boss).Policies).Name);

        Assert.Empty(await Settings.SaveAsync(Boss, Settings.Read(Boss) with { Policies = [saved with { Actions = new Dictionary<PolicyCause, PolicyAction>(saved.Actions) { [PolicyCause.Spam] = PolicyAction.Delete } }] }, Token));
        var trail = await _host.Get<IAuditTrail>().ReadAsync(Boss, 10, null, Token);
        Assert.Equal(["PolicyChanged", "PolicyCreated", "PolicyModeChanged"], trail.Select(record => record.Entry.Operation));
        Assert.Equal(("Hosted content filter: Mine", """- "Spam": "Quarantine"; + "Spam": "Delete" """.Trim()), (trail[0].Entry.Target, trail[0].Entry.Detail));
    }

    [Fact]
    public async Task Who_has_not_seen_the_newest_saves_nothing()
    {
        await StartAsync();
        var seen = Settings.Read(Boss);
        Assert.Empty(await Settings.SaveAsync(Boss, seen with { Mode = PolicyMode.On }, Token));

        var problem = Assert.Single(await Settings.SaveAsync(Boss, seen with { Standard = new Preset { IsOn = true } }, Token));

        Assert.StartsWith("boss changed the policies meanwhile.", problem, StringComparison.Ordinal);
        Assert.False(Settings.Read(Boss).Standard.IsOn);
    }

    [Fact]
    public async Task Looking_and_changing_need_their_permissions()
    {
        await StartAsync();
        var reader = Caller.System("reader", Permission.SecuritySettingsRead);

        Assert.Throws<AccessDeniedException>(() => Settings.Read(Caller.System("nobody")));
        Assert.Throws<AccessDeniedException>(() => Settings.Remarks(Caller.System("nobody"), Settings.Read(Boss)));
        Assert.Throws<AccessDeniedException>(() => Settings.WhoGetsWhat(Caller.System("nobody"), Settings.Read(Boss), "a@b.example"));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Settings.SaveAsync(reader, Settings.Read(reader), Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Settings.ImportAsync(reader, "{}", Token));
    }

    [Fact]
    public async Task What_is_exported_can_be_imported_and_a_mistake_changes_nothing()
    {
        await StartAsync();
        Assert.Empty(await Settings.SaveAsync(Boss, Settings.Read(Boss) with { Mode = PolicyMode.On, Policies = [Some.Custom(PolicyType.AntiSpam, "Mine", PolicyScope.Everybody)] }, Token));
        var exported = Settings.Export(Boss);
        Assert.Empty(await Settings.SaveAsync(Boss, Settings.Read(Boss) with { Policies = [] }, Token));

        Assert.Empty(await Settings.ImportAsync(Boss, exported, Token));
        Assert.Equal("Mine", Assert.Single(Settings.Read(Boss).Policies).Name);

        foreach (var wrong in new[] { "", "[]", "{", """{"mode":"Off"}""", """{"mode":"On","polices":[]}""", exported.Replace("\"Mine\"", "\"\"", StringComparison.Ordinal), exported.Replace("\"Malware\": \"Quarantine\"", "\"Malware\": \"NoAction\"", StringComparison.Ordinal) })
        {
            Assert.NotEmpty(await Settings.ImportAsync(Boss, wrong, Token));
            Assert.Equal("Mine", Assert.Single(Settings.Read(Boss).Policies).Name);
        }
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_the_reason()
    {
        await StartAsync();
        var odd = Some.Custom(PolicyType.AntiSpam, "Odd", new PolicyScope { Users = ["nobody"], Domains = ["no domain"] }, 0, (PolicyCause.Malware, PolicyAction.NoAction), (PolicyCause.HighConfidencePhish, PolicyAction.NoAction)) with
        {
            BulkLevel = 11, Header = "Subject", FileTypes = ["../x"], Languages = ["english"],
        };

        var problems = await Settings.SaveAsync(
            Boss,
            Settings.Read(Boss) with
            {
                Policies = [odd, odd with { Id = Guid.NewGuid(), Name = "ODD" }],
                AdvancedDelivery = new AdvancedDelivery { SecOpsMailboxes = ["x"], Simulations = [new PhishingSimulation { Name = "S", Domains = ["train.example"], Addresses = ["0.0.0.0/0", "house"] }, new PhishingSimulation { Name = "T", Domains = ["train.example"] }] },
            },
            Token);

        foreach (var part in new[] { "does nothing about “Malware”", "is no action for “High confidence phishing”", "“nobody” is no e-mail address", "“no domain” is no domain", "1 to 9", "“Subject” is no name for a header", "no file extension", "no language" })
        {
            Assert.Contains(problems, problem => problem.Contains(part, StringComparison.Ordinal));
        }

        Assert.Contains("more.", problems[^1], StringComparison.Ordinal);
        var rest = await Settings.SaveAsync(Boss, Settings.Read(Boss) with { AdvancedDelivery = new AdvancedDelivery { SecOpsMailboxes = ["x"], Simulations = [new PhishingSimulation { Name = "S", Domains = ["train.example"], Addresses = ["0.0.0.0/0", "house"] }, new PhishingSimulation { Name = "T", Domains = ["train.example"] }] } }, Token);
        Assert.Equal(4, rest.Count);
        Assert.Empty(Settings.Read(Boss).Policies);
    }

    private async Task StartAsync(string? mode = null, bool isLoaded = true)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (mode is not null)
        {
            settings["detection:mode"] = mode;
        }

        _host = await TestHost.StartAsync(services => services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddAccess().AddDirectory().AddMail().AddEvents().AddIntelligence().AddDetection());
        if (isLoaded)
        {
            await DetectionModule.LoadAsync(_host.Services, Token);
        }
    }
}

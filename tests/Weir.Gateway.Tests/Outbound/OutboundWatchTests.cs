using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Access;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Intake;
using Weir.Gateway.Milter;
using Weir.Gateway.Outbound;
using Weir.Gateway.Tests.Support;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Tests.Outbound;

/// <summary>From what the record says to who is stopped; on a real database, with a log in memory.</summary>
public sealed class OutboundWatchTests : IAsyncLifetime
{
    private const string Anna = "anna@corp.example";

    private static readonly Caller Boss = Caller.System("boss", Permission.SecurityDataRead, Permission.ResponseManage, Permission.SecuritySettingsManage, Permission.AuditRead);

    private readonly MemoryLog _log = new();
    private readonly FixedPolicies _policies = new();
    private TestHost? _host;
    private int _number;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IOutboundLimits Limits => _host!.Get<IOutboundLimits>();

    public async ValueTask InitializeAsync() => _host = await StartAsync(path: null);

    public async ValueTask DisposeAsync() => await _host!.DisposeAsync();

    [Fact]
    public async Task An_account_over_a_limit_is_stopped_with_the_numbers_that_did_it()
    {
        await Limits.SetAsync(Boss, "", new SendingLimits { MessagesPerHour = 3 }, "", Token);
        await SendAsync(Anna, 3, "Clean");
        await SendAsync("ben@corp.example", 2, "Clean");
        await FollowAsync();
        Assert.Empty(await Limits.RestrictedAsync(Boss, Token));

        await SendAsync("ANNA@corp.example", 1, "Clean");
        await FollowAsync();

        var one = Assert.Single(await Limits.RestrictedAsync(Boss, Token));
        Assert.Equal((Anna, "MessagesPerHour", 4L, 3L, false), (one.Account, one.Cause.Limit, one.Cause.Number, one.Cause.Allowed, one.Cause.IsWatchOnly));
        Assert.Equal(Restrictions.Refusal, Refusal(Anna));
        Assert.Null(Refusal("ben@corp.example"));
        Assert.Null(Refusal(""));
        Assert.Equal(one.Cause, Assert.Single(_log.Facts.OfType<AccountRestricted>()));

        await FollowAsync();
        Assert.Single(_log.Facts.OfType<AccountRestricted>());
    }

    [Fact]
    public async Task Mostly_bad_mail_stops_an_account_whatever_its_number()
    {
        await SendAsync(Anna, 10, "Phish");

        await FollowAsync();

        Assert.Equal("BadShare", Assert.Single(await Limits.RestrictedAsync(Boss, Token)).Cause.Limit);
    }

    [Fact]
    public async Task Released_it_is_counted_anew_and_old_mail_does_not_stop_it_again()
    {
        await Limits.SetAsync(Boss, Anna, new SendingLimits { MessagesPerHour = 3 }, "", Token);
        await SendAsync(Anna, 4, "Clean");
        await FollowAsync();
        _host!.Clock.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<ArgumentException>(async () => await Limits.ReleaseAsync(Boss, Anna, " ", Token));
        await Limits.ReleaseAsync(Boss, Anna, "password changed", Token);
        await FollowAsync();

        Assert.Empty(await Limits.RestrictedAsync(Boss, Token));
        Assert.Null(Refusal(Anna));
        Assert.Equal(("boss", "password changed"), Assert.Single(_log.Facts.OfType<AccountReleased>()) is var released ? (released.By, released.Reason) : default);
        Assert.Contains(await _host.Get<IAuditTrail>().ReadAsync(Boss, 10, null, Token), record => record.Entry.Operation == "ReleaseRestrictedUser" && record.Reason == "password changed");
        await Assert.ThrowsAsync<ArgumentException>(async () => await Limits.ReleaseAsync(Boss, Anna, "again", Token));

        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(Anna, 4, "Clean");
        await FollowAsync();
        Assert.Equal(4, Assert.Single(await Limits.RestrictedAsync(Boss, Token)).Cause.MessagesInHour);
    }

    [Fact]
    public async Task After_a_restart_it_is_stopped_still_and_a_fact_that_was_not_said_is_said()
    {
        await Limits.SetAsync(Boss, "", new SendingLimits { MessagesPerHour = 3 }, "", Token);
        await SendAsync(Anna, 4, "Clean");
        // A kill between the database and the log.
        _log.Fails = new IOException("killed");
        await Assert.ThrowsAsync<IOException>(FollowAsync);
        _log.Fails = null;

        var again = await StartAsync(_host!.Directory.Path);
        await again.Get<Restrictions>().LoadAsync(Token);

        Assert.True(again.Get<Restrictions>().IsRefused(Anna));
        Assert.Single(_log.Facts.OfType<AccountRestricted>());
        Assert.Equal(3, again.Get<Restrictions>().LimitsOf("carl@corp.example").MessagesPerHour);
        await again.Services.DisposeAsync();
    }

    [Fact]
    public async Task While_Weir_only_watches_nothing_is_refused_and_it_is_told()
    {
        _policies.Mode = PolicyMode.Watch;
        await SendAsync(Anna, 10, "Malware");
        await FollowAsync();
        Assert.True(Assert.Single(await Limits.RestrictedAsync(Boss, Token)).Cause.IsWatchOnly);
        Assert.Null(Refusal(Anna));

        _policies.Mode = PolicyMode.On;
        Assert.Null(Refusal(Anna));
        await SendAsync(Anna, 1, "Malware");
        await FollowAsync();
        Assert.Equal(Restrictions.Refusal, Refusal(Anna));
    }

    [Fact]
    public async Task A_shared_account_is_never_stopped_and_rights_are_asked_for()
    {
        await Limits.SetAsync(Boss, Anna, new SendingLimits { IsExcepted = true }, "the printer", Token);
        await SendAsync(Anna, 300, "Spam");
        await FollowAsync();

        Assert.Empty(await Limits.RestrictedAsync(Boss, Token));
        var reader = Caller.System("reader", Permission.SecurityDataRead);
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Limits.ReleaseAsync(reader, Anna, "why", Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await Limits.SetAsync(reader, Anna, null, "", Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Limits.SetAsync(Boss, Anna, new SendingLimits { BadOf = 1 }, "", Token));
        await Limits.SetAsync(Boss, Anna, null, "", Token);
        Assert.Equal("", Assert.Single(await Limits.LimitsAsync(Boss, Token)).Account);
    }

    [Fact]
    public async Task Limits_that_cannot_be_kept_leave_those_of_before()
    {
        await Limits.SetAsync(Boss, Anna, new SendingLimits { MessagesPerHour = 3 }, "", Token);
        await using (var database = await _host!.Get<IDbContextFactory<WeirDbContext>>().CreateDbContextAsync(Token))
        {
            await database.Database.ExecuteSqlRawAsync("CREATE TRIGGER full BEFORE INSERT ON gateway_sending_limits BEGIN SELECT RAISE(ABORT, 'the disk is full'); END", Token);
            await database.Database.ExecuteSqlRawAsync("CREATE TRIGGER full_too BEFORE UPDATE ON gateway_sending_limits BEGIN SELECT RAISE(ABORT, 'the disk is full'); END", Token);
        }

        await Assert.ThrowsAsync<DbUpdateException>(async () => await Limits.SetAsync(Boss, Anna, new SendingLimits { MessagesPerHour = 5 }, "", Token));

        var again = await StartAsync(_host.Directory.Path);
        await again.Get<Restrictions>().LoadAsync(Token);
        Assert.Equal((3, 3), (_host.Get<Restrictions>().LimitsOf(Anna).MessagesPerHour, again.Get<Restrictions>().LimitsOf(Anna).MessagesPerHour));
        await again.Services.DisposeAsync();
    }

    [Fact]
    public async Task The_milter_refuses_at_the_sender_before_recipients_and_data()
    {
        await Limits.SetAsync(Boss, "", new SendingLimits { MessagesPerHour = 1 }, "", Token);
        await SendAsync(Anna, 2, "Clean");
        await FollowAsync();
        using var door = new Door();
        var talk = new MilterTalk { ShowsMail = true, Intake = new MilterIntake(door.Intake, door.BlockedRecipients, _host!.Get<Restrictions>()) };

        var answers = await talk.Negotiate().Say('D', "M{auth_authen}|Anna@corp.example|").Say('M', "<anna@corp.example>|").Say('A').Say('D', "M{auth_authen}|ben@corp.example|").Say('M', "<ben@corp.example>|").Say('Q').AnswersAsync();

        Assert.Equal(["y 550 5.1.8 Sending is stopped for this account; ask your administrator|", "c"], answers.Skip(1));
        Assert.Empty(door.Log.Facts);
    }

    [Fact]
    public async Task Who_was_stopped_is_not_refused_while_Weir_only_watches()
    {
        await SendAsync(Anna, 10, "Malware");
        await FollowAsync();
        using var door = new Door();
        var intake = new MilterIntake(door.Intake, door.BlockedRecipients, _host!.Get<Restrictions>(), _policies);
        Assert.Equal(Restrictions.Refusal, intake.RefusalOf(Anna));

        _policies.Mode = PolicyMode.Watch;
        Assert.Null(intake.RefusalOf(Anna));
    }

    private string? Refusal(string account) => _host!.Get<Restrictions>().IsRefused(account) ? Restrictions.Refusal : null;

    private Task FollowAsync() => _host!.Get<OutboundWatch>().FollowAsync(Token);

    private async Task SendAsync(string account, int messages, string verdict)
    {
        var now = _host!.Clock.GetUtcNow();
        for (var i = 0; i < messages; i++)
        {
            var id = NetworkMessageId.New(now.AddMilliseconds(_number++));
            await _log.AppendAsync(
                [new MessageReceived { At = now, Id = id, Door = Doors.Milter, BlobId = "b", Envelope = new RecordedEnvelope { MailFrom = account, Recipients = ["x@out.example"], AuthenticatedUser = account } },
                new MessageJudged { At = now, Id = id, ReceivedAt = now, Verdict = verdict }],
                Token);
        }
    }

    private Task<TestHost> StartAsync(string? path) => TestHost.StartAsync(
        services => services.AddAccess()
            .AddSingleton<IEventLog>(_log)
            .AddSingleton<IPolicies>(_policies)
            .AddSingleton<IModelPart, OutboundModel>()
            .AddSingleton(provider => new KnownMailSource(_log, provider.GetRequiredService<DataDirectory>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<Restrictions>()
            .AddSingleton<IOutboundLimits, OutboundDoor>()
            .AddSingleton(provider => new OutboundWatch(_log, provider.GetRequiredService<KnownMailSource>(), provider.GetRequiredService<Restrictions>(), _policies, provider.GetRequiredService<TimeProvider>(), NullLogger<OutboundWatch>.Instance)),
        path);

    private sealed class FixedPolicies : IPolicies
    {
        public PolicyMode Mode { get; set; } = PolicyMode.On;

        public PolicySet Current => new() { Mode = Mode };

        public PolicyOutcome Decide(string recipient, PolicySubject subject) => throw new NotSupportedException();
    }
}

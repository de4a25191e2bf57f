using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;
using Weir.Response.Record;

namespace Weir.Response.AfterDelivery;

/// <summary>Raises the alerts that follow an account going over a sending limit (inventory §10.4).</summary>
internal sealed partial class RestrictionAlerts(IEventLog log, LogCursor cursors, IRaiseAlert alerts, TimeProvider time, ILogger<RestrictionAlerts> logger) : BackgroundService
{
    private const string Reader = "restrictions";

    /// <summary>The cursor is stored at least this often, to start quickly.</summary>
    private const int CursorEvery = 1_000;

    private static readonly Caller Self = Caller.System("automation", Permission.AlertsManage);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotFollowed, time, stoppingToken);

    /// <summary>Deals with facts until the log ends or the token is cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var stored = await cursors.ReadAsync(Reader, cancellationToken);
        await foreach (var logged in log.FollowAsync(stored, cancellationToken).WithCancellation(cancellationToken))
        {
            if (logged.Fact is AccountRestricted restricted)
            {
                await RaiseAsync(restricted, cancellationToken);
            }

            if (logged.Fact is AccountRestricted || logged.Sequence - stored >= CursorEvery)
            {
                await cursors.SaveAsync(Reader, logged.Sequence, writing: null, cancellationToken);
                stored = logged.Sequence;
            }
        }
    }

    /// <summary>The fact may be said twice after a kill; its time makes the key the same.</summary>
    private async Task RaiseAsync(AccountRestricted restricted, CancellationToken cancellationToken) => await alerts.RaiseAsync(
        Self,
        new NewAlert
        {
            Key = $"restricted/{restricted.Account}/{restricted.At.UtcTicks}",
            Title = restricted.IsWatchOnly ? "Email sending limit exceeded" : "User restricted from sending email",
            Description = restricted.IsWatchOnly
                ? $"{restricted.Account}: {restricted.Description}. Weir only watches, so it goes on sending."
                : $"{restricted.Account}: {restricted.Description}. What it sends is refused. Look at what it sent, change its password, and release it under Restricted users.",
            Severity = restricted.IsWatchOnly ? AlertSeverity.Medium : AlertSeverity.High,
            Category = "ThreatManagement",
            AttackTechniques = ["T1078"],
            Evidence = [AlertedEntity.User(restricted.Account), .. restricted.Last is { } last ? [new AlertedEntity { Type = "MailMessage", IsImpacted = false, MessageId = last, ReceivedAt = restricted.LastAt, Account = restricted.Account }] : (AlertedEntity[])[]],
        },
        cancellationToken);

    [LoggerMessage(8040, LogLevel.Error, "Restricted accounts cannot be followed; it is tried again")]
    private partial void NotFollowed(Exception exception);
}

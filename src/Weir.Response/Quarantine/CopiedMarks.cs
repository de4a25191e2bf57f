using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;
using Weir.Response.Record;

namespace Weir.Response.Quarantine;

/// <summary>Raises an alert when other mail carries the mark of Weir's own: somebody copied it, to be let through.</summary>
internal sealed partial class CopiedMarks(IEventLog log, LogCursor cursors, IRaiseAlert alerts, TimeProvider time, ILogger<CopiedMarks> logger) : BackgroundService
{
    /// <summary>As the detector names its signal.</summary>
    public const string Signal = "own-mark-elsewhere";

    public const string Title = "The mark of Weir's own mail was copied";

    private const string Reader = "copied-marks";

    /// <summary>The cursor is stored at least this often, to start quickly.</summary>
    private const int CursorEvery = 1_000;

    private static readonly Caller Self = Caller.System("quarantine", Permission.AlertsManage);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotFollowed, time, stoppingToken);

    /// <summary>Deals with facts until the log ends or the token is cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var stored = await cursors.ReadAsync(Reader, cancellationToken);
        await foreach (var logged in log.FollowAsync(stored, cancellationToken).WithCancellation(cancellationToken))
        {
            var isCopied = logged.Fact is MessageJudged { RejudgingId.Length: 0 } judged && judged.Signals.Any(signal => signal.Name == Signal);
            if (isCopied)
            {
                await RaiseAsync((MessageJudged)logged.Fact, cancellationToken);
            }

            if (isCopied || logged.Sequence - stored >= CursorEvery)
            {
                await cursors.SaveAsync(Reader, logged.Sequence, writing: null, cancellationToken);
                stored = logged.Sequence;
            }
        }
    }

    private async Task RaiseAsync(MessageJudged judged, CancellationToken cancellationToken) => await alerts.RaiseAsync(
        Self,
        new NewAlert
        {
            Key = $"copied-mark/{judged.Id}",
            Title = Title,
            Description = $"A message from {(judged.SenderFromAddress.Length > 0 ? judged.SenderFromAddress : "nobody")} carries the mark with which Weir lets its own mail pass. It was not made for this message and counted for nothing: the message was judged like any other. Whoever sent it has seen mail of Weir.",
            Severity = AlertSeverity.Medium,
            AttackTechniques = ["T1566"],
            Evidence = [.. judged.Recipients.Select(recipient => AlertedEntity.Message(new MessageTarget(judged.Id, recipient.Address, judged.ReceivedAt), judged.Subject)), .. judged.SenderIp.Length > 0 ? [new AlertedEntity { Type = "Ip", IpAddress = judged.SenderIp, IsImpacted = false }] : (AlertedEntity[])[]],
        },
        cancellationToken);

    [LoggerMessage(8052, LogLevel.Error, "Copied marks cannot be followed; it is tried again")]
    private partial void NotFollowed(Exception exception);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Intake;
using Weir.Kernel;

namespace Weir.Gateway.Outbound;

/// <summary>Counts what signed-in accounts send, from the record, and stops those that go over a limit. After a start, or a kill, it counts the last day again.</summary>
internal sealed partial class OutboundWatch(IEventLog log, KnownMailSource source, Restrictions restrictions, IPolicies policies, TimeProvider time, ILogger<OutboundWatch> logger) : BackgroundService
{
    /// <summary>Received and not yet judged; the judgement follows in the same commit as a rule.</summary>
    private const int MostWaiting = 10_000;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the milter answers: who is stopped stays stopped.
        await restrictions.LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotFollowed, time, stoppingToken);

    /// <summary>Counts until the log ends or the token is cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var counts = new SendingCounts();
        var waiting = new Dictionary<NetworkMessageId, AccountSending>();
        var names = new Dictionary<NetworkMessageId, string>();
        await foreach (var logged in log.FollowAsync(await source.StartOfDayAsync(cancellationToken), cancellationToken).WithCancellation(cancellationToken))
        {
            if (logged.Fact is MessageReceived { Door: Doors.Milter, Envelope.AuthenticatedUser.Length: > 0 } received)
            {
                var account = Restrictions.Key(received.Envelope.AuthenticatedUser);
                if (counts.Of(account, received.At, restrictions.CountsSince(account)) is { } sending)
                {
                    sending.Count(received.At, received.Envelope.Recipients.Count);
                    if (waiting.Count >= MostWaiting)
                    {
                        waiting.Clear();
                        names.Clear();
                    }

                    (waiting[received.Id], names[received.Id]) = (sending, account);
                }
            }
            else if (logged.Fact is MessageJudged { RejudgingId: "" } judged && waiting.Remove(judged.Id, out var sending) && names.Remove(judged.Id, out var account))
            {
                sending.Judge(judged.Verdict is not ("Clean" or "Bulk"));
                await CheckAsync(account, sending, judged, cancellationToken);
            }
        }
    }

    private async Task CheckAsync(string account, AccountSending sending, MessageJudged judged, CancellationToken cancellationToken)
    {
        var limits = restrictions.LimitsOf(account);
        var sent = sending.Now(limits.BadOf);
        var isWatchOnly = policies.Current.Mode == PolicyMode.Watch;
        if (sent.Over(limits) is not { } over || restrictions.IsKnown(account, isWatchOnly))
        {
            return;
        }

        await restrictions.RestrictAsync(
            new AccountRestricted
            {
                At = time.GetUtcNow(),
                Account = account,
                Limit = over.Limit,
                Number = over.Number,
                Allowed = over.Allowed,
                Description = over.Words,
                MessagesInHour = sent.MessagesInHour,
                MessagesInDay = sent.MessagesInDay,
                RecipientsInHour = sent.RecipientsInHour,
                RecipientsInDay = sent.RecipientsInDay,
                Bad = sent.Bad,
                Judged = sent.Judged,
                IsWatchOnly = isWatchOnly,
                Last = judged.Id,
                LastAt = judged.ReceivedAt,
            },
            cancellationToken);
        Stopped(account, over.Words, isWatchOnly ? "is not stopped: Weir only watches" : "is stopped from sending");
    }

    [LoggerMessage(7401, LogLevel.Warning, "The account {Account} {Result}: {Why}.")]
    private partial void Stopped(string account, string why, string result);

    [LoggerMessage(7402, LogLevel.Error, "What accounts send cannot be counted; it is tried again")]
    private partial void NotFollowed(Exception exception);
}

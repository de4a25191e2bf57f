using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Response.Record;
using Weir.Response.Remediations;
using Weir.Storage.Contracts;

namespace Weir.Response.AfterDelivery;

/// <summary>Beside the mail server: a message of which Weir got a copy is in the mailbox already, or will be in a moment; what policy decides is done there.</summary>
internal sealed partial class ZapAfterCopy(IEventLog log, LogCursor cursors, IMailboxes mailboxes, IJobs jobs, TimeProvider time, ILogger<ZapAfterCopy> logger) : BackgroundService
{
    private const string Reader = "zap-after-copy";
    private const string Journal = "journal";

    /// <summary>The cursor is stored at least this often, to start quickly.</summary>
    private const int CursorEvery = 1_000;

    /// <summary>Copies of older mail are history.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    private static readonly TimeSpan ForDelivery = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotFollowed, time, stoppingToken);

    /// <summary>Deals with facts until the log ends or the token is cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var copies = new HashSet<NetworkMessageId>();
        var stored = await cursors.ReadAsync(Reader, cancellationToken);
        await foreach (var logged in log.FollowAsync(stored, cancellationToken).WithCancellation(cancellationToken))
        {
            if (logged.Fact is MessageReceived { Door: Journal } received)
            {
                copies.Add(received.Id);
            }

            // Written together with the fact that it was received: what is brought in from an archive is not touched.
            var found = logged.Fact is MessageJudged judged && copies.Remove(judged.Id) ? JobsFor(judged, logged.Sequence) : [];
            if (found.Count > 0)
            {
                // At least once: the key makes a second adding harmless.
                await jobs.AddAsync(found, cancellationToken);
            }

            if (found.Count > 0 || (copies.Count == 0 && logged.Sequence - stored >= CursorEvery))
            {
                await cursors.SaveAsync(Reader, logged.Sequence, writing: null, cancellationToken);
                stored = logged.Sequence;
            }
        }
    }

    private List<NewJob> JobsFor(MessageJudged judged, long sequence)
    {
        var now = time.GetUtcNow();
        if (judged.RejudgingId.Length > 0 || judged.ReceivedAt < now - Recent)
        {
            return [];
        }

        return
        [
            .. judged.Recipients
                .Where(recipient => recipient is { Held: PolicyNames.AfterDelivery, WouldDecide: not (null or nameof(DeliveryDecision.Deliver)) } && mailboxes.Serves(recipient.Address))
                .DistinctBy(recipient => recipient.Address.ToLowerInvariant(), StringComparer.Ordinal)
                .Select(recipient => new NewJob(
                    DecidedLater.Kind,
                    $"{judged.Id}/{recipient.Address.ToLowerInvariant()}",
                    JsonSerializer.Serialize(
                        new DecidedLater(judged.Id.ToString(), recipient.Address, judged.ReceivedAt, judged.Verdict, sequence, IsQuarantine: recipient.WouldDecide != nameof(DeliveryDecision.Junk), IsAutomation: true),
                        ResponseJson.Default.DecidedLater)) { NotBefore = now + ForDelivery }),
        ];
    }

    [LoggerMessage(8032, LogLevel.Error, "Mail of which Weir got a copy cannot be acted on; it is tried again")]
    private partial void NotFollowed(Exception exception);
}

using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Record;
using Weir.Response.Remediations;
using Weir.Storage.Contracts;

namespace Weir.Response.AfterDelivery;

/// <summary>
/// Junk for some: a message that goes into the inbox of one recipient and into the junk folder of another is delivered to all, and moved
/// seconds after the mail server said that it arrived. Follows the log; the cursor is stored with what it led to.
/// </summary>
internal sealed partial class MoveToJunkWhenDecided(IEventLog log, LogCursor cursors, IDbContextFactory<WeirDbContext> databases, IJobs jobs, TimeProvider time, ILogger<MoveToJunkWhenDecided> logger) : BackgroundService
{
    private const string Reader = "junk-for-some";

    /// <summary>Facts that concern nobody here are passed over; the cursor is stored at least this often, to start quickly.</summary>
    private const int CursorEvery = 1_000;

    /// <summary>Deliveries that come later than this are not waited for.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    private static readonly string Junk = nameof(DeliveryDecision.Junk);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Perseverance.RunAsync(token => FollowAsync(log.FollowAsync, token), NotKept, time, stoppingToken);

    /// <summary>Deals with facts until the source ends or the token is cancelled.</summary>
    public async Task FollowAsync(Func<long, CancellationToken, IAsyncEnumerable<LoggedFact>> source, CancellationToken cancellationToken)
    {
        var stored = await cursors.ReadAsync(Reader, cancellationToken);
        try
        {
            await foreach (var fact in source(stored, cancellationToken).WithCancellation(cancellationToken))
            {
                if (await TakeAsync(fact, cancellationToken))
                {
                    stored = fact.Sequence;
                }
                else if (fact.Sequence - stored >= CursorEvery)
                {
                    await SaveAsync(fact.Sequence, [], cancellationToken);
                    stored = fact.Sequence;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: the next start reads on from the stored cursor.
        }
    }

    private async Task<bool> TakeAsync(LoggedFact logged, CancellationToken cancellationToken)
    {
        switch (logged.Fact)
        {
            case MessageJudged { RejudgingId: "" } judged when judged.Recipients.Any(IsJunk) && !judged.Recipients.All(IsJunk):
                await SaveAsync(logged.Sequence, RowsOf(judged), cancellationToken);
                return true;
            case DeliveryObserved { Location: "Inbox/folder" } delivery when await DecisionAsync(delivery, cancellationToken) is { } decision:
                // At least once: the key makes a second adding harmless.
                await jobs.AddAsync([JobOf(delivery, decision, logged.Sequence)], cancellationToken);
                await SaveAsync(logged.Sequence, [], cancellationToken);
                return true;
            default:
                return false;
        }
    }

    private async Task<PartlyJunkRow?> DecisionAsync(DeliveryObserved delivery, CancellationToken cancellationToken)
    {
        var id = delivery.Id.ToString();
        string[] addresses = [delivery.Recipient.ToLowerInvariant(), delivery.OriginalRecipient.ToLowerInvariant()];
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<PartlyJunkRow>().AsNoTracking().FirstOrDefaultAsync(row => row.MessageId == id && addresses.Contains(row.Recipient), cancellationToken);
    }

    private Task SaveAsync(long sequence, List<PartlyJunkRow> rows, CancellationToken cancellationToken) => cursors.SaveAsync(Reader, sequence, rows.Count == 0 ? null : database => WriteAsync(database, rows, cancellationToken), cancellationToken);

    private static async Task WriteAsync(WeirDbContext database, List<PartlyJunkRow> rows, CancellationToken cancellationToken)
    {
        var id = rows[0].MessageId;
        var old = rows[0].ReceivedAt - Memory;
        await database.Set<PartlyJunkRow>().Where(row => row.MessageId == id || row.ReceivedAt < old).ExecuteDeleteAsync(cancellationToken);
        database.AddRange(rows);
    }

    private static bool IsJunk(RecordedRecipient recipient) => recipient.Decision == Junk;

    private static List<PartlyJunkRow> RowsOf(MessageJudged judged) =>
        [.. judged.Recipients.Where(IsJunk).Select(recipient => recipient.Address.ToLowerInvariant()).Distinct(StringComparer.Ordinal)
            .Select(address => new PartlyJunkRow { MessageId = judged.Id.ToString(), Recipient = address, Verdict = judged.Verdict, ReceivedAt = judged.ReceivedAt })];

    private static NewJob JobOf(DeliveryObserved delivery, PartlyJunkRow decision, long sequence) => new(
        DecidedLater.Kind,
        $"{delivery.Id}/{delivery.Recipient.ToLowerInvariant()}",
        JsonSerializer.Serialize(new DecidedLater(delivery.Id.ToString(), delivery.Recipient, decision.ReceivedAt, decision.Verdict, sequence), ResponseJson.Default.DecidedLater));

    [LoggerMessage(8010, LogLevel.Error, "Junk for some recipients cannot be noted; it is tried again")]
    private partial void NotKept(Exception exception);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;
using Weir.Response.Record;
using Weir.Storage.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>Keeps the list of held mail: a fold of the log. What comes into quarantine gets a row, what is released, deleted or called otherwise changes it.</summary>
internal sealed partial class QuarantineReader(
    IEventLog log, LogCursor cursors, HeldDetails details, PoliciesOfQuarantine policies, TimeProvider time, ILogger<QuarantineReader> logger) : BackgroundService
{
    private const string Reader = "quarantine";

    /// <summary>Facts that are written down together.</summary>
    private const int AtOnce = 500;

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(10);

    private readonly List<(long Sequence, Fact Fact)> _open = [];
    private int _waiting;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Perseverance.RunAsync(FollowAsync, NotFollowed, time, stoppingToken);

    /// <summary>Deals with facts until the log ends or the token is cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _open.Clear();
                await TakeAllAsync(cancellationToken);
                return;
            }
            catch (QuestionException exception)
            {
                // The event store is being rebuilt: the cursor stays, so nothing is passed over.
                NotFollowed(exception);
                await Task.Delay(AfterTrouble, time, cancellationToken);
            }
        }
    }

    private async Task TakeAllAsync(CancellationToken cancellationToken)
    {
        var stored = await cursors.ReadAsync(Reader, cancellationToken);
        await foreach (var logged in log.FollowAsync(stored, cancellationToken).WithCancellation(cancellationToken))
        {
            _waiting++;
            if (logged.Fact is MessageReceived received)
            {
                details.Remember(received);
            }
            else if (Concerns(logged.Fact))
            {
                _open.Add((logged.Sequence, logged.Fact));
            }

            // What came together is written down together; the last of what there is, at once.
            if (_open.Count >= AtOnce || _waiting >= 10_000 || (logged.Sequence >= log.Last && _open.Count > 0))
            {
                await WriteAsync(logged.Sequence, cancellationToken);
            }
        }

        if (_open.Count > 0)
        {
            await WriteAsync(_open[^1].Sequence, cancellationToken);
        }
    }

    private static bool Concerns(Fact fact) => fact switch
    {
        MessageJudged judged => judged.RejudgingId.Length > 0 || judged.Recipients.Any(recipient => recipient.Decision == nameof(DeliveryDecision.Quarantine)),
        MailboxActed acted => acted.Location == Places.Quarantine || acted.SourceLocation == Places.Quarantine || acted.Action == Places.QuarantineRelease,
        _ => false,
    };

    private async Task WriteAsync(long sequence, CancellationToken cancellationToken)
    {
        var held = await details.OfAsync(_open, cancellationToken);
        var known = await policies.AllAsync(cancellationToken);
        await cursors.SaveAsync(
            Reader,
            sequence,
            async database =>
            {
                foreach (var (at, fact) in _open)
                {
                    await TakeAsync(database, at, fact, held, known, cancellationToken);
                }
            },
            cancellationToken);
        _open.Clear();
        _waiting = 0;
    }

    private static async Task TakeAsync(
        WeirDbContext database, long sequence, Fact fact, IReadOnlyDictionary<(long, string), HeldRow> held, IReadOnlyList<QuarantinePolicy> policies, CancellationToken cancellationToken)
    {
        switch (fact)
        {
            case MessageJudged { RejudgingId.Length: > 0 } again:
                foreach (var row in await RowsAsync(database, again.Id, cancellationToken))
                {
                    row.Verdict = again.Verdict;
                }

                break;
            case MessageJudged judged:
                foreach (var recipient in judged.Recipients.Where(recipient => recipient.Decision == nameof(DeliveryDecision.Quarantine)))
                {
                    await HoldAsync(database, held.GetValueOrDefault((sequence, recipient.Address.ToLowerInvariant())), policies, cancellationToken);
                }

                break;
            case MailboxActed { ActionResult: "Success", Location: Places.Quarantine } taken:
                await HoldAsync(database, held.GetValueOrDefault((sequence, taken.Recipient.ToLowerInvariant())), policies, cancellationToken);
                break;
            case MailboxActed acted:
                if (await database.Set<HeldRow>().FindAsync([acted.Id.ToString(), acted.Recipient.ToLowerInvariant()], cancellationToken) is { } known)
                {
                    Take(known, acted);
                }

                break;
            default:
                break;
        }
    }

    private static void Take(HeldRow row, MailboxActed acted)
    {
        if (acted.Action != Places.QuarantineRelease)
        {
            return;
        }

        if (acted.ActionResult is "Success" or "Already in destination")
        {
            (row.State, row.Status, row.ReleasedAt, row.ReleasedBy) = (HeldState.Released, ReleaseStatus.Released, acted.At, acted.By);
            (row.Problem, row.ApprovalId) = ("", acted.ApprovalId);
        }
        else if (row.State == HeldState.Releasing && row.ApprovalId == acted.ApprovalId)
        {
            // It could not be given out: it is held as before, and says why.
            (row.State, row.Problem) = (HeldState.Held, acted.ActionResult);
            row.Status = row.RequestedAt is null ? ReleaseStatus.NeedsReview : ReleaseStatus.Requested;
        }
    }

    private static async Task HoldAsync(WeirDbContext database, HeldRow? held, IReadOnlyList<QuarantinePolicy> policies, CancellationToken cancellationToken)
    {
        if (held is null)
        {
            return;
        }

        var policy = policies.FirstOrDefault(policy => policy.Name.Equals(held.QuarantinePolicy, StringComparison.OrdinalIgnoreCase))
            ?? policies.First(policy => policy.Name == QuarantinePolicy.UsualFor(held.Reason));
        held.QuarantinePolicy = policy.Name;
        held.ExpiresAt = held.HeldAt.AddDays(policy.Days);
        var old = await database.Set<HeldRow>().FindAsync([held.MessageId, held.Recipient], cancellationToken);
        if (old is not null && old.Holding >= held.Holding)
        {
            return;
        }

        if (old is not null)
        {
            database.Remove(old);
            await database.SaveChangesAsync(cancellationToken);
        }

        database.Add(held);
        await database.SaveChangesAsync(cancellationToken);
    }

    private static Task<List<HeldRow>> RowsAsync(WeirDbContext database, NetworkMessageId id, CancellationToken cancellationToken)
    {
        var text = id.ToString();
        return database.Set<HeldRow>().Where(row => row.MessageId == text).ToListAsync(cancellationToken);
    }

    [LoggerMessage(8050, LogLevel.Error, "Mail in quarantine cannot be followed; it is tried again")]
    private partial void NotFollowed(Exception exception);
}

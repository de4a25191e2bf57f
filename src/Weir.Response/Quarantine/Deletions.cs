using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;
using Weir.Response.Record;
using Weir.Storage.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>
/// Says what was deleted and erases the bytes, once nobody else has the message: neither another recipient for whom it is held, nor a mailbox. What was
/// begun is ended at the next start.
/// </summary>
internal sealed class Deletions(IDbContextFactory<WeirDbContext> databases, IEventLog log, IQuestions questions, IBlobs blobs)
{
    private const int AtOnce = 200;

    private const string Elsewhere = """
        EmailEvents
        | where NetworkMessageId in (ids)
        | where LatestDeliveryLocation !in ("Quarantine", "Failed", "Dropped") and not(LatestDeliveryLocation == "Deleted items" and LatestDeliveryAction == "Hard delete")
        | distinct NetworkMessageId
        """;

    private static readonly Caller Self = Caller.System("quarantine", Permission.EmailMetadataRead);

    /// <summary>Ends what is marked as deleted. At least once: facts carry a key, and erasing twice erases once.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var rows = await database.Set<HeldRow>().Where(row => row.IsUnsaid).OrderBy(row => row.MessageId).Take(AtOnce).ToListAsync(cancellationToken);
            if (rows.Count == 0)
            {
                return;
            }

            var sequence = await log.AppendAsync([.. rows.Select(FactOf)], cancellationToken);
            await log.WaitUntilShownAsync(sequence, cancellationToken);
            await EraseAsync(database, rows, cancellationToken);
            foreach (var row in rows)
            {
                row.IsUnsaid = false;
                row.Subject = row.RequestReason = row.FreshBecause = "";
            }

            await database.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task EraseAsync(WeirDbContext database, List<HeldRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Where(row => row.BlobId.Length > 0).Select(row => row.MessageId).Distinct(StringComparer.Ordinal).ToArray();
        var held = await database.Set<HeldRow>().Where(row => ids.Contains(row.MessageId) && row.State != HeldState.Deleted && row.State != HeldState.Expired).Select(row => row.MessageId).Distinct().ToListAsync(cancellationToken);
        var answer = await questions.AskAsync(Self, new Question(Elsewhere) { Parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["ids"] = ids }, MaxRows = 1_000_000 }, cancellationToken);
        var kept = held.Concat(answer.Rows.Select(row => (string)row[0]!)).ToHashSet(StringComparer.Ordinal); // string cells are never null
        foreach (var row in rows.Where(row => row.BlobId.Length > 0 && !kept.Contains(row.MessageId)).DistinctBy(row => row.BlobId, StringComparer.Ordinal))
        {
            await blobs.EraseAsync(new BlobId(row.BlobId), cancellationToken);
        }
    }

    private static MailboxActed FactOf(HeldRow row) => new()
    {
        At = row.DecidedAt ?? row.ExpiresAt,
        ActionKey = string.Create(CultureInfo.InvariantCulture, $"quarantine/{row.MessageId}/{row.Recipient}/{row.Holding}/gone"),
        Id = NetworkMessageId.Parse(row.MessageId, CultureInfo.InvariantCulture),
        Recipient = row.Recipient,
        Action = Places.HardDelete,
        ActionType = row.State == HeldState.Expired ? "Quarantine expiry" : "Quarantine delete",
        ActionTrigger = row.State == HeldState.Expired ? "SpecialAction" : "AdminAction",
        ActionResult = "Success",
        Location = "Deleted items",
        SourceLocation = Places.Quarantine,
        By = row.DecidedBy,
        Why = row.State == HeldState.Expired ? "It was held as long as its quarantine policy says." : "",
    };
}

using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Mailboxes.Sending;

/// <summary>The outbox in the operational database; a job for each mail.</summary>
internal sealed class Outbox(IDbContextFactory<WeirDbContext> databases, IJobs jobs, TimeProvider time) : IOutbox
{
    public async ValueTask AddAsync(Caller caller, IReadOnlyList<OutgoingMail> mail, CancellationToken cancellationToken)
    {
        caller.Require(Permission.ResponseManage);
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var keys = mail.Select(one => one.Key).ToList();
        var known = (await database.Set<OutgoingRow>().Where(row => keys.Contains(row.Key)).Select(row => row.Key).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var fresh = mail.Where(one => known.Add(one.Key)).ToList();
        database.AddRange(fresh.Select(one => new OutgoingRow
        {
            Key = one.Key,
            Kind = one.Kind,
            Recipient = one.Recipient,
            Subject = one.Subject,
            Raw = one.Raw.ToArray(),
            CreatedAt = now,
        }));
        await database.SaveChangesAsync(cancellationToken);

        // Stopped here, the mail is found and gets its job later.
        await jobs.AddAsync([.. fresh.Select(one => SendingJob.For(one.Key))], cancellationToken);
    }

    public async ValueTask<IReadOnlyList<SentMail>> ListAsync(Caller caller, OutgoingState? state, int take, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecurityDataRead);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<OutgoingRow>().Where(row => state == null || row.State == state)
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Key).Take(take)
            .Select(row => new SentMail(row.Key, row.Kind, row.Recipient, row.Subject, row.State, row.CreatedAt, row.EndedAt, row.Attempts, row.Reply))
            .ToListAsync(cancellationToken);
    }
}

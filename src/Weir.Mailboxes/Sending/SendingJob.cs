using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Mailboxes.Sending;

/// <summary>One attempt to send one mail of the outbox.</summary>
internal sealed class SendingJob(IDbContextFactory<WeirDbContext> databases, IHandOver server, TimeProvider time) : IJobHandler
{
    public const string Name = "send-mail";

    /// <summary>Longer than this nobody waits for a mail.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly Caller Self = Caller.System("outbox", Permission.ResponseManage);

    public string Kind => Name;

    /// <summary>One job for each mail; one that ended can begin anew, so that there are never two.</summary>
    public static NewJob For(string key) => new(Name, key, key) { Owner = Self.Id };

    public async ValueTask<string?> HandleAsync(LeasedJob job, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await database.Set<OutgoingRow>().FirstOrDefaultAsync(row => row.Key == job.Payload, cancellationToken);
        if (row is not { State: OutgoingState.Waiting, Raw: { } raw })
        {
            return "sent already";
        }

        var answer = await server.HandOverAsync(Self, new MailToSend(raw, MailFrom: "", row.Recipient), cancellationToken);
        row.Attempts++;
        row.Reply = answer.Reply;
        var isOver = answer.Outcome == HandOverOutcome.Refused || (answer.Outcome != HandOverOutcome.Taken && time.GetUtcNow() - row.CreatedAt > Patience);
        if (answer.Outcome == HandOverOutcome.Taken || isOver)
        {
            (row.State, row.EndedAt, row.Raw) = (isOver ? OutgoingState.Failed : OutgoingState.Sent, time.GetUtcNow(), null);
        }

        // Whatever stops us now: that it was sent is worth writing down.
        await database.SaveChangesAsync(CancellationToken.None);
        return row.State == OutgoingState.Waiting ? throw new MailboxException(answer.Reply) : answer.Reply;
    }
}

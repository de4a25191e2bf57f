using Microsoft.EntityFrameworkCore;
using Weir.Gateway.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Gateway.OwnMail;

/// <summary>
/// Lets Weir's own mail through unjudged and unchanged: what carries a mark that is valid for exactly this recipient and message. A release passes once;
/// when the sender of it could not know whether the first attempt arrived, the second one is thrown away here.
/// </summary>
internal sealed class OwnMailDoor(IOwnMail own, IDbContextFactory<WeirDbContext> databases, TimeProvider time)
{
    /// <summary>Longer than any mark of a release is valid.</summary>
    private static readonly TimeSpan RememberFor = TimeSpan.FromDays(60);

    /// <summary>What to do; nothing when it is not Weir's own and takes the usual way.</summary>
    public async ValueTask<OwnMailAnswer?> AnswerAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        var mark = own.Check(message.Raw, message.Envelope.Recipients);
        if (mark.State != MarkState.Valid)
        {
            return null;
        }

        if (mark.Kind == OwnMailKind.Notice)
        {
            return new OwnMailAnswer(IsSecond: false, Id: null, KeepsMark: true);
        }

        NetworkMessageId? id = NetworkMessageId.TryParse(mark.About.Split('/')[0], out var released) ? released : null;
        return new OwnMailAnswer(!await PassesAsync($"{mark.About}/{mark.Recipient}", cancellationToken), id, KeepsMark: false);
    }

    private async Task<bool> PassesAsync(string key, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var old = time.GetUtcNow() - RememberFor;
        await database.Set<PassedRow>().Where(row => row.At < old).ExecuteDeleteAsync(cancellationToken);
        if (await database.Set<PassedRow>().AnyAsync(row => row.Key == key, cancellationToken))
        {
            return false;
        }

        database.Add(new PassedRow { Key = key, At = time.GetUtcNow() });
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // The same mail through two connections at once: the other one passes.
            return false;
        }
    }
}

/// <summary>How a message of Weir's own is answered.</summary>
/// <param name="IsSecond">It passed before: thrown away.</param>
/// <param name="Id">The message that was released.</param>
/// <param name="KeepsMark">The mark goes along, so that copies behind the delivery are known, too.</param>
internal sealed record OwnMailAnswer(bool IsSecond, NetworkMessageId? Id, bool KeepsMark);

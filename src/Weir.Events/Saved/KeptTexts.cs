using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Events.Saved;

/// <summary>Long texts in the operational database, named by a hash of what they say.</summary>
internal sealed class KeptTexts(IDbContextFactory<WeirDbContext> databases, TimeProvider time) : IKeptTexts
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(366);

    public async ValueTask<string> KeepAsync(Caller caller, string text, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        if (text.Length > IKeptTexts.Longest)
        {
            throw new ArgumentException($"A kept text has at most {IKeptTexts.Longest:N0} characters.", nameof(text));
        }

        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await UseAsync(database, id, cancellationToken) is null)
        {
            var old = time.GetUtcNow() - Forgotten;
            await database.Set<KeptTextRow>().Where(row => row.UsedAt < old).ExecuteDeleteAsync(cancellationToken);
            database.Add(new KeptTextRow { Id = id, Text = text, UsedAt = Today() });
            try
            {
                await database.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
            {
                // Somebody else kept the same text at the same moment.
            }
        }

        return id;
    }

    public async ValueTask<string?> FindAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return (await UseAsync(database, name, cancellationToken))?.Text;
    }

    private async Task<KeptTextRow?> UseAsync(WeirDbContext database, string id, CancellationToken cancellationToken)
    {
        var row = await database.Set<KeptTextRow>().AsNoTracking().FirstOrDefaultAsync(each => each.Id == id, cancellationToken);
        if (row is not null && row.UsedAt < Today())
        {
            var today = Today();
            await database.Set<KeptTextRow>().Where(each => each.Id == id).ExecuteUpdateAsync(set => set.SetProperty(each => each.UsedAt, today), cancellationToken);
        }

        return row;
    }

    private DateTimeOffset Today() => new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
}

using Microsoft.EntityFrameworkCore;
using Weir.Response.AfterDelivery;
using Weir.Storage.Contracts;

namespace Weir.Response.Record;

/// <summary>How far readers of the log are; a cursor is stored with what the facts led to.</summary>
internal sealed class LogCursor(IDbContextFactory<WeirDbContext> databases)
{
    /// <summary>The last sequence number dealt with; 0 at first.</summary>
    public async Task<long> ReadAsync(string reader, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<CursorRow>().Where(row => row.Reader == reader).Select(row => row.Sequence).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Stores it, in one transaction with what else is to be written.</summary>
    public async Task SaveAsync(string reader, long sequence, Func<WeirDbContext, Task>? writing, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (writing is not null)
        {
            await writing(database);
        }

        var cursor = await database.Set<CursorRow>().FirstOrDefaultAsync(row => row.Reader == reader, cancellationToken);
        if (cursor is null)
        {
            database.Add(new CursorRow { Reader = reader, Sequence = sequence });
        }
        else
        {
            cursor.Sequence = sequence;
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

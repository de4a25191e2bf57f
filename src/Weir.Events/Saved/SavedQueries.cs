using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Events.Saved;

/// <summary>Kept queries in the operational database.</summary>
internal sealed class SavedQueries(IDbContextFactory<WeirDbContext> databases, IAuditTrail audit, TimeProvider time) : ISavedQueries
{
    public const int LongestName = 120;
    public const int LongestDescription = 1_000;
    public const int LongestKql = 100_000;
    public const int LongestAddress = 8_000;

    /// <summary>More than anybody finds again in a list.</summary>
    public const int MostOfOnePerson = 1_000;

    public async ValueTask<IReadOnlyList<SavedQuery>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.Set<SavedQueryRow>().AsNoTracking().Where(row => row.IsShared || row.Owner == caller.Id).ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Id, StringComparer.Ordinal)
                .Select(row => new SavedQuery(row.Id, new SavedQueryText(row.Name, row.Description, row.Kql, row.IsShared) { Address = row.Address }, row.Author, row.Owner == caller.Id, MayChange(caller, row), row.ChangedAt)),
        ];
    }

    public async ValueTask<IReadOnlyList<string>> SaveAsync(Caller caller, string? id, SavedQueryText query, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        query = query with { Name = query.Name.Trim(), Description = query.Description.Trim() };
        if (Problem(query) is { } problem)
        {
            return [problem];
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = id is null ? null : await database.Set<SavedQueryRow>().FirstOrDefaultAsync(each => each.Id == id && (each.IsShared || each.Owner == caller.Id), cancellationToken);
        if (id is not null && row is null)
        {
            return ["This query is not there any more."];
        }

        if (query.IsShared || row is { IsShared: true })
        {
            caller.Require(Permission.SecuritySettingsManage);
        }

        var owner = row?.Owner ?? caller.Id;
        var before = row?.IsShared ?? false;
        if (await database.Set<SavedQueryRow>().AnyAsync(each => each.Owner == owner && each.Name == query.Name && each.Id != id, cancellationToken))
        {
            return [$"There is a query named “{query.Name}” already."];
        }

        if (row is null)
        {
            if (await database.Set<SavedQueryRow>().CountAsync(each => each.Owner == owner, cancellationToken) >= MostOfOnePerson)
            {
                return [$"You keep {MostOfOnePerson:N0} queries already: delete some first."];
            }

            row = new SavedQueryRow
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"), Owner = owner, Author = caller.Name,
                Name = "", Description = "", Kql = "", Address = "", IsShared = false, ChangedAt = default,
            };
            database.Add(row);
        }

        (row.Name, row.Description, row.Kql, row.Address, row.IsShared, row.ChangedAt) = (query.Name, query.Description, query.Kql, query.Address, query.IsShared, time.GetUtcNow());
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            return ["Somebody else saved at the same moment. Try again."];
        }

        if (before || row.IsShared)
        {
            await audit.RecordAsync(caller, new AuditEntry(row.IsShared ? "ShareQuery" : "UnshareQuery", row.Name, "Success", Detail(row)), cancellationToken);
        }

        return [];
    }

    public async ValueTask DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Set<SavedQueryRow>().FirstOrDefaultAsync(row => row.Id == id && (row.IsShared || row.Owner == caller.Id), cancellationToken) is not { } row)
        {
            return;
        }

        if (row.IsShared)
        {
            caller.Require(Permission.SecuritySettingsManage);
        }

        await database.Set<SavedQueryRow>().Where(each => each.Id == id).ExecuteDeleteAsync(cancellationToken);
        if (row.IsShared)
        {
            await audit.RecordAsync(caller, new AuditEntry("DeleteSharedQuery", row.Name, "Success", Detail(row)), cancellationToken);
        }
    }

    private static bool MayChange(Caller caller, SavedQueryRow row) => row.IsShared ? caller.Has(Permission.SecuritySettingsManage) : row.Owner == caller.Id;

    private static string Detail(SavedQueryRow row) => row.Address.Length > 0 ? row.Address : row.Kql;

    private static string? Problem(SavedQueryText query) => query switch
    {
        { Name.Length: 0 } => "Give the query a name.",
        { Name.Length: > LongestName } => $"A name has at most {LongestName} characters.",
        { Description.Length: > LongestDescription } => $"A description has at most {LongestDescription:N0} characters.",
        { Address.Length: > LongestAddress } => $"An address has at most {LongestAddress:N0} characters.",
        { Address: ['/', '/' or '\\', ..] or [not '/', ..] } => "The address is no page of Weir.",
        { Address.Length: 0, Kql: var kql } when string.IsNullOrWhiteSpace(kql) => "There is no query to save.",
        { Kql.Length: > LongestKql } => $"A query has at most {LongestKql:N0} characters.",
        _ => null,
    };
}

using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Directory.Organisations;
using Weir.Storage.Contracts;

namespace Weir.Directory.Ldap;

/// <summary>Replaces people and lists by what the directory server says. A reading that lost many people is more likely a mistake than a mass dismissal, and changes nothing.</summary>
internal sealed class DirectorySync(ILdapServer server, Microsoft.Extensions.Options.IOptions<DirectoryOptions> options, IDbContextFactory<WeirDbContext> databases, StoredDirectory directory, IAuditTrail audit) : IDirectorySync, IDisposable
{
    private const double MostLost = 0.2;
    private const int FewLost = 5;

    private readonly SemaphoreSlim _turn = new(1);

    public async ValueTask<DirectorySyncResult> SyncAsync(Caller caller, bool isForced, bool isTrial, CancellationToken cancellationToken)
    {
        if (!caller.Has(Permission.SecuritySettingsManage))
        {
            await audit.RecordAsync(caller, new AuditEntry("DirectorySynchronized", "ldap", "Denied", $"lacks {Permission.SecuritySettingsManage}"), cancellationToken);
            caller.Require(Permission.SecuritySettingsManage);
        }

        if (options.Value.Ldap is not { } settings)
        {
            return DirectorySyncResult.Failed("No directory server is configured; set directory.ldap in weir.json (docs/directory.md).");
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var people = await server.SearchAsync(settings.People, LdapReading.PersonAttributes, cancellationToken);
            var groups = await server.SearchAsync(settings.Groups, LdapReading.GroupAttributes, cancellationToken);
            return await ReplaceAsync(caller, people, groups, isForced, isTrial, cancellationToken);
        }
        catch (LdapFailedException failed)
        {
            return DirectorySyncResult.Failed(failed.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<DirectorySyncResult> ReplaceAsync(Caller caller, IReadOnlyList<LdapEntry> people, IReadOnlyList<LdapEntry> groups, bool isForced, bool isTrial, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var before = await database.Set<PersonRow>().AsNoTracking().ToListAsync(cancellationToken);
        var listsBefore = await database.Set<ListRow>().AsNoTracking().ToListAsync(cancellationToken);
        var (rows, lists, notes) = LdapReading.Of(people, groups, before);
        var joined = rows.Select(row => row.Address).Except(before.Select(row => row.Address), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var left = before.Select(row => row.Address).Except(rows.Select(row => row.Address), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (!isForced && left.Count > Math.Max(FewLost, MostLost * before.Count))
        {
            return new DirectorySyncResult($"{left.Count} of {before.Count} people would be gone. If that is right, run weir directory sync --force; else correct the filter or baseDn.", before.Count, listsBefore.Count, joined, left, notes);
        }

        if (!isTrial && !(Same(before, rows) && Same(listsBefore, lists)))
        {
            await database.Set<PersonRow>().ExecuteDeleteAsync(cancellationToken);
            await database.Set<ListRow>().ExecuteDeleteAsync(cancellationToken);
            database.AddRange(rows);
            database.AddRange(lists);
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            await directory.LoadAsync(cancellationToken);
            await audit.RecordAsync(caller, new AuditEntry("DirectorySynchronized", "ldap", "Success", $"{rows.Count} people ({joined.Count} new, {left.Count} gone), {lists.Count} lists"), cancellationToken);
        }

        return new DirectorySyncResult("", rows.Count, lists.Count, joined, left, notes);
    }

    /// <summary>Nothing is written, read anew and audited every few minutes for nothing.</summary>
    private static bool Same(IEnumerable<PersonRow> before, IEnumerable<PersonRow> now) => Texts(before, row => row.ObjectId).SequenceEqual(Texts(now, row => row.ObjectId), StringComparer.Ordinal);

    private static bool Same(IEnumerable<ListRow> before, IEnumerable<ListRow> now) => Texts(before, row => row.Address).SequenceEqual(Texts(now, row => row.Address), StringComparer.Ordinal);

    private static IEnumerable<string> Texts<T>(IEnumerable<T> rows, Func<T, string> key) =>
        rows.OrderBy(key, StringComparer.Ordinal).Select(row => System.Text.Json.JsonSerializer.Serialize(row));
}

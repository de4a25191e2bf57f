using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Directory.Tags;
using Weir.Storage.Contracts;

namespace Weir.Directory.Organisations;

/// <summary>The organisation in the operational database, with the newest snapshot in memory.</summary>
internal sealed class StoredDirectory(IDbContextFactory<WeirDbContext> databases, IAuditTrail audit) : IDirectory
{
    private volatile Organisation _current = Organisation.Empty;
    private volatile IReadOnlyList<Person> _imported = [];

    public IOrganisation Current => _current;

    /// <summary>The people with the tags that the directory itself says.</summary>
    public IReadOnlyList<Person> Imported => _imported;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var people = await database.Set<PersonRow>().AsNoTracking().OrderBy(row => row.Address).ToListAsync(cancellationToken);
        var lists = await database.Set<ListRow>().AsNoTracking().OrderBy(row => row.Address).ToListAsync(cancellationToken);
        var domains = await database.Set<DomainRow>().AsNoTracking().OrderBy(row => row.Domain).ToListAsync(cancellationToken);
        var tags = await database.Set<TagRow>().AsNoTracking().OrderBy(row => row.Key).ToListAsync(cancellationToken);
        var imported = people.Select(PersonOf).ToList();
        var distribution = lists.Select(row => new DistributionList(row.Address, row.DisplayName, row.Members)).ToList();
        var own = domains.Where(row => row.IsOwn).Select(row => row.Domain).ToList();
        _imported = imported;
        _current = new Organisation(
            own.Count > 0 ? own[0] : "",
            TaggedPeople.Of(imported, distribution, [.. tags.Select(row => (row.Name, StoredTags.RuleOf(row)))]),
            distribution,
            own,
            [.. domains.Where(row => !row.IsOwn).Select(row => row.Domain)]);
    }

    public async ValueTask<IReadOnlyList<string>> ImportCsvAsync(Caller caller, string folder, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsManage);
        var csv = DirectoryCsv.Read(folder);
        if (csv.Problems.Count == 0)
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            await database.Set<PersonRow>().ExecuteDeleteAsync(cancellationToken);
            await database.Set<ListRow>().ExecuteDeleteAsync(cancellationToken);
            await database.Set<DomainRow>().ExecuteDeleteAsync(cancellationToken);
            database.AddRange(csv.People);
            database.AddRange(csv.Lists);
            database.AddRange(csv.Domains);
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            await LoadAsync(cancellationToken);
        }

        await audit.RecordAsync(caller, new AuditEntry("DirectoryImported", folder, csv.Problems.Count == 0 ? "Success" : "Failure", $"{csv.People.Count} people, {csv.Lists.Count} lists"), cancellationToken);
        return csv.Problems;
    }

    private static Person PersonOf(PersonRow row) => new()
    {
        ObjectId = row.ObjectId,
        DisplayName = row.DisplayName,
        Address = row.Address,
        Aliases = row.Aliases,
        Kind = row.Kind,
        Department = row.Department,
        Title = row.Title,
        Office = row.Office,
        Manager = row.Manager,
        Tags = row.Tags,
        IsProtected = row.IsProtected,
        ForwardsTo = row.ForwardsTo,
    };
}

using Microsoft.EntityFrameworkCore;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Directory.Organisations;
using Weir.Storage.Contracts;

namespace Weir.Directory.Tags;

/// <summary>User tags in the operational database; every change is audited and read into the snapshot of the organisation at once.</summary>
internal sealed class StoredTags(IDbContextFactory<WeirDbContext> databases, StoredDirectory directory, IAuditTrail audit, TimeProvider time) : IUserTags
{
    private const int MostTags = 500;
    private const int MostNamed = 10_000;
    private const int LongestName = 64;
    private const int Told = 5;

    public async ValueTask<IReadOnlyList<UserTag>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsRead);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.Set<TagRow>().AsNoTracking().ToListAsync(cancellationToken);
        var having = Count(directory.Current.People);
        var imported = Count(directory.Imported);
        var names = rows.Select(row => row.Name).Append(UserTag.PriorityAccount).Concat(imported.Keys).Distinct(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. names
                .Select(name => (Name: name, Row: rows.FirstOrDefault(row => row.Key == KeyOf(name))))
                .Select(tag => new UserTag
                {
                    Name = tag.Name,
                    Description = tag.Row?.Description ?? "",
                    Rule = tag.Row is null ? TagRule.Nobody : RuleOf(tag.Row),
                    People = having.GetValueOrDefault(tag.Name),
                    FromDirectory = imported.GetValueOrDefault(tag.Name),
                    Version = tag.Row?.Version ?? 0,
                    ChangedBy = tag.Row?.ChangedBy ?? "",
                    ChangedAt = tag.Row?.ChangedAt,
                })
                .OrderByDescending(tag => tag.IsSystem).ThenBy(tag => tag.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    public IReadOnlyList<Person> Preview(Caller caller, TagRule rule)
    {
        caller.Require(Permission.SecuritySettingsRead);
        return TaggedPeople.Fitting(directory.Current.People, directory.Current.Lists, Clean(rule));
    }

    public async ValueTask SaveAsync(Caller caller, UserTag tag, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, "UserTagSaved", tag.Name, cancellationToken);
        var rule = Clean(tag.Rule);
        var name = tag.IsSystem ? UserTag.PriorityAccount : tag.Name.Trim();
        Check(name, tag.Description, rule);
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            var row = await database.Set<TagRow>().FirstOrDefaultAsync(row => row.Key == KeyOf(name), cancellationToken);
            if ((row?.Version ?? 0) != tag.Version)
            {
                throw new ArgumentException(
                    row is null ? $"“{name}” was deleted meanwhile. Add it again if you still want it." : tag.Version == 0 ? $"There is a tag “{row.Name}” already." : $"{row.ChangedBy} changed “{name}” meanwhile. Open it again to see how it is now.");
            }

            if (row is null && await database.Set<TagRow>().CountAsync(cancellationToken) >= MostTags)
            {
                throw new ArgumentException($"There are {MostTags} tags, which is the most. Delete one that is not used.");
            }

            if (row is null)
            {
                database.Add(row = new TagRow { Key = KeyOf(name), Name = name });
            }

            (row.Version, row.Description, row.ChangedBy, row.ChangedAt) = (row.Version + 1, tag.Description.Trim(), caller.Name, time.GetUtcNow());
            (row.People, row.Lists, row.Departments, row.Offices, row.Titles) = ([.. rule.People], [.. rule.Lists], [.. rule.Departments], [.. rule.Offices], [.. rule.Titles]);
            try
            {
                await database.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception)
            {
                // Between reading and writing: the version is part of the change, and the name is unique.
                throw new ArgumentException($"Somebody else changed “{name}” meanwhile. Open it again to see how it is now.", exception);
            }
        }

        await directory.LoadAsync(cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry("UserTagSaved", name, "Success", Words(rule)), cancellationToken);
    }

    public async ValueTask DeleteAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, "UserTagDeleted", name, cancellationToken);
        if (KeyOf(name) == KeyOf(UserTag.PriorityAccount))
        {
            throw new ArgumentException("The priority account comes with Weir and stays. Take the people off it instead.");
        }

        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (await database.Set<TagRow>().Where(row => row.Key == KeyOf(name)).ExecuteDeleteAsync(cancellationToken) == 0)
            {
                throw new ArgumentException($"There is no tag “{name}” with a rule. What the directory says of people is changed in the directory.");
            }
        }

        await directory.LoadAsync(cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry("UserTagDeleted", name, "Success"), cancellationToken);
    }

    public static TagRule RuleOf(TagRow row) => new(row.People, row.Lists, row.Departments, row.Offices, row.Titles);

    private void Check(string name, string description, TagRule rule)
    {
        if (name.Length is 0 or > LongestName || name.Any(letter => char.IsControl(letter) || letter is ';' or ','))
        {
            throw new ArgumentException($"A tag needs a name of at most {LongestName} characters, without commas, semicolons and line ends.");
        }

        if (description.Length > 1_000 || rule.People.Count > MostNamed || rule.Lists.Count + rule.Departments.Count + rule.Offices.Count + rule.Titles.Count > 1_000)
        {
            throw new ArgumentException($"That is too much: at most {MostNamed} people by name, 1,000 lists, departments, offices and titles, and 1,000 characters of description.");
        }

        Refuse("nobody’s mailbox here", [.. rule.People.Where(address => directory.Current.Find(address) is null)]);
        Refuse("no distribution list here", [.. rule.Lists.Where(address => directory.Current.FindList(address) is null)]);
    }

    private static void Refuse(string what, IReadOnlyList<string> unknown)
    {
        if (unknown.Count > 0)
        {
            throw new ArgumentException($"{string.Join(", ", unknown.Take(Told))}{(unknown.Count > Told ? $" and {unknown.Count - Told} more" : "")}: {what}.");
        }
    }

    private async ValueTask RequireAsync(Caller caller, string operation, string name, CancellationToken cancellationToken)
    {
        if (!caller.Has(Permission.SecuritySettingsManage))
        {
            await audit.RecordAsync(caller, new AuditEntry(operation, name, "Denied", $"lacks {Permission.SecuritySettingsManage}"), cancellationToken);
            caller.Require(Permission.SecuritySettingsManage);
        }
    }

    private static TagRule Clean(TagRule rule) => new(Clean(rule.People), Clean(rule.Lists), Clean(rule.Departments), Clean(rule.Offices), Clean(rule.Titles));

    private static List<string> Clean(IReadOnlyList<string> values) =>
        [.. values.Select(value => value.Trim()).Where(value => value.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string KeyOf(string name) => name.Trim().ToLowerInvariant();

    private static Dictionary<string, int> Count(IEnumerable<Person> people) =>
        people.SelectMany(person => person.Tags).CountBy(tag => tag, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static string Words(TagRule rule) => string.Join("; ", new[]
    {
        $"{rule.People.Count} people", $"lists: {string.Join(", ", rule.Lists)}", $"departments: {string.Join(", ", rule.Departments)}", $"offices: {string.Join(", ", rule.Offices)}", $"titles: {string.Join(", ", rule.Titles)}",
    });
}

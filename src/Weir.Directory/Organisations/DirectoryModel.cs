using Microsoft.EntityFrameworkCore;
using Weir.Directory.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Directory.Organisations;

/// <summary>A person as stored.</summary>
internal sealed class PersonRow
{
    public required string ObjectId { get; init; }
    public required string DisplayName { get; init; }
    public required string Address { get; init; }
    public List<string> Aliases { get; init; } = [];
    public MailboxKind Kind { get; init; }
    public string Department { get; init; } = "";
    public string Title { get; init; } = "";
    public string Office { get; init; } = "";
    public string? Manager { get; init; }
    public List<string> Tags { get; init; } = [];
    public bool IsProtected { get; init; }
    public string? ForwardsTo { get; init; }
}

/// <summary>A distribution list as stored.</summary>
internal sealed class ListRow
{
    public required string Address { get; init; }
    public required string DisplayName { get; init; }
    public List<string> Members { get; init; } = [];
}

/// <summary>An own or protected domain as stored.</summary>
internal sealed class DomainRow
{
    public required string Domain { get; init; }

    /// <summary>Own domains receive mail here; others are only protected against imitation.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>Tables <c>directory_person</c>, <c>directory_list</c>, <c>directory_domain</c>.</summary>
internal sealed class DirectoryModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<PersonRow>(person =>
        {
            person.ToTable("directory_person");
            person.HasKey(row => row.ObjectId);
            person.HasIndex(row => row.Address).IsUnique();
            person.PrimitiveCollection(row => row.Aliases);
            person.PrimitiveCollection(row => row.Tags);
        });
        model.Entity<ListRow>(list =>
        {
            list.ToTable("directory_list");
            list.HasKey(row => row.Address);
            list.PrimitiveCollection(row => row.Members);
        });
        model.Entity<DomainRow>(domain =>
        {
            domain.ToTable("directory_domain");
            domain.HasKey(row => row.Domain);
        });
    }
}

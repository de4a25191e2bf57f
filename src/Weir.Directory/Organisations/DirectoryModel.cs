using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Directory.Organisations;

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

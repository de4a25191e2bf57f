using Microsoft.EntityFrameworkCore;
using Weir.Storage.Contracts;

namespace Weir.Directory.Tags;

/// <summary>Table <c>directory_tag</c>.</summary>
internal sealed class TagModel : IModelPart
{
    public void Configure(ModelBuilder model) =>
        model.Entity<TagRow>(tag =>
        {
            tag.ToTable("directory_tag");
            tag.HasKey(row => row.Key);
            tag.Property(row => row.Version).IsConcurrencyToken();
            tag.PrimitiveCollection(row => row.People);
            tag.PrimitiveCollection(row => row.Lists);
            tag.PrimitiveCollection(row => row.Departments);
            tag.PrimitiveCollection(row => row.Offices);
            tag.PrimitiveCollection(row => row.Titles);
        });
}

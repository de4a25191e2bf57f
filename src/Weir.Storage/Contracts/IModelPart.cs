using Microsoft.EntityFrameworkCore;

namespace Weir.Storage.Contracts;

/// <summary>A module's own tables in the operational database. Table names start with the module's name.</summary>
public interface IModelPart
{
    void Configure(ModelBuilder model);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Weir.Storage.Contracts;

namespace Weir.Storage;

/// <summary>EF Core keeps one model for each context type; ours also depends on the parts it was assembled from.</summary>
internal sealed class ModelByParts : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), (context as WeirDbContext)?.PartNames, designTime);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Weir.Server.Hosting;
using Weir.Storage.Contracts;

namespace Weir.Server.Migrations;

/// <summary>The assembled model for <c>dotnet ef migrations add NAME</c>; never used at run time.</summary>
internal sealed class DesignTimeDatabase : IDesignTimeDbContextFactory<WeirDbContext>
{
    public WeirDbContext CreateDbContext(string[] args)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new DataDirectory(Path.GetTempPath()));
        services.AddSingleton(TimeProvider.System);
        ServerHost.AddModules(services);
        return services.BuildServiceProvider().GetRequiredService<IDbContextFactory<WeirDbContext>>().CreateDbContext();
    }
}

using Microsoft.EntityFrameworkCore;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Storage.Checks;

/// <summary>The operational database is whole and of this version.</summary>
internal sealed class DatabaseCheck(IDbContextFactory<WeirDbContext> databases, DataDirectory directory) : ICheck
{
    public string Name => "Database";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var problems = await database.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").ToListAsync(cancellationToken);
        return problems is ["ok"]
            ? CheckResult.Ok($"{directory.Database} is whole")
            : CheckResult.Failed($"{directory.Database}: {string.Join("; ", problems)}", "Stop weir and put this file back from the last back-up.");
    }
}

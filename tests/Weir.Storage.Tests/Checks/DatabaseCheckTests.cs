using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Weir.Kernel;
using Weir.Storage.Checks;
using Weir.Storage.Contracts;

namespace Weir.Storage.Tests.Checks;

public sealed class DatabaseCheckTests
{
    [Fact]
    public async Task A_whole_database_is_whole_and_a_damaged_one_has_a_way_back()
    {
        await using var host = await TestHost.StartAsync(_ => { });
        var check = new DatabaseCheck(host.Get<IDbContextFactory<WeirDbContext>>(), host.Directory);
        Assert.Equal(CheckState.Ok, Assert.Single(await check.RunAsync(TestContext.Current.CancellationToken)).State);

        await DamageAsync(host.Directory.Database);
        var result = Assert.Single(await check.RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(CheckState.Failed, result.State);
        Assert.Contains(host.Directory.Database, result.Text, StringComparison.Ordinal);
        Assert.Contains("back-up", result.Advice, StringComparison.Ordinal);
    }

    /// <summary>A row that its table forbids, as bytes that another program wrote may hold.</summary>
    private static async Task DamageAsync(string path)
    {
        await using (var database = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = database.CreateCommand();
            command.CommandText = """
                CREATE TABLE damaged (word TEXT NOT NULL CHECK (word <> ''));
                INSERT INTO damaged VALUES ('a');
                PRAGMA ignore_check_constraints = ON;
                UPDATE damaged SET word = '';
                """;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}

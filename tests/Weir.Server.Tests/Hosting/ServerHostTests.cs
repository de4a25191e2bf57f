using Microsoft.Data.Sqlite;

namespace Weir.Server.Tests.Hosting;

public sealed class ServerHostTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    [Fact]
    public async Task A_start_that_was_killed_while_the_database_was_made_does_not_keep_the_next_one_waiting()
    {
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_data, "weir.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01 00:00:00+00:00')";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var asked = await WeirProgram.RunAsync("hunt", "EmailEvents | count", "--data", _data).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(0, asked.Code);
    }

    [Fact]
    public async Task A_service_that_refuses_its_section_ends_the_start_with_the_reason()
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), """{ "journal": { "listen": "inet:127.0.0.1:0", "clients": ["abc/99"] } }""", TestContext.Current.CancellationToken);

        var refused = await WeirProgram.RunAsync("serve", "--port", "0", "--data", _data);

        Assert.Equal(2, refused.Code);
        Assert.StartsWith("journal.clients has 'abc/99'", refused.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);
}

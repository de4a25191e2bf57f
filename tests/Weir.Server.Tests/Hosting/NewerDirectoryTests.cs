using Microsoft.Data.Sqlite;

namespace Weir.Server.Tests.Hosting;

public sealed class NewerDirectoryTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    [Fact]
    public async Task A_directory_of_a_newer_version_is_refused_by_name_and_left_as_it_is()
    {
        Assert.Equal(0, (await WeirProgram.RunAsync("hunt", "EmailEvents | count", "--data", _data)).Code);
        var database = Path.Combine(_data, "weir.db");
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99')";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        foreach (var arguments in new[] { new[] { "serve", "--port", "0" }, ["hunt", "EmailEvents"], ["import", _data] })
        {
            var refused = await WeirProgram.RunAsync([.. arguments, "--data", _data]);
            Assert.Equal(2, refused.Code);
            Assert.Contains("written by a newer version of Weir (it has 29990101000000_Future", refused.Errors, StringComparison.Ordinal);
        }

        var doctor = await WeirProgram.RunAsync("doctor", "--data", _data);
        Assert.Equal(1, doctor.Code);
        Assert.Contains("29990101000000_Future", doctor.Output, StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);
}

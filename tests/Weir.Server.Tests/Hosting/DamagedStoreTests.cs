using System.Text;
using Microsoft.Data.Sqlite;

namespace Weir.Server.Tests.Hosting;

/// <summary>The event store is made from the log: damage to it costs time, not data. Without the others Weir does not start and says which one it is.</summary>
[Trait("Speed", "slow")]
public sealed class DamagedStoreTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    [Fact]
    public async Task A_damaged_event_store_is_set_aside_said_and_rebuilt_from_the_log()
    {
        await ImportAsync();
        Assert.Equal(0, (await WeirProgram.RunAsync("hunt", "EmailEvents", "--data", _data)).Code);
        await File.WriteAllBytesAsync(Path.Combine(_data, "events.duckdb"), Encoding.ASCII.GetBytes(new string('x', 20_000)), TestContext.Current.CancellationToken);

        await using var weir = await RunningWeir.StartAsync(_data);
        var hunt = await WeirProgram.RunAsync("hunt", "EmailEvents | project Subject", "--csv", "--data", _data);
        var doctor = await WeirProgram.RunAsync("doctor", "--data", _data);

        Assert.Equal("kept", hunt.Output.Split('\n')[1].Trim());
        Assert.Contains("was damaged", doctor.Output, StringComparison.Ordinal);
        Assert.Contains(weir.Said, line => line.Contains("was damaged", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(_data, "events.duckdb.damaged")));
    }

    [Theory]
    [InlineData("weir.db")]
    [InlineData("keys/blobs.sqlite")]
    [InlineData("log/log-*.sqlite")]
    public async Task A_damaged_file_that_cannot_be_made_anew_is_named_and_stops_the_start(string pattern)
    {
        await ImportAsync();
        var file = Assert.Single(System.IO.Directory.GetFiles(_data, pattern));
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Array.Fill(bytes, (byte)0x5A, 0, bytes.Length / 2);
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        await AssertRefusedAsync(file, "from a backup");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_record_of_the_log_that_cannot_be_read_is_named_and_stops_the_start()
    {
        await ImportAsync();
        var file = Assert.Single(System.IO.Directory.GetFiles(_data, "log/log-*.sqlite"));
        await using (var log = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()))
        {
            await log.OpenAsync(TestContext.Current.CancellationToken);
            await using var change = log.CreateCommand();
            change.CommandText = "UPDATE fact SET json = 'no JSON' WHERE sequence = 1";
            Assert.Equal(1, await change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        await AssertRefusedAsync(file, "sequence number 1");
    }

    private async Task ImportAsync()
    {
        var mail = Path.Combine(_data, "one.eml");
        await File.WriteAllTextAsync(mail, "From: x@good.example\r\nTo: anna@corp.example\r\nSubject: kept\r\nMessage-ID: <1@good.example>\r\n\r\nHello.\r\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await WeirProgram.RunAsync("import", mail, "--data", _data)).Code);
    }

    private async Task AssertRefusedAsync(string file, string words)
    {
        var refused = await WeirProgram.RunAsync("serve", "--data", _data, "--port", "0");

        Assert.True(refused.Code == 2, refused.Output + refused.Errors);
        Assert.Contains(file, refused.Errors, StringComparison.Ordinal);
        Assert.Contains(words, refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", refused.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);
}

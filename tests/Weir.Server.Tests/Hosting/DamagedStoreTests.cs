using System.Text;

namespace Weir.Server.Tests.Hosting;

/// <summary>The event store is made from the log: damage to it costs time, not data.</summary>
[Trait("Speed", "slow")]
public sealed class DamagedStoreTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    [Fact]
    public async Task A_damaged_event_store_is_set_aside_said_and_rebuilt_from_the_log()
    {
        var mail = Path.Combine(_data, "one.eml");
        await File.WriteAllTextAsync(mail, "From: x@good.example\r\nTo: anna@corp.example\r\nSubject: kept\r\nMessage-ID: <1@good.example>\r\n\r\nHello.\r\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await WeirProgram.RunAsync("import", mail, "--data", _data)).Code);
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

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);
}
